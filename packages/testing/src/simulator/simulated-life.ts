// One life of the simulated process: its ports, and the step at which it dies. A dead life can do nothing more to the world.

import type { Disk, FileHandle, RuntimePorts } from 'millrace'
import { LostReplyError } from './lost-reply-error.ts'
import { SimulatedCrash, type SimulatedDisk } from '../simulated-disk.ts'
import type { SimulatedScheduler } from './scheduler.ts'

export interface LifeSettings {
  readonly scheduler: SimulatedScheduler
  readonly disk: SimulatedDisk
  readonly random: () => number
  /** It dies at this step, counted from 1; absent: at none. */
  readonly diesAt?: number | undefined
  /** The reply to the request at or after this step is lost; absent: none is. */
  readonly losesReplyAt?: number | undefined
  /** Called at each step: an operation on the disk or a sink, a read of a source, a named place of the protocol. */
  readonly onStep: (name: string, step: number) => void
}

export class SimulatedLife {
  readonly ports: RuntimePorts
  /** The last named place of the protocol that it passed. */
  phase = 'start'
  #isAlive = true
  #steps = 0
  #hasLostReply = false
  readonly #settings: LifeSettings

  constructor(settings: LifeSettings) {
    this.#settings = settings
    this.ports = {
      clock: settings.scheduler.clock,
      random: { next: settings.random },
      disk: this.#diskOf(settings.disk),
      failpoint: name => {
        this.phase = name
        if (this.#step(name)) this.#die(name)
      },
    }
  }

  get isAlive(): boolean {
    return this.#isAlive
  }

  /** Ends it from outside. */
  end(): void {
    this.#isAlive = false
  }

  /** An effect on the world when its turn comes. At the last step of a life it happens or not. */
  async act<T>(name: string, effect: () => T | Promise<T>): Promise<T> {
    this.#requireLife()
    await this.#settings.scheduler.turn()
    if (!this.#step(name)) return effect()
    if (this.#settings.random() < 0.5) await effect()
    return this.#die(name)
  }

  /** An effect on a system outside, whose reply may be lost: it has happened then, or not. */
  async request<T>(name: string, effect: () => T | Promise<T>): Promise<T> {
    const { losesReplyAt = Number.POSITIVE_INFINITY, random } = this.#settings
    if (this.#hasLostReply || this.#steps < losesReplyAt) return this.act(name, effect)
    this.#hasLostReply = true
    await this.act(`lost reply of ${name}`, () => (random() < 0.5 ? effect() : undefined))
    throw new LostReplyError()
  }

  /** A reply was lost in it. */
  get hasLostReply(): boolean {
    return this.#hasLostReply
  }

  #step(name: string): boolean {
    this.#requireLife()
    this.#steps++
    this.#settings.onStep(name, this.#steps)
    return this.#steps === this.#settings.diesAt
  }

  #requireLife(): void {
    if (!this.#isAlive) throw new SimulatedCrash('the process is dead')
  }

  #die(name: string): never {
    this.#isAlive = false
    throw new SimulatedCrash(name)
  }

  #diskOf(disk: SimulatedDisk): Disk {
    return {
      open: async (path, mode) =>
        this.#handleOf(path, await this.act(`open ${path}`, () => disk.open(path, mode))),
      readFile: path => this.act(`readFile ${path}`, () => disk.readFile(path)),
      list: path => this.act(`list ${path}`, () => disk.list(path)),
      info: path => this.act(`info ${path}`, () => disk.info(path)),
      makeDirectory: path => this.act(`makeDirectory ${path}`, () => disk.makeDirectory(path)),
      rename: (from, to) => this.act(`rename ${from} ${to}`, () => disk.rename(from, to)),
      remove: path => this.act(`remove ${path}`, () => disk.remove(path)),
      syncDirectory: path => this.act(`syncDirectory ${path}`, () => disk.syncDirectory(path)),
    }
  }

  #handleOf(path: string, handle: FileHandle): FileHandle {
    return {
      read: (buffer, offset, length, position) =>
        this.act(`read ${path}`, () => handle.read(buffer, offset, length, position)),
      write: (bytes, position) => this.act(`write ${path}`, () => handle.write(bytes, position)),
      truncate: length => this.act(`truncate ${path}`, () => handle.truncate(length)),
      sync: () => this.act(`sync ${path}`, () => handle.sync()),
      size: () => this.act(`size ${path}`, () => handle.size()),
      close: () => handle.close(),
    }
  }
}

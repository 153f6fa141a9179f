// One process of a program, as the command `millrace run` starts it: where it is, by the trace of failpoints that it leaves, and how it ends.

import { type ChildProcess, spawn } from 'node:child_process'
import { closeSync, openSync, readSync, rmSync } from 'node:fs'
import { resolve } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { KafkaPhaseTracker } from './kafka-phases.ts'

export interface ProgramOptions {
  /** Its file name is the program's. */
  readonly script: string
  readonly stateDir: string
  readonly traceFile: string
  /** Where it dies by itself, as `name:n`. */
  readonly failpoint?: string
  /** The process before had left something undone. */
  readonly leftUnfinished: boolean
}

const LOOK_MS = 20
const here = (name: string): string => resolve(import.meta.dirname, name)

export class ProgramProcess {
  readonly tracker: KafkaPhaseTracker
  /** How it ended; undefined while it runs. */
  ended: { readonly code: number | null; readonly signal: string | null } | undefined
  readonly #options: ProgramOptions
  readonly #child: ChildProcess
  readonly #output: string[] = []
  readonly #closed: Promise<void>
  #read = 0
  #rest = ''

  constructor(options: ProgramOptions) {
    const { script, stateDir, traceFile, failpoint = '', leftUnfinished } = options
    this.#options = options
    this.tracker = new KafkaPhaseTracker(leftUnfinished)
    rmSync(traceFile, { force: true })
    this.#child = spawn(
      process.execPath,
      [
        '--no-warnings',
        ...['--import', here('../../testing/resolve-sources.ts')],
        ...['--import', here('end-with-parent.ts')],
        here('../../../packages/cli/src/main.ts'),
        ...['run', '--no-server', '--state-dir', stateDir, script],
      ],
      {
        // The first ends with this process, and the program with it.
        stdio: ['pipe', 'pipe', 'pipe'],
        env: {
          ...process.env,
          MILLRACE_FAILPOINT_TRACE: traceFile,
          MILLRACE_FAILPOINT: failpoint,
        },
      },
    )
    for (const stream of [this.#child.stdout, this.#child.stderr])
      stream?.on('data', bytes => this.#output.push(String(bytes)))
    this.#closed = new Promise(done =>
      this.#child.once('close', (code, signal) => {
        this.ended = { code, signal }
        done()
      }),
    )
  }

  get output(): string {
    return this.#output.join('')
  }

  signal(signal: NodeJS.Signals): void {
    this.#child.kill(signal)
  }

  /** Ends it at once; false when it had ended by itself. */
  async kill(): Promise<boolean> {
    this.signal('SIGKILL')
    await this.#closed
    this.look()
    return this.ended?.signal === 'SIGKILL'
  }

  /** Asks it to stop. @throws when it does not, or not well */
  async stop(withinMs: number): Promise<void> {
    this.signal('SIGTERM')
    await this.until('has stopped', () => this.ended !== undefined, withinMs)
    if (this.ended?.code !== 0)
      throw new Error(`it stopped with ${JSON.stringify(this.ended)}:\n${this.output}`)
  }

  /** Waits until something is so. @throws {Error} when it is not within the time, or the process has ended first */
  async until(what: string, isSo: () => boolean, withinMs: number): Promise<void> {
    const giveUpAt = performance.now() + withinMs
    for (;;) {
      const hasEnded = this.ended !== undefined
      this.look()
      if (isSo()) return
      if (hasEnded || performance.now() > giveUpAt) {
        const how = hasEnded ? `ended (${JSON.stringify(this.ended)})` : `waited ${withinMs} ms`
        throw new Error(
          `${how} before it ${what}; in ${this.tracker.phase}, ${this.tracker.epochs} epochs\n${this.output}`,
        )
      }
      await sleep(LOOK_MS)
    }
  }

  /** Waits until it has committed so many more epochs. */
  async epochs(more: number, withinMs: number): Promise<void> {
    this.look()
    const { epochs } = this.tracker
    await this.until(
      `had committed ${more} epochs`,
      () => this.tracker.epochs >= epochs + more,
      withinMs,
    )
  }

  /** Takes in what it has passed since the last look. */
  look(): void {
    const text = this.#rest + this.#readOn()
    const lines = text.split('\n')
    this.#rest = lines.pop() ?? ''
    for (const line of lines) this.tracker.pass(line)
  }

  #readOn(): string {
    let file: number
    try {
      file = openSync(this.#options.traceFile, 'r')
    } catch {
      // It has not come to its first failpoint.
      return ''
    }
    try {
      const chunks: string[] = []
      const buffer = Buffer.alloc(1 << 16)
      for (;;) {
        const count = readSync(file, buffer, 0, buffer.length, this.#read)
        if (count === 0) return chunks.join('')
        this.#read += count
        chunks.push(buffer.toString('latin1', 0, count))
      }
    } finally {
      closeSync(file)
    }
  }
}

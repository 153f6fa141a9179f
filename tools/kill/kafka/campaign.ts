// One program through kills, zombies, faults of the network, dead brokers and lost disks, while its topics are written to; then its
// output is compared with what the topics hold.

import { mkdirSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import type { Random } from '../kill-plan.ts'
import type { CampaignLog, Step } from './campaign-log.ts'
import { describeFault, drawFault } from './faults.ts'
import { KAFKA_FAILPOINTS, type KafkaPhase } from './kafka-phases.ts'
import { ProgramProcess } from './program-process.ts'
import type { Site } from './site.ts'

export interface CampaignOptions {
  readonly site: Site
  readonly steps: readonly Step[]
  readonly random: Random
  readonly log: CampaignLog
}

/** Within this a program must be at work, or at it again. */
const LIVENESS_MS = 60_000
/** Of processes with folders of their own. */
const SLOTS = 3
/** The next process is another one than the last, this often. */
const OTHER_SLOT = 0.25
const LONGEST_LIFE_MS = 2_500
/** Further kills, where those that were asked for did not fall as they were meant to. */
const MOST_MORE = 20
/** Killed at a place of the protocol, not at some moment, this often. */
const BY_PLACE = 0.7

export class Campaign {
  readonly #options: CampaignOptions
  readonly #script: string
  #process: ProgramProcess | undefined
  #slot = 0
  #started = 0
  #leftUnfinished = false
  /** What was done, for whoever looks into a failure. */
  readonly history: string[] = []

  constructor(options: CampaignOptions) {
    this.#options = options
    const { folder, workload, bootstrap, program } = options.site
    mkdirSync(folder, { recursive: true })
    this.#script = join(folder, `${program}.sql`)
    writeFileSync(this.#script, workload.script(bootstrap))
  }

  /** Does its steps, then has the program read to the end. @throws {Error} when the program does not go on */
  async run(): Promise<void> {
    const { steps, log, site } = this.#options
    try {
      await (await this.#running()).epochs(2, LIVENESS_MS)
      for (const step of steps) {
        if (site.loader.failure) throw site.loader.failure
        this.history.push(step)
        await this.#do(step)
        log.done(step)
      }
      for (let more = 0; more < MOST_MORE && log.kills.isShort; more++) await this.#kill()
      const last = await this.#running()
      await site.loader.finish()
      await site.untilRead(LIVENESS_MS)
      await last.stop(LIVENESS_MS)
    } finally {
      await this.#process?.kill()
    }
  }

  #do(step: Step): Promise<void> {
    switch (step) {
      case 'kill':
        return this.#kill()
      case 'lost disk':
        return this.#loseDisk()
      case 'zombie':
        return this.#zombie()
      case 'fault':
        return this.#fault()
      case 'broker kill':
        return this.#killBroker()
    }
  }

  /** A process dies in the phase of the protocol in which the fewest have. */
  async #kill(): Promise<void> {
    const { random, log } = this.#options
    await this.#end()
    const phase = log.kills.next(this.#leftUnfinished)
    const victim = await (phase === 'rebalance'
      ? this.#joining()
      : phase === 'idle'
        ? this.#atRest()
        : this.#at(phase))
    await this.#killNow(victim)
    if (random() < OTHER_SLOT) this.#slot = Math.floor(random() * SLOTS)
  }

  /** A process that waits for the session of the one before to end. */
  async #joining(): Promise<ProgramProcess> {
    const victim = this.#start()
    await sleep(500 + this.#options.random() * 800)
    return victim
  }

  /** A process that has nothing to do for a while. */
  async #atRest(): Promise<ProgramProcess> {
    const { site } = this.#options
    const victim = await this.#running()
    await victim.epochs(2, LIVENESS_MS)
    site.loader.pause()
    try {
      await victim.until('was idle', () => victim.tracker.phase === 'idle', LIVENESS_MS)
    } finally {
      site.loader.resume()
    }
    return victim
  }

  /** A process that dies at a place of that phase, or, now and then, before it comes there. */
  async #at(phase: KafkaPhase): Promise<ProgramProcess> {
    const { random } = this.#options
    const places = KAFKA_FAILPOINTS.filter(f => f.phase === phase)
    const { name } = places[Math.floor(random() * places.length)] as (typeof places)[number]
    const victim = this.#start(`${name}:${phase === 'restore' ? 1 : 1 + Math.floor(random() * 8)}`)
    const hasBegun = (): boolean => victim.ended !== undefined || victim.tracker.epochs > 0
    await victim.until('was at work', hasBegun, LIVENESS_MS)
    const patienceMs = random() < BY_PLACE ? LONGEST_LIFE_MS : random() * LONGEST_LIFE_MS
    const giveUpAt = performance.now() + patienceMs
    while (!victim.ended && performance.now() < giveUpAt) await sleep(10)
    return victim
  }

  async #loseDisk(): Promise<void> {
    const { random } = this.#options
    const victim = await this.#running()
    await victim.epochs(2, LIVENESS_MS)
    await sleep(random() * 300)
    await busy(victim)
    await this.#killNow(victim)
    rmSync(this.#stateDir(this.#slot), { recursive: true })
    await (await this.#running()).epochs(1, LIVENESS_MS)
  }

  /** A process stops for longer than its session; another takes over; the first wakes up, and must not do harm. */
  async #zombie(): Promise<void> {
    const { random } = this.#options
    const zombie = await this.#running()
    await zombie.epochs(2, LIVENESS_MS)
    const slot = this.#slot
    this.#slot = (this.#slot + 1) % SLOTS
    const other = this.#start()
    await sleep(1_500 + random() * 300)
    // In the middle of something.
    await busy(zombie)
    zombie.signal('SIGSTOP')
    try {
      await other.epochs(2, LIVENESS_MS)
    } finally {
      zombie.signal('SIGCONT')
    }
    const { lives } = zombie.tracker
    await zombie.until('began again', () => zombie.output.includes('begins again'), LIVENESS_MS)
    await other.epochs(2, LIVENESS_MS)
    await busy(other)
    this.#leftUnfinished = other.tracker.isUnfinished
    await this.#killNow(other)
    this.#slot = slot
    this.#process = zombie
    await zombie.until('took over again', () => zombie.tracker.lives > lives, LIVENESS_MS)
    await zombie.epochs(1, LIVENESS_MS)
  }

  async #fault(): Promise<void> {
    const { random, site } = this.#options
    const program = await this.#running()
    await program.epochs(1, LIVENESS_MS)
    const fault = drawFault(random)
    this.history.push(describeFault(fault))
    const rule = site.proxy.addRule(fault)
    await program.until('was struck', () => rule.struck > 0, LIVENESS_MS)
    site.proxy.removeRule(rule)
    await program.epochs(3, LIVENESS_MS)
  }

  async #killBroker(): Promise<void> {
    const { random, site } = this.#options
    const program = await this.#running()
    await program.epochs(1, LIVENESS_MS)
    await site.killBroker(random() * 1_500)
    await program.epochs(3, LIVENESS_MS)
  }

  /** The process that is at work; a new one, when there is none. */
  async #running(): Promise<ProgramProcess> {
    const running = this.#process
    if (running && !running.ended) return running
    const started = this.#start()
    await started.until('was at work', () => started.tracker.lives > 0, LIVENESS_MS)
    return started
  }

  #start(failpoint?: string): ProgramProcess {
    const { site } = this.#options
    const started = new ProgramProcess({
      script: this.#script,
      stateDir: this.#stateDir(this.#slot),
      traceFile: join(site.folder, `trace-${++this.#started}`),
      leftUnfinished: this.#leftUnfinished,
      ...(failpoint !== undefined && { failpoint }),
    })
    this.#process = started
    return started
  }

  /** Ends the process at work, if there is one, in the middle of something. */
  async #end(): Promise<void> {
    const running = this.#process
    if (!running || running.ended) return
    // One that still joins has nothing of its own.
    if (running.tracker.lives > 0) await busy(running)
    await this.#killNow(running)
  }

  async #killNow(victim: ProgramProcess): Promise<void> {
    const isKilled = await victim.kill()
    if (!isKilled)
      throw new Error(`it ended by itself (${JSON.stringify(victim.ended)}):\n${victim.output}`)
    const { phase, isUnfinished } = victim.tracker
    this.history.push(`killed in ${phase}`)
    this.#options.log.killed(phase, isUnfinished)
    this.#leftUnfinished = isUnfinished
  }

  #stateDir(slot: number): string {
    return join(this.#options.site.folder, `state-${slot}`)
  }
}

/** Waits until there is something that it has not committed. */
function busy(process: ProgramProcess): Promise<void> {
  return process.until('had something to do', () => process.tracker.isUnfinished, LIVENESS_MS)
}

// One seed: a random job, run through crashes, power cuts, failing disks and clean stops to its end, and what came of it.

import { type EmbeddedRun, printPlan } from 'millrace'
import { Choices, numbersOf, randomOf } from '../generator/choices.ts'
import { CRASH_FATES, SimulatedDisk } from '../simulated-disk.ts'
import { SimulatedScheduler } from './scheduler.ts'
import { SimulatedJob, STATE_FOLDER } from './simulated-job.ts'
import { SimulatedLife } from './simulated-life.ts'
import { SimulatedLog } from './simulated-log.ts'
import { SimulatedTable } from './simulated-table.ts'

export interface SeedResult {
  readonly seed: number
  /** Of every step, and of the contents in the end: equal for equal seeds. */
  readonly hash: string
  readonly records: number
  readonly rows: number
  /** How each life ended, by the last named place of the protocol that it passed. */
  readonly ends: readonly { readonly how: LifeEnd; readonly phase: string }[]
  /** What is wrong; empty: nothing. */
  readonly problems: readonly string[]
  readonly plan: string
}

/**
 * `crash`: the process dies. `power-cut`: the machine. `disk`: an operation fails. `reply`: one of a log is lost. `stop`: it is asked to.
 * `lost-disk`: the process dies, and its state folder is gone. `old-disk`: it dies, and the next one has the folder of an earlier life.
 */
export type LifeEnd =
  | 'crash'
  | 'power-cut'
  | 'disk'
  | 'reply'
  | 'stop'
  | 'lost-disk'
  | 'old-disk'
  | 'finished'

const KINDS = ['crash', 'power-cut', 'disk', 'reply', 'stop'] as const
/** Faults that state outlives where a log has it, too. */
const DISK_KINDS = ['lost-disk', 'old-disk'] as const
const DEADLY: ReadonlySet<LifeEnd> = new Set(['crash', 'power-cut', ...DISK_KINDS])

const MAX_TURNS = 400_000
/** Steps that are left to a life, so that it dies in opening, in the first epochs, or later. */
const LIFE_STEPS = [20, 100, 400, 1500]

/** Runs a seed to its end. Never throws for what the engine does wrong: that is a problem of the result. */
export async function runSeed(seed: number): Promise<SeedResult> {
  const choices = new Choices(numbersOf(seed))
  const job = new SimulatedJob(choices)
  const random = randomOf(seed ^ 0x5eed)
  const simulation = new Simulation(job, choices, random)
  await simulation.run()
  return {
    seed,
    hash: simulation.hash,
    records: job.recordCount,
    rows: job.expected.length,
    ends: simulation.ends,
    problems: simulation.problems,
    plan: printPlan(job.plan),
  }
}

class Simulation {
  readonly ends: SeedResult['ends'][number][] = []
  readonly problems: string[] = []
  readonly #job: SimulatedJob
  readonly #choices: Choices
  readonly #random: () => number
  readonly #scheduler: SimulatedScheduler
  readonly #disk = new SimulatedDisk()
  readonly #table = new SimulatedTable()
  readonly #log = new SimulatedLog(this.#table)
  /** The state folder after each life, and before the first. */
  readonly #folders: ReadonlyMap<string, Uint8Array>[] = [new Map()]
  /** Watermarks of all sources as each epoch was cut. */
  readonly #watermarks = new Map<number, readonly number[]>()
  #hash = 0x811c9dc5

  constructor(job: SimulatedJob, choices: Choices, random: () => number) {
    this.#job = job
    this.#choices = choices
    this.#random = random
    this.#scheduler = new SimulatedScheduler(random)
  }

  get hash(): string {
    return (this.#hash >>> 0).toString(16).padStart(8, '0')
  }

  async run(): Promise<void> {
    // Half of the kinds of faults are off in each seed, so that the others get further.
    const kinds: readonly LifeEnd[] = this.#choices.some([
      ...KINDS,
      ...(this.#job.isDecidedOutside ? DISK_KINDS : []),
    ])
    const lives = kinds.length === 0 ? 0 : 2 + this.#choices.below(10)
    let isFinished = false
    for (let i = 0; i < lives && !isFinished; i++)
      isFinished = await this.#live(this.#choices.pick(kinds), this.#choices.pick(LIFE_STEPS))
    // When faults stop, the end is reached.
    if (!isFinished) isFinished = await this.#live('finished', Number.POSITIVE_INFINITY)
    if (!isFinished) this.problems.push('the end was not reached although faults had stopped')
    await this.#check()
  }

  /** One life; true when it came to the end of the input. */
  async #live(how: LifeEnd, most: number): Promise<boolean> {
    const last = Number.isFinite(most) ? 1 + Math.floor(this.#random() * most) : undefined
    const dies = DEADLY.has(how)
    if (how === 'disk' && last !== undefined) this.#breakDisk(last)
    let run: EmbeddedRun | undefined
    const life = new SimulatedLife({
      scheduler: this.#scheduler,
      disk: this.#disk,
      random: this.#random,
      diesAt: dies ? last : undefined,
      losesReplyAt: how === 'reply' ? last : undefined,
      onStep: (name, step) => {
        this.#mix(name)
        if (name === 'epoch-cut' && run) this.#noteWatermarks(run)
        if (how === 'stop' && step === last) void run?.stop().catch(() => {})
      },
    })
    const work = (async () => {
      run = await this.#job.start(life, this.#log, this.#random)
      this.#checkWatermarks(run)
      return run.finished
    })()
    let outcome: string
    try {
      outcome = (await this.#scheduler.drive(work, MAX_TURNS)).outcome
    } catch (error) {
      outcome = 'failed'
      const isExpected = dies
        ? !life.isAlive
        : (how === 'disk' && this.#hasFaultStruck()) || life.hasLostReply
      if (!isExpected) this.problems.push(`${how} in ${life.phase}: ${describe(error)}`)
    }
    this.ends.push({ how: outcome === 'finished' ? 'finished' : how, phase: life.phase })
    life.end()
    if (how === 'power-cut') this.#disk.crash(this.#pick(CRASH_FATES))
    else this.#disk.kill()
    if (how === 'lost-disk') this.#disk.replaceFolder(STATE_FOLDER, new Map())
    if (how === 'old-disk') this.#disk.replaceFolder(STATE_FOLDER, this.#pick(this.#folders))
    this.#folders.push(this.#disk.copyOf(STATE_FOLDER))
    return outcome === 'finished'
  }

  #hasFaultStruck(): boolean {
    const { fault, operations } = this.#disk
    return fault !== undefined && operations.length >= fault.at
  }

  /** One of its next operations fails. */
  #breakDisk(after: number): void {
    // About one step in four is an operation that changes the disk.
    const at = this.#disk.operations.length + 1 + Math.floor(after / 4)
    this.#disk.fault = { kind: 'error', at, code: this.#pick(['EIO', 'ENOSPC']) }
  }

  #noteWatermarks(run: EmbeddedRun): void {
    const { epochs } = run.job
    if (epochs) this.#watermarks.set(epochs.epoch, watermarksOf(run))
  }

  /** Restored watermarks are those of the commit: they never go back. */
  #checkWatermarks(run: EmbeddedRun): void {
    const epoch = run.job.epochs?.epoch ?? 0
    const restored = watermarksOf(run)
    this.#watermarks.get(epoch)?.forEach((committed, i) => {
      // A source that has ended goes to the end of time again before anything is read.
      if (committed !== restored[i] && committed !== Number.POSITIVE_INFINITY)
        this.problems.push(
          `watermark ${i} of epoch ${epoch}: committed ${committed}, restored ${restored[i]}`,
        )
    })
  }

  async #check(): Promise<void> {
    const { expected, writesFiles } = this.#job
    const rows = this.#table.contents()
    this.#mix(rows.join('\n'))
    this.#compare('table', rows, expected)
    if (this.#table.broken.length > 0)
      this.problems.push(
        `taken back without being there: ${this.#table.broken.slice(0, 3).join(' | ')}`,
      )
    if (writesFiles) this.#compare('files', await this.#job.filesOn(this.#disk), expected)
  }

  #compare(what: string, found: readonly string[], expected: readonly string[]): void {
    if (found.length === expected.length && found.every((row, i) => row === expected[i])) return
    const lost = difference(expected, found)
    const more = difference(found, expected)
    this.problems.push(
      `${what}: ${found.length} rows for ${expected.length}; lost ${lost.length} (${lost.slice(0, 3).join(' | ')}), too many ${more.length} (${more.slice(0, 3).join(' | ')})`,
    )
  }

  #pick<T>(from: readonly T[]): T {
    return from[Math.floor(this.#random() * from.length)] as T
  }

  /** FNV-1a. */
  #mix(text: string): void {
    for (let i = 0; i < text.length; i++)
      this.#hash = Math.imul(this.#hash ^ text.charCodeAt(i), 0x01000193)
  }
}

function watermarksOf(run: EmbeddedRun): readonly number[] {
  return run.job.inputs.flatMap(input => input.compiled.watermarks.map(w => w.watermark))
}

function difference(from: readonly string[], what: readonly string[]): string[] {
  const counts = new Map<string, number>()
  for (const row of what) counts.set(row, (counts.get(row) ?? 0) + 1)
  return from.filter(row => {
    const left = counts.get(row) ?? 0
    counts.set(row, left - 1)
    return left <= 0
  })
}

function describe(error: unknown): string {
  const causes: string[] = []
  for (let at = error; at instanceof Error; at = at.cause) causes.push(`${at.name}: ${at.message}`)
  return causes.join(' < ') || String(error)
}

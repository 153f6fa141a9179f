// The embedded runner: plans a program and runs it in this process, its state durable where a folder is given.

import { KeyLookups } from './lookups/key-lookups.ts'
import { LookupTables } from './lookups/lookup-tables.ts'
import { resolve } from 'node:path'
import { compileDry } from '../compiler/compile-dry.ts'
import type { ExecNode } from '../compiler/exec-node.ts'
import type { SinkExec } from '../compiler/nodes/changelog-exec.ts'
import { PhysicalPlanner } from '../compiler/planner/physical-planner.ts'
import { explainProgram } from '../compiler/explain.ts'
import { optimize } from '../optimizer/optimize.ts'
import { optimizerSettingsOf } from '../optimizer/optimizer-settings.ts'
import type { PlanNode, SinkNode } from '../plan/node.ts'
import { createResultSink } from '../plan/result-sink.ts'
import type { Program } from '../plan/program.ts'
import type {
  Change,
  ExplainOptions,
  Runner,
  RunControl,
  RunningJob,
  RunResult,
} from '../plan/runner-port.ts'
import { unparseProgram } from '../sql/unparse/unparse-program.ts'
import type { StateBackend } from '../state/state-backend.ts'
import type { RuntimePorts } from '../types/ports.ts'
import { type Row, ROW_KINDS, type RowKindCode } from '../types/value.ts'
import { LETTER_TOPIC } from '../connector/dead-letter.ts'
import type { BadRecordPolicy } from './bad-records.ts'
import type { MemoryCollector } from './connectors/memory-sink.ts'
import { EmbeddedJob } from './embedded-job.ts'
import type { EmbeddedJobSettings } from './embedded-job-settings.ts'
import { JobLives } from './job/job-lives.ts'
import { nodePorts } from './node-ports.ts'
import { parallelNodes } from './parallel/parallel-nodes.ts'
import { joinAsWorker, workerIdentity } from './parallel/worker-task.ts'
import { programHost } from './program-host.ts'
import { createStateBackend, discardState } from './state/create-state-backend.ts'

/** A job of the embedded runner, with what a server or a test looks into. */
export interface EmbeddedRun extends RunningJob {
  readonly job: EmbeddedJob
  readonly program: Program
}

export interface EmbeddedRunnerOptions {
  readonly ports?: RuntimePorts
  /** Instead of the folder of the program's settings, for tests. */
  readonly backend?: StateBackend
  /** Records per call of the pipeline at most; answers do not depend on it. */
  readonly batchRecords?: number
  readonly print?: (line: string) => void
  /** Called with the job of each query, once it is open. */
  readonly onQuery?: (run: EmbeddedRun) => void
}

const BATCH_RECORDS = 10_000

export class EmbeddedRunner implements Runner {
  readonly #ports: RuntimePorts
  readonly #options: EmbeddedRunnerOptions

  constructor(options: EmbeddedRunnerOptions = {}) {
    this.#options = options
    this.#ports = options.ports ?? nodePorts()
  }

  async start(program: Program, control: RunControl = {}): Promise<EmbeddedRun> {
    const host = programHost()
    const hosted = host?.settings
      ? { ...program, settings: { ...program.settings, ...host.settings } }
      : program
    const { mode, options } = hosted.settings
    const fails = mode === 'batch' && !options?.has(LETTER_TOPIC)
    const badRecords = badRecordPolicy(hosted, fails ? 'fail' : 'dead-letter')
    const sinks = planProgram(hosted, hosted.sinks)
    const worker = workerIdentity()
    if (worker?.program === hosted.name) return joinAsWorker(hosted, sinks, this.#ports)
    const letters = { badRecords, writesLetters: true }
    return this.#start(hosted, sinks, letters, control, run => host?.onStart?.(run))
  }

  async *query(program: Program, query: PlanNode, control: RunControl = {}): AsyncIterable<Change> {
    const changes = new ChangeQueue()
    const sink = createResultSink(query, changes)
    const run = await this.#start(
      program,
      planProgram(program, [sink]),
      { badRecords: badRecordPolicy(program, 'fail'), writesLetters: false },
      control,
      this.#options.onQuery,
    )
    run.finished.then(
      () => changes.end(),
      error => changes.fail(error),
    )
    try {
      yield* changes
    } finally {
      await run.stop().catch(() => {})
    }
  }

  explain(program: Program, options: ExplainOptions = {}): string {
    const threads = `== Threads ==\n${describeThreads(program)}\n`
    const sql = options.sql ? `\n== SQL ==\n${unparseProgram(program)}\n` : ''
    return `${explainProgram(program, options)}\n${threads}${sql}`
  }

  async #start(
    program: Program,
    sinks: readonly SinkExec[],
    letters: Pick<EmbeddedJobSettings, 'badRecords' | 'writesLetters'>,
    control: RunControl,
    onOpen: (run: EmbeddedRun) => void | Promise<void> = () => {},
  ): Promise<EmbeddedRun> {
    const { settings } = program
    const host = programHost()
    const folder =
      settings.stateDir && resolve(settings.baseFolder ?? process.cwd(), settings.stateDir)
    if (folder && settings.fresh) await discardState(folder, this.#ports)
    const notice = (text: string): void =>
      host?.notice ? host.notice(text) : void process.stderr.write(`${text}\n`)
    const lives = new JobLives({
      name: program.name,
      clock: this.#ports.clock,
      notice,
      // A backend that was handed over is the caller's: it cannot be opened twice.
      mayBeginAgain: this.#options.backend === undefined,
      create: async () =>
        new EmbeddedJob({
          program,
          sinks,
          ports: this.#ports,
          backend:
            this.#options.backend ?? (folder ? createStateBackend(folder, this.#ports) : undefined),
          ...letters,
          lookupTables: await this.#loadLookups(program, sinks),
          keyLookups: await KeyLookups.open(sinks, program, this.#ports),
          batchRecords: this.#options.batchRecords ?? BATCH_RECORDS,
          parallelism: settings.parallelism ?? 1,
          mayBeginAgain: this.#options.backend === undefined,
          boundedInput: control.boundedInput ?? settings.mode === 'batch',
          print: this.#options.print ?? (line => process.stdout.write(`${line}\n`)),
          notice,
        }),
    })
    await lives.begin()
    const { promise: finished, resolve: end, reject: fail } = Promise.withResolvers<RunResult>()
    finished.catch(() => {})
    const run: EmbeddedRun = {
      name: program.name,
      program,
      get job() {
        return lives.job
      },
      finished,
      stop() {
        lives.stop()
        return finished
      },
    }
    for (const signal of [control.signal, host?.stopping]) {
      // A signal may live longer than the job: it must not hold on to it.
      const stop = (): void => lives.stop()
      signal?.addEventListener('abort', stop, { once: true })
      finished.catch(() => {}).finally(() => signal?.removeEventListener('abort', stop))
      if (signal?.aborted) lives.stop()
    }
    try {
      if (await lives.open()) await onOpen(run)
    } catch (error) {
      await lives.close()
      fail(error)
      throw error
    }
    lives.run().then(end, fail)
    return run
  }

  /** They have no state, and their failpoints are not the job's. */
  #loadLookups(program: Program, sinks: readonly ExecNode[]): Promise<LookupTables> {
    const { failpoint: _failpoint, ...ports } = this.#ports
    const { backend: _backend, ...options } = this.#options
    const reader = new EmbeddedRunner({ ...options, ports })
    return LookupTables.load(sinks, program, ports, async (batch, plan) => {
      const rows: Row[] = []
      for await (const { row } of reader.query(batch, plan)) rows.push(row)
      return rows
    })
  }
}

/** The runner of the package's `Millrace`. */
export const embeddedRunner: Runner = new EmbeddedRunner()

export function planProgram(program: Program, sinks: readonly SinkNode[]): readonly SinkExec[] {
  const mode = program.settings.mode ?? 'streaming'
  const planner = new PhysicalPlanner(mode, program.connectors, program.settings)
  return planner.planProgram(optimize(sinks, optimizerSettingsOf(program.settings)))
}

/** Whether it has operators that keep something between rows. */
export function keepsState(program: Program): boolean {
  return compileDry(program, planProgram(program, program.sinks)).operators.length > 0
}

/** Which operators run where. */
function describeThreads(program: Program): string {
  const { parallelism = 1 } = program.settings
  const ids = [...parallelNodes(planProgram(program, program.sinks))].map(n => n.id)
  if (parallelism === 1) return 'Everything runs on one thread (parallelism 1).'
  return ids.length === 0
    ? `No operator can be divided by key: everything runs on one thread, not on ${parallelism}.`
    : `${parallelism} worker threads run ${ids.join(', ')}; the rest runs on the main thread.`
}

function badRecordPolicy(program: Program, byDefault: BadRecordPolicy): BadRecordPolicy {
  const given = program.settings.options?.get('bad-records')
  return given === 'fail' || given === 'skip' || given === 'dead-letter' ? given : byDefault
}

/** Changes on their way from the sink to whoever iterates; the sink waits when too many are unread. */
class ChangeQueue implements MemoryCollector, AsyncIterable<Change> {
  #changes: Change[] = []
  #ended = false
  #failure: unknown
  #wake: (() => void) | undefined
  #drained: (() => void) | undefined

  onChange(kind: RowKindCode, row: Row): void | Promise<void> {
    this.#changes.push({ kind: ROW_KINDS[kind] as Change['kind'], row })
    this.#wake?.()
    if (this.#changes.length < 10_000 || this.#ended) return undefined
    return new Promise(resolve => {
      this.#drained = resolve
    })
  }

  end(): void {
    this.#ended = true
    this.#wake?.()
    this.#drained?.()
  }

  fail(error: unknown): void {
    this.#failure = error
    this.end()
  }

  async *[Symbol.asyncIterator](): AsyncGenerator<Change> {
    try {
      for (;;) {
        const taken = this.#changes
        this.#changes = []
        this.#drained?.()
        yield* taken
        if (this.#changes.length > 0) continue
        if (this.#failure !== undefined) throw this.#failure
        if (this.#ended) return
        await new Promise<void>(resolve => {
          this.#wake = resolve
        })
      }
    } finally {
      this.end()
    }
  }
}

// One program running in this process: opens state, sources and sinks, restores, drives the task, ends in order.
//
//   new ─open─► open ─run─► running ─► finished | stopped | failed, all closed

import type { ExecNode } from '../compiler/exec-node.ts'
import { graphIds } from '../compiler/plan-graph.ts'
import { type CompiledPlan, compileTask } from '../compiler/compile-task.ts'
import type { SinkExec } from '../compiler/nodes/changelog-exec.ts'
import { operatorNames } from '../compiler/operator-names.ts'
import { stateLayouts } from '../compiler/state-layout.ts'
import { planWarnings } from '../compiler/plan-warnings.ts'
import type { RecordOrigin } from '../connector/dead-letter.ts'
import type { EpochTransaction } from '../connector/epoch-transaction.ts'
import type { SourceBatch } from '../connector/source.ts'
import type { Board } from '../connector/board.ts'
import { epochMsOf } from '../plan/program.ts'
import type { RunResult } from '../plan/runner-port.ts'
import { DeadLetters } from '../runtime/dead-letters.ts'
import { Epochs } from '../runtime/epochs.ts'
import type { Operator } from '../runtime/operator.ts'
import type { SourceInput } from '../runtime/source-input.ts'
import type { SplitState } from '../runtime/split-state.ts'
import { TaskLoop } from '../runtime/task-loop.ts'
import { MillraceError } from '../types/errors.ts'
import { BadRecords, policyOf } from './bad-records.ts'
import { ParallelOperators } from './parallel/parallel-operators.ts'
import { createInputs } from './create-inputs.ts'
import type { EmbeddedJobSettings } from './embedded-job-settings.ts'
import { EvaluationClock } from './evaluation-clock.ts'
import { InFlightRows } from './in-flight-rows.ts'
import { type ConfigurationGroup, jobConfiguration } from './job/job-configuration.ts'
import { decideEpochs, type Decisions } from './job/decide-epochs.ts'
import { holdupText } from './job/holdups.ts'
import { asJobError } from './job/job-failure.ts'
import { JobWatch, stallTimeoutOf } from './job/job-watch.ts'
import { JobProgress } from './job-progress.ts'
import { JobSinks, type OpenSink } from './sinks/job-sinks.ts'
import { LetterSinks } from './sinks/letter-sinks.ts'
import { placeText, withoutFolders } from './places.ts'
import { RateLimits } from './rate-limits.ts'
import { restoreOperators } from './restore-operators.ts'
import { openState } from './job/open-state.ts'
import { storeLayouts } from './evolution/stored-layouts.ts'
import {
  noteRead,
  readSource,
  restoreWatermarks,
  storeSources,
  storeWatermarks,
} from './stored-sources.ts'

export class EmbeddedJob {
  readonly name: string
  readonly plan: CompiledPlan
  readonly letters: DeadLetters
  readonly inputs: SourceInput[]
  readonly sinkNodes: readonly SinkExec[]
  readonly progress: JobProgress
  /** What the program's page is to show first. */
  readonly board: Board | undefined
  epochs: Epochs | undefined
  readonly #settings: EmbeddedJobSettings
  readonly #clock: EvaluationClock
  readonly #bad: BadRecords
  readonly #inputOf = new Map<string, SourceInput>()
  readonly #limits: RateLimits
  readonly #parallel: ParallelOperators | undefined
  readonly #inFlight: InFlightRows
  readonly #sinks: JobSinks
  readonly #letterSinks: LetterSinks
  readonly #stopping = new AbortController()
  #names: ReadonlyMap<string, string> | undefined
  /** By their ids in `planGraph`. */
  #nodes: ReadonlyMap<string, ExecNode> | undefined
  #transaction: EpochTransaction | undefined
  #loop: TaskLoop | undefined
  #watch: JobWatch | undefined
  #stopRequested = false
  #startedAtMs = 0

  constructor(settings: EmbeddedJobSettings) {
    const { program, ports } = settings
    this.#settings = settings
    this.name = program.name
    this.board = program.board
    this.sinkNodes = settings.sinks
    this.#clock = new EvaluationClock(ports.clock.now(), ports.random)
    const policy = (id: string) => policyOf(id, this.plan.sourceNodes, settings)
    this.letters = new DeadLetters(letter => this.#letterSinks.take(letter))
    this.#bad = new BadRecords({
      policyOf: policy,
      letters: this.letters,
      nowMs: this.#clock.nowMs,
      epoch: () => (this.epochs?.epoch ?? 0) + 1,
      place: (split, offset) => this.#place(split, offset),
      origin: (split, index) => this.#originOf(split, index),
      nameOf: id => this.nameOf(id),
    })
    this.#sinks = new JobSinks({
      nodes: settings.sinks,
      program,
      ports,
      print: settings.print,
      isDurable: settings.backend !== undefined,
      full: () => this.#loop?.pause(),
    })
    this.#parallel =
      settings.parallelism > 1
        ? new ParallelOperators(settings.sinks, program, settings.parallelism, failure =>
            this.#bad.rowFailedElsewhere(failure),
          )
        : undefined
    this.plan = compileTask(settings.sinks, {
      registry: program.connectors,
      context: this.#clock,
      mode: program.settings.mode ?? 'streaming',
      timeZone: program.settings.timeZone ?? 'UTC',
      sinkOf: node => this.#sinks.gate(node),
      malformed: this.#bad.malformed,
      recordFailed: this.#bad.recordFailed,
      rowFailed: this.#bad.rowFailed,
      sleep: (ms, signal) => ports.clock.sleep(ms, signal),
      satisfied: () => this.#loop?.pause(),
      splitAdvanced: (split, index) => this.#inputOf.get(split.sourceId)?.splitAdvanced(index),
      lookupRows: node => settings.lookupTables.rowsOf(node),
      keyLookup: node => settings.keyLookups.of(node),
      remotes: this.#parallel,
    })
    this.#letterSinks = new LetterSinks({
      program,
      ports,
      sources: this.plan.sourceNodes,
      sinks: settings.sinks,
      writesLetters: settings.writesLetters,
    })
    this.#inFlight = new InFlightRows(this.plan.operators, this.#parallel)
    this.inputs = createInputs(this.plan, settings)
    for (const input of this.inputs) this.#inputOf.set(input.compiled.id, input)
    this.#limits = new RateLimits(this.inputs, this.plan.sourceNodes)
    this.progress = new JobProgress(this.inputs, this.#limits, ports.clock)
  }

  /** How it is set up, without secrets. */
  configuration(): readonly ConfigurationGroup[] {
    return jobConfiguration(this.#settings.program)
  }

  /** The generated functions in which an operator of `planGraph` has its part; undefined: it has none here. */
  codeOf(id: string): string | undefined {
    const node = this.#nodeOf(id)
    return node && this.plan.codeOf(node)
  }

  /** The watermark that an operator of `planGraph` has seen, epoch ms; infinite before the first and after the end. */
  watermarkOf(id: string): number | undefined {
    const node = this.#nodeOf(id)
    return node && this.plan.watermarkOf(node)
  }

  #nodeOf(id: string): ExecNode | undefined {
    this.#nodes ??= new Map([...graphIds(this.sinkNodes)].map(([node, known]) => [known, node]))
    return this.#nodes.get(id)
  }

  /** Whether a new start may mend what ended it: a system outside decides on epochs, and was not reached or has another in mind. */
  canGoOnAfter(error: unknown): boolean {
    const isPassing = error instanceof MillraceError && error.retry === 'backoff'
    return isPassing && this.#transaction !== undefined && !this.#stopRequested
  }

  /** What keeps it from going on, records from being read or output from being taken, a text each. */
  get troubles(): readonly string[] {
    return [...(this.#watch?.troubles ?? []), ...this.#sinks.troubles]
  }

  get startedAtMs(): number {
    return this.#startedAtMs
  }

  get rowsWritten(): number {
    return this.#sinks.rowsWritten
  }

  rowsWrittenTo(node: SinkExec): number {
    return this.#sinks.rowsWrittenTo(node)
  }

  get recordsRead(): number {
    return this.inputs.reduce((sum, i) => sum + i.recordsRead, 0)
  }

  /** The sinks with what they promise. */
  get sinks(): readonly OpenSink[] {
    return this.#sinks.all
  }

  /** What the plan's author should know, such as state that grows for ever. */
  get warnings(): readonly string[] {
    const { mode = 'streaming' } = this.#settings.program.settings
    return planWarnings(this.sinkNodes, mode)
  }

  /** Records that an operator could not process in this run. */
  errorsOf(operator: string): number {
    return this.#bad.errorsOf(operator)
  }

  /** For how long reading has waited for sinks and epochs in this run, ms. */
  get heldMs(): number {
    return this.#loop?.heldMs ?? 0
  }

  get lateRecords(): number {
    return this.plan.operators.reduce((sum, o) => sum + o.stats().late, 0)
  }

  /** What people know an operator by: of a source its table, of another what it does. */
  nameOf(id: string): string {
    this.#names ??= operatorNames(this.sinkNodes)
    return this.#names.get(id) ?? id
  }

  /** A text with the paths of the program's folder, and of the one it was started in, made relative. */
  relativeToProgram(text: string): string {
    const { baseFolder } = this.#settings.program.settings
    return withoutFolders(text, baseFolder === undefined ? [] : [baseFolder])
  }

  get bufferedBytes(): number {
    return this.#sinks.bufferedBytes
  }

  /** Operators with state, dead letters among them. */
  get operators(): readonly Operator[] {
    return [...this.plan.operators, this.letters]
  }

  /** Opens the state and puts everything back as the last commit left it; false when it was stopped before its turn came. */
  async open(): Promise<boolean> {
    const { backend, ports, program } = this.#settings
    this.#startedAtMs = ports.clock.now()
    const layouts = stateLayouts(this.sinkNodes)
    this.#transaction = this.#sinks.create(this.#letterSinks)
    await this.#transaction?.acquire(this.#stopping.signal, () =>
      this.#settings.notice?.(`${program.name} stands by: another process of it is running.`),
    )
    if (this.#transaction && this.#stopRequested) return false
    const { decisions, changelog } = this.#decided()
    const recovered =
      backend &&
      (await openState({ program, backend, decisions, changelog, layouts }, ports.failpoint))
    for (const input of this.inputs) {
      const stored = recovered && readSource(recovered, input.compiled.id)
      if (stored && !decisions?.isStoredOutdated) input.restore(stored)
    }
    if (recovered) restoreWatermarks(this.plan.timeline, recovered)
    if (backend && recovered)
      await restoreOperators(backend, recovered, this.operators, {
        program: program.name,
        allowOrphanedState: program.settings.allowOrphanedState ?? false,
      })
    await this.#parallel?.start(changelog !== undefined)
    ports.failpoint?.('job.operators-restored')
    this.plan.timeline.refresh()
    const sinks = await this.#sinks.open(recovered)
    ports.failpoint?.('job.opened')
    const unstored = [storeLayouts(layouts)]
    this.epochs = new Epochs({
      operators: this.operators,
      sinks,
      backend,
      decisions,
      noteRead: () => (decisions ? () => {} : noteRead(this.inputs)),
      clock: ports.clock,
      storeSources: () => [
        ...storeSources(this.inputs),
        ...storeWatermarks(this.plan.timeline),
        ...unstored.splice(0),
      ],
      lastEpoch: recovered?.epoch ?? 0,
      failpoint: ports.failpoint ?? (() => {}),
    })
    return true
  }

  /** Processes the input to its end, or until `stop`; everything read is committed when it resolves. */
  async run(): Promise<RunResult> {
    const { ports, program, batchRecords } = this.#settings
    const epochs = this.epochs as Epochs
    const loop = new TaskLoop({
      task: this.plan,
      inputs: this.inputs,
      clock: ports.clock,
      batchRecords,
      epochMs: epochMsOf(program.settings),
      closeEpoch: async () => {
        if (epochs.isBusy && !this.#sinks.isPressed) return false
        await this.#inFlight.settle()
        await epochs.close()
        return true
      },
      checkEpochs: () => epochs.check(),
      isCutDue: nowMs => this.#sinks.isCutDue(nowMs),
      isPressed: () => this.#sinks.isPressed,
      relieve: () => epochs.settle(),
      afterBatch: () => {
        ports.failpoint?.('batch-processed')
        return this.#inFlight.relieve()
      },
      beginBatch: nowMs => {
        ports.failpoint?.('batch-begun')
        this.#clock.beginBatch(nowMs)
      },
      paceLimit: nowMs => this.#limits.paceLimit(nowMs),
      allowance: (input, nowMs) => this.#limits.allowance(input, nowMs),
    })
    this.#loop = loop
    if (this.#stopRequested) loop.stop()
    const started = ports.clock.monotonic()
    const lettersBefore = this.letters.count
    const ending = new AbortController()
    let staleness: { readonly error: unknown } | undefined
    this.#settings.lookupTables.keepFresh(ending.signal).catch(error => {
      staleness = { error }
      loop.stop()
    })
    this.#watch = this.#watchOver(loop, epochs)
    const watching = this.#watch?.run(ending.signal) ?? Promise.resolve()
    try {
      const ended = await Promise.race([loop.run(), ...(this.#watch ? [this.#watch.stalled] : [])])
      if (staleness) throw staleness.error
      await this.#inFlight.settle()
      await epochs.finish(ended)
      return {
        outcome: ended ? 'finished' : 'stopped',
        recordsRead: this.inputs.reduce((sum, i) => sum + i.recordsReadNow, 0),
        rowsWritten: this.rowsWritten,
        lateRecords: this.lateRecords,
        deadLetters: this.letters.count - lettersBefore,
        elapsedMs: ports.clock.monotonic() - started,
      }
    } catch (error) {
      throw asJobError(error)
    } finally {
      loop.stop()
      ending.abort()
      await watching
    }
  }

  /** Undefined where no source can tell what there is to read. */
  #watchOver(loop: TaskLoop, epochs: Epochs): JobWatch | undefined {
    const { program, ports, notice, mayBeginAgain = false } = this.#settings
    const timeoutMs = stallTimeoutOf(program.settings.options)
    if (timeoutMs === 0 || !this.inputs.some(i => i.source.diagnose)) return undefined
    return new JobWatch({
      program: program.name,
      inputs: this.inputs,
      clock: ports.clock,
      timeoutMs,
      holdup: () => holdupText(loop.holdup, this.#sinks, epochs),
      notice: notice ?? (() => {}),
      mayBeginAgain: mayBeginAgain && this.#transaction !== undefined,
    })
  }

  /** Nothing, when the state folder alone decides. */
  #decided(): Partial<Decisions> {
    const { program, ports, notice, backend } = this.#settings
    const transaction = this.#transaction
    if (!transaction) return {}
    return decideEpochs({
      program,
      ports,
      transaction,
      isStateless: this.plan.operators.length === 0 && this.#sinks.areInTransaction,
      isDurable: backend !== undefined,
      readSources: () =>
        this.inputs.map(input => ({ source: input.source, splits: input.takeRead() })),
      notice,
    })
  }

  stop(): void {
    this.#stopRequested = true
    this.#stopping.abort()
    this.#loop?.stop()
  }

  async close(): Promise<void> {
    await this.#inFlight.close()
    for (const input of this.inputs) await input.close()
    await this.#sinks.close()
    await this.#transaction?.release()
    await this.#settings.keyLookups.close()
    await this.#settings.backend?.close()
  }

  #place(split: SplitState, offset: number): string {
    const position = this.#batchOf(split)?.positionAt(offset)
    return position === undefined ? '' : placeText(position)
  }

  #originOf(split: SplitState, index: number): RecordOrigin | undefined {
    const batch = this.#batchOf(split)
    return batch?.kind === 'frames' ? batch.origin?.(index) : undefined
  }

  #batchOf(split: SplitState): SourceBatch | undefined {
    return this.#inputOf.get(split.sourceId)?.open.find(s => s.state === split)?.batch
  }
}

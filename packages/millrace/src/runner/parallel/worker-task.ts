// A worker thread's side: compiles the parallel operators of the same plan and runs them over what the main thread sends.

import { parentPort, workerData } from 'node:worker_threads'
import { type CompiledPlan, compileTask } from '../../compiler/compile-task.ts'
import type { ExecNode } from '../../compiler/exec-node.ts'
import type { SinkExec } from '../../compiler/nodes/changelog-exec.ts'
import type { ValuesExec } from '../../compiler/nodes/row-exec.ts'
import type { Program } from '../../plan/program.ts'
import type { OperatorStats } from '../../runtime/operator.ts'
import { SplitState } from '../../runtime/split-state.ts'
import type { SourceClock } from '../../runtime/timeline.ts'
import { decodeFullKey, DeltaReader, DeltaWriter } from '../../state/delta-format.ts'
import { createRowCodec, type ValueCodec } from '../../state/value-codec.ts'
import { InternalError } from '../../types/errors.ts'
import type { RuntimePorts } from '../../types/ports.ts'
import { MAX_WATERMARK, type Row } from '../../types/value.ts'
import { EvaluationClock } from '../evaluation-clock.ts'
import { EvaluationError } from '../../functions/evaluation-error.ts'
import { type ParallelNode, parallelNodes } from './parallel-nodes.ts'
import { readRowStream, RowStreamWriter } from './row-stream.ts'
import type { FromWorker, ToWorker, WorkerIdentity } from './worker-protocol.ts'

/** What this thread was started for; undefined on the main thread and in threads of others. */
export function workerIdentity(): WorkerIdentity | undefined {
  return (workerData as { millrace?: WorkerIdentity } | null)?.millrace
}

/** Joins the main thread's run of the same program. Never resolves: the main thread ends the worker. */
export function joinAsWorker(
  program: Program,
  sinks: readonly SinkExec[],
  ports: RuntimePorts,
): Promise<never> {
  const port = parentPort
  if (!port) throw new InternalError('a worker task runs on the main thread')
  const tasks = new Map<string, WorkerTask>()
  const post = (message: FromWorker) => port.postMessage(message)
  for (const node of parallelNodes(sinks))
    tasks.set(node.id, new WorkerTask(node, program, ports, post))
  port.on('message', (message: ToWorker) => {
    try {
      handle(message, tasks, post)
    } catch (error) {
      const { name, message: text, stack } = error as Error
      post({ type: 'failed', error: { name, message: text, stack: stack ?? '' } })
    }
  })
  post({ type: 'ready' })
  return new Promise<never>(() => {})
}

function handle(
  message: ToWorker,
  tasks: ReadonlyMap<string, WorkerTask>,
  post: (message: FromWorker) => void,
): void {
  switch (message.type) {
    case 'restore':
      tasks.get(message.operator)?.restore(message.delta)
      return
    case 'start':
      tasks.get(message.operator)?.start(message.watermark)
      return
    case 'rows':
      tasks.get(message.operator)?.process(message.batch)
      post({ type: 'processed' })
      return
    case 'barrier': {
      const deltas = message.collect
        ? [...tasks.values()].map(t => ({ operator: t.node.id, delta: t.collect() }))
        : []
      const stats = [...tasks.values()].map(t => ({ operator: t.node.id, ...t.stats() }))
      post({ type: 'done', sequence: message.sequence, deltas, stats })
    }
  }
}

class WorkerTask {
  readonly node: ParallelNode
  readonly #plan: CompiledPlan
  readonly #clock: SourceClock
  readonly #time: EvaluationClock
  readonly #ports: RuntimePorts
  readonly #inputCodec: ValueCodec
  readonly #output: RowStreamWriter
  readonly #split: SplitState
  readonly #delta = new DeltaWriter(1024, workerIdentity()?.namesKeys)
  readonly #post: (message: FromWorker) => void
  readonly #rows: Row[] = [[]]
  readonly #kinds = new Uint8Array(1)
  readonly #batch: {
    readonly kind: 'rows'
    readonly rows: readonly Row[]
    readonly kinds: Uint8Array
    positionAt(count: number): number
  }

  constructor(
    node: ParallelNode,
    program: Program,
    ports: RuntimePorts,
    post: (message: FromWorker) => void,
  ) {
    this.node = node
    this.#ports = ports
    this.#post = post
    this.#time = new EvaluationClock(ports.clock.now(), ports.random)
    const upstream = node.inputs[0] as ExecNode
    this.#inputCodec = createRowCodec(upstream.schema.map(c => c.type))
    this.#output = new RowStreamWriter(createRowCodec(node.schema.map(c => c.type)))
    const input: ValuesExec = {
      kind: 'values',
      id: `exchange(${node.id})`,
      inputs: [],
      schema: upstream.schema,
      output: upstream.output,
      keys: upstream.keys,
      rows: [],
    }
    const operator = { ...node, inputs: [input] }
    const rowFailed = (operatorId: string, error: unknown, row: Row): void => {
      if (!(error instanceof EvaluationError)) throw error
      const { message: reason, cause } = error
      const stack = cause instanceof Error ? (cause.stack ?? '') : ''
      post({ type: 'row-failed', operator: operatorId, reason, stack, row: String(row) })
    }
    this.#plan = compileTask([collectorOf(operator)], {
      registry: program.connectors,
      context: this.#time,
      mode: program.settings.mode ?? 'streaming',
      timeZone: program.settings.timeZone ?? 'UTC',
      sinkOf: () => ({ write: (kind, row) => this.#output.change(kind, row) }),
      malformed: () => {},
      recordFailed: (_split, _bytes, _start, _end, error, row) =>
        rowFailed(node.id, error, row ?? []),
      rowFailed,
      sleep: (ms, signal) => ports.clock.sleep(ms, signal),
      satisfied: () => {},
      splitAdvanced: () => {},
      lookupRows: () => [],
      keyLookup: ({ id }) => {
        throw new InternalError(`${id} runs on a worker`)
      },
      remotes: undefined,
    })
    const source = this.#plan.sources[0]
    if (!source) throw new InternalError('a worker task has no input')
    this.#clock = source.clock
    this.#split = new SplitState(source.id, 'exchange', [])
    this.#batch = {
      kind: 'rows',
      rows: this.#rows,
      kinds: this.#kinds,
      positionAt: count => count,
    }
  }

  restore(delta: Uint8Array): void {
    const reader = new DeltaReader(delta)
    const [operator] = this.#plan.operators
    while (reader.next()) {
      const key = decodeFullKey(delta, reader.keyStart, reader.keyEnd)
      operator?.restore({ ...key, value: delta.slice(reader.valueStart, reader.valueEnd) })
    }
  }

  start(watermark: number): void {
    if (watermark > this.#clock.watermark) this.#clock.watermark = watermark
    for (const operator of this.#plan.operators) operator.restored()
    this.#plan.timeline.refresh()
  }

  process(batch: Uint8Array): void {
    this.#time.beginBatch(this.#ports.clock.now())
    const source = this.#plan.sources[0]
    if (!source) return
    readRowStream(
      batch,
      this.#inputCodec,
      watermark => {
        if (watermark < this.#clock.deadline) this.#clock.watermark = watermark
        else {
          this.#plan.timeline.advance(this.#clock, watermark)
          this.#output.watermark(watermark)
        }
      },
      (kind, row) => {
        this.#rows[0] = row
        this.#kinds[0] = kind
        source.process(this.#batch, 0, MAX_WATERMARK, 1, this.#split)
      },
    )
    this.#output.watermark(this.#clock.watermark)
    if (this.#output.byteLength > 0)
      this.#post({ type: 'rows', operator: this.node.id, batch: this.#output.take() })
  }

  collect(): Uint8Array {
    for (const operator of this.#plan.operators) operator.collect(this.#delta)
    return this.#delta.take()
  }

  stats() {
    const [operator] = this.#plan.operators
    const { id: _, ...stats } = operator?.stats() ?? NO_STATS
    return stats
  }
}

const NO_STATS: OperatorStats = {
  id: '',
  recordsIn: 0,
  recordsOut: 0,
  late: 0,
  expired: 0,
  stateEntries: 0,
  stateBytes: 0,
}

/** A sink that hands every change back to the main thread. */
function collectorOf(node: ExecNode): SinkExec {
  return {
    kind: 'sink',
    id: `exchange-back(${node.id})`,
    inputs: [node],
    schema: node.schema,
    output: node.output,
    keys: node.keys,
    table: {
      name: '$exchange',
      schema: node.schema,
      metadata: new Map(),
      primaryKey: [],
      connector: 'memory',
      options: new Map(),
    },
    mode: 'retract',
    upsertKey: [],
    dropsUpdateBefore: false,
    overwrite: false,
  }
}

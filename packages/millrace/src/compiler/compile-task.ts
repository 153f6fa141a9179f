// From a physical plan to a task that can run: clocks, operators, generated code, all tied together.

import type { Expression } from '../plan/expression.ts'
import type { ConnectorRegistry } from '../connector/registry.ts'
import { EvaluationError } from '../functions/evaluation-error.ts'
import type { EvaluationContext } from '../functions/function-definition.ts'
import type { CompiledSource, CompiledTask } from '../runtime/compiled-task.ts'
import type { Operator } from '../runtime/operator.ts'
import { LimitOperator } from '../runtime/operators/ranks/limit-operator.ts'
import type { SplitState } from '../runtime/split-state.ts'
import { type SourceClock, Timeline, type TimeSource } from '../runtime/timeline.ts'
import type { Row } from '../types/value.ts'
import { linkSource } from './exec/link-source.ts'
import { RowFunctions } from './code/row-functions.ts'
import { emitNode } from './exec/emit-node.ts'
import type { ExecNode } from './exec-node.ts'
import { drivesClock } from './nodes/drives-clock.ts'
import type { SinkExec } from './nodes/changelog-exec.ts'
import type { SourceExec, ValuesExec } from './nodes/row-exec.ts'
import { TaskClocks, watermarksOver } from './task-clocks.ts'
import { TaskEmitter } from './task-emitter.ts'
import type { BuiltRemote, RowSink, TaskServices } from './task-services.ts'

/** What the runner brings to a task. */
export interface TaskEnvironment {
  readonly registry: ConnectorRegistry
  /** Its `watermarkMs` is replaced by each node's own. */
  readonly context: Omit<EvaluationContext, 'watermarkMs'>
  readonly mode: 'streaming' | 'batch'
  readonly timeZone: string
  sinkOf(node: SinkExec): RowSink
  readonly malformed: TaskServices['malformed']
  readonly recordFailed: TaskServices['recordFailed']
  readonly rowFailed: TaskServices['rowFailed']
  readonly sleep: TaskServices['sleep']
  readonly satisfied: TaskServices['satisfied']
  /** Called when watermarks of a source with several splits move: position of the watermark among the source's. */
  splitAdvanced(split: SplitState, watermarkIndex: number): void
  lookupRows(node: ExecNode): readonly Row[]
  keyLookup: TaskServices['keyLookup']
  /** Makes the stand-ins of nodes that run on worker threads; absent: everything runs here. */
  readonly remotes: RemoteFactory | undefined
}

export interface RemoteFactory {
  has(node: ExecNode): boolean
  create(
    node: ExecNode,
    time: {
      readonly inputClock: TimeSource
      readonly outputClock: SourceClock
      readonly timeline: () => Timeline
    },
  ): BuiltRemote
}

export interface CompiledPlan extends CompiledTask {
  readonly sourceNodes: readonly (SourceExec | ValuesExec)[]
  readonly operatorOf: ReadonlyMap<ExecNode, Operator>
  /** The generated functions in which rows of a node are processed; undefined: none are. */
  readonly codeOf: (node: ExecNode) => string | undefined
  /** The event time up to which a node has seen its input, epoch ms; infinite before the first watermark and after the end. */
  readonly watermarkOf: (node: ExecNode) => number
}

export function compileTask(
  roots: readonly ExecNode[],
  environment: TaskEnvironment,
): CompiledPlan {
  const { remotes } = environment
  const clocks = new TaskClocks(node => remotes?.has(node) ?? false)
  const remoteOf = new Map<ExecNode, BuiltRemote>()
  const watermarkIndex = new Map<
    ExecNode,
    { readonly index: number; readonly clock: SourceClock }
  >()
  const indexOfClock = new Map<SourceClock, number>()
  let timeline: Timeline | undefined
  const contexts = new Map<TimeSource, EvaluationContext>()
  const contextOf = (node: ExecNode): EvaluationContext => {
    const clock = clocks.inputClock(node)
    const known = contexts.get(clock)
    if (known) return known
    const { nowMs, queryStartMs, random } = environment.context
    const made = { nowMs, queryStartMs, random, watermarkMs: () => clock.watermark }
    contexts.set(clock, made)
    return made
  }
  const services: TaskServices = {
    contextOf,
    remoteOf(node) {
      if (!remotes?.has(node)) return undefined
      const known =
        remoteOf.get(node) ??
        remotes.create(node, {
          inputClock: clocks.inputClock(node),
          outputClock: clocks.sourceClock(node),
          timeline: () => timeline as Timeline,
        })
      remoteOf.set(node, known)
      return known
    },
    timeline: () => timeline as Timeline,
    clockOf: node => clocks.inputClock(node),
    ttlOf(node, input = 0) {
      const ttlMs = node.ttl?.ms[input] ?? 0
      if (!node.ttl || ttlMs === 0) return undefined
      const clock = clocks.inputClock(node)
      const { line } = node.ttl
      const nowMs = line === 'event' ? () => clock.watermark : environment.context.nowMs
      return { ttlMs, line, nowMs }
    },
    sourceClockOf: node => clocks.sourceClock(node),
    watermarkIndexOf: node => watermarkIndex.get(node)?.index ?? 0,
    splitAdvanced: (clock, split) => environment.splitAdvanced(split, indexOfClock.get(clock) ?? 0),
    sinkOf: node => environment.sinkOf(node),
    malformed: environment.malformed,
    recordFailed: environment.recordFailed,
    rowFailed: environment.rowFailed,
    sleep: environment.sleep,
    satisfied: environment.satisfied,
    mode: environment.mode,
    timeZoneOf: type =>
      type?.kind === 'timestamp_ltz' && environment.timeZone !== 'UTC'
        ? environment.timeZone
        : undefined,
    lookupRows: node => environment.lookupRows(node),
    keyLookup: node => environment.keyLookup(node),
    delayOutput: (node, delayMs) => clocks.setDelay(node, delayMs),
  }
  const emitter = new TaskEmitter(roots, services, emitNode)
  const sourceNodes = emitter.nodes.filter(n => n.kind === 'source' || n.kind === 'values')
  for (const source of sourceNodes)
    watermarksOver(source, n => emitter.consumersOf(n)).forEach((node, index) => {
      const clock = clocks.sourceClock(node)
      watermarkIndex.set(node, { index, clock })
      indexOfClock.set(clock, index)
    })

  const compiled = sourceNodes.map(node => compileSource(emitter, node, environment, clocks))
  const isNeeded = environment.mode === 'batch' ? needsOf(emitter) : undefined
  const sources = isNeeded
    ? compiled.map((s, i) => ({ ...s, isNeeded: () => isNeeded(sourceNodes[i] as ExecNode) }))
    : compiled
  const order = new Map(emitter.nodes.map((n, i) => [n, i]))
  const operators = emitter.operators.toSorted(
    (a, b) => (order.get(a.node) as number) - (order.get(b.node) as number),
  )
  const everyClock = [
    ...sources.flatMap(s => [s.clock, ...s.watermarks]),
    ...[...remoteOf.keys()].map(n => clocks.sourceClock(n)),
    ...operators.filter(o => drivesClock(o.node)).map(o => clocks.sourceClock(o.node)),
  ]
  timeline = new Timeline(
    everyClock,
    operators.map(o => clocks.timeOf(o.node, o.operator)),
  )
  emitter.instantiate()
  return {
    sources,
    sourceNodes,
    operators: operators.map(o => o.operator),
    operatorOf: new Map(operators.map(o => [o.node, o.operator])),
    timeline,
    code: () => emitter.source(),
    codeOf: node => emitter.codeOf(node),
    watermarkOf: node => clocks.inputClock(node).watermark,
  }
}

function compileSource(
  emitter: TaskEmitter,
  node: SourceExec | ValuesExec,
  environment: TaskEnvironment,
  clocks: TaskClocks,
): CompiledSource {
  const process = emitter.module.within(node, () => linkSource(emitter, node, environment.registry))
  const watermarks = watermarksOver(node, n => emitter.consumersOf(n)).map(n =>
    clocks.sourceClock(n),
  )
  return {
    id: node.id,
    process,
    clock: clocks.sourceClock(node),
    watermarks,
    ...(node.kind === 'source' &&
      node.partitions && { selects: partitionSelector(node.partitions, node.schema.length) }),
  }
}

/** Batch mode: tells whether rows of a node can still reach a sink; undefined where no LIMIT ever ends that. */
function needsOf(emitter: TaskEmitter): ((node: ExecNode) => boolean) | undefined {
  const limits = new Map(
    emitter.operators.flatMap(({ node, operator }) =>
      operator instanceof LimitOperator ? [[node, operator] as const] : [],
    ),
  )
  if (limits.size === 0) return undefined
  const isNeeded = (node: ExecNode): boolean =>
    node.kind === 'sink' ||
    node.kind === 'process' ||
    (!limits.get(node)?.isSatisfied && emitter.consumersOf(node).some(c => isNeeded(c.node)))
  return isNeeded
}

/** Whether a split's partition may hold rows that are asked for; where that fails, its records will say so. */
function partitionSelector(condition: Expression, width: number): (shared: Row) => boolean {
  const zero = () => 0
  const context = { nowMs: zero, queryStartMs: zero, random: zero, watermarkMs: zero }
  const functions = new RowFunctions(context)
  const holds = functions.condition(condition, width, 0)
  return shared => {
    try {
      return holds(shared, [])
    } catch (error) {
      if (error instanceof EvaluationError) return true
      throw error
    }
  }
}

// Which emitter belongs to which physical node: a new kind does not compile until it has one.

import type { BlockScope } from '../code/code-module.ts'
import type { EmitRow } from '../../runtime/operators/row-operator.ts'
import { type EmittedRow, emitRowArray } from '../code/emitted-row.ts'
import type { BuiltRemote } from '../task-services.ts'
import type { ExecKind, ExecNode, ExecOf } from '../exec-node.ts'
import type { NodeEmitter, TaskEmitter } from '../task-emitter.ts'
import { emitGroupAggregate } from './emit-group-aggregate.ts'
import { emitCalc, emitSink, emitUnion, emitUnnest, emitWatermark } from './emit-stateless.ts'
import { emitProcessingClock } from './emit-processing-clock.ts'
import { emitLateRows, emitWindowAssign } from './emit-windows.ts'
import { emitWindowAggregate } from './emit-window-aggregate.ts'
import { emitRowOperator } from './emit-row-operator.ts'
import { rowOperatorFactories } from './row-operators/index.ts'
import { InternalError } from '../../types/errors.ts'

const rowOperator = emitRowOperator(rowOperatorFactories)

const EMITTERS: { readonly [K in ExecKind]: NodeEmitter<ExecOf<K>> } = {
  source: neverFed,
  values: neverFed,
  calc: emitCalc,
  watermark: emitWatermark,
  union: emitUnion,
  'processing-clock': emitProcessingClock,
  'window-assign': emitWindowAssign,
  'late-rows': emitLateRows,
  unnest: emitUnnest,
  sink: emitSink,
  'group-aggregate': emitGroupAggregate,
  'window-aggregate': emitWindowAggregate,
  join: rowOperator,
  'interval-join': rowOperator,
  'session-window': rowOperator,
  'window-join': rowOperator,
  'temporal-join': rowOperator,
  'lookup-join': rowOperator,
  'key-lookup-join': rowOperator,
  'set-operation': rowOperator,
  normalize: rowOperator,
  materialize: rowOperator,
  rank: rowOperator,
  deduplicate: rowOperator,
  'window-rank': rowOperator,
  over: rowOperator,
  match: rowOperator,
  limit: rowOperator,
  sort: rowOperator,
  finalize: rowOperator,
  process: rowOperator,
  'async-call': rowOperator,
  'side-output': emitSideOutput,
}

/** Emits what `node` does with a row that reaches its input `input`. */
export function emitNode(
  emitter: TaskEmitter,
  node: ExecNode,
  input: number,
  scope: BlockScope,
  row: EmittedRow,
): void {
  const remote = emitter.services.remoteOf(node)
  if (remote) {
    emitRemote(emitter, node, remote, input, scope, row)
    return
  }
  const emit = EMITTERS[node.kind] as NodeEmitter<ExecNode>
  emit(emitter, node, input, scope, row)
}

/** Its rows come from the process operator's `emitTo`, which calls the node's emit function; the main output is not its own. */
function emitSideOutput(): void {}

/** Hands the row to the worker that owns its key; results come back through the node's emit function. */
function emitRemote(
  emitter: TaskEmitter,
  node: ExecNode,
  remote: BuiltRemote,
  input: number,
  scope: BlockScope,
  row: EmittedRow,
): void {
  const name = emitter.addOperator(node, remote)
  emitter.link<EmitRow>(emitter.emitFunction(node), emit => remote.bind(emit))
  scope.statement(`${name}.process(${input}, ${row.kind}, ${emitRowArray(scope, row)})`)
}

function neverFed(_: TaskEmitter, node: ExecNode): never {
  throw new InternalError(`nothing can feed a ${node.kind}`)
}

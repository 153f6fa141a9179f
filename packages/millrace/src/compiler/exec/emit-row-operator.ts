// Operators that take whole rows: joins, ranks, sorts, user functions. The pipeline around them is generated, they are not.

import type { RowOperator } from '../../runtime/operators/row-operator.ts'
import { InternalError } from '../../types/errors.ts'
import type { BlockScope } from '../code/code-module.ts'
import { type EmittedRow, emitRowArray } from '../code/emitted-row.ts'
import type { ExecKind, ExecNode, ExecOf } from '../exec-node.ts'
import type { TaskEmitter } from '../task-emitter.ts'

/** Makes the operator of a node; its rows leave through what `bind` is given. */
export type RowOperatorFactory<N extends ExecNode> = (emitter: TaskEmitter, node: N) => RowOperator

export type RowOperatorKind = Exclude<
  ExecKind,
  | 'source'
  | 'values'
  | 'calc'
  | 'watermark'
  | 'union'
  | 'processing-clock'
  | 'window-assign'
  | 'late-rows'
  | 'unnest'
  | 'sink'
  | 'group-aggregate'
  | 'window-aggregate'
  | 'side-output'
>

export type RowOperatorFactories = {
  readonly [K in RowOperatorKind]?: RowOperatorFactory<ExecOf<K>>
}

const namesOf = new WeakMap<TaskEmitter, Map<ExecNode, string>>()

/** Emits the call that hands a row to the node's operator, making the operator on the first call. */
export function emitRowOperator(factories: RowOperatorFactories) {
  return (
    emitter: TaskEmitter,
    node: ExecNode,
    input: number,
    scope: BlockScope,
    row: EmittedRow,
  ): void => {
    const names = namesOf.get(emitter) ?? new Map<ExecNode, string>()
    namesOf.set(emitter, names)
    let name = names.get(node)
    if (!name) {
      const factory = factories[node.kind as RowOperatorKind] as
        | RowOperatorFactory<ExecNode>
        | undefined
      if (!factory) throw new InternalError(`no operator for ${node.kind}`)
      const operator = factory(emitter, node)
      name = emitter.addOperator(node, operator)
      names.set(node, name)
      emitter.link<(kind: number, row: unknown[]) => void>(emitter.emitFunction(node), emit =>
        operator.bind(emit as never),
      )
    }
    scope.statement(`${name}.process(${input}, ${row.kind}, ${emitRowArray(scope, row)})`)
  }
}

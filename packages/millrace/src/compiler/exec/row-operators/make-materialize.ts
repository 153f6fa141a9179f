// Makes the operator that turns a changelog into upserts by another key.

import { MaterializeOperator } from '../../../runtime/operators/changelog/materialize-operator.ts'
import type { MaterializeExec } from '../../exec-node.ts'
import type { TaskEmitter } from '../../task-emitter.ts'
import { columnTypes, functionsOf, partitionKeyOf, placeOf } from './row-operator-parts.ts'

export function makeMaterialize(emitter: TaskEmitter, node: MaterializeExec): MaterializeOperator {
  const { schema, sinkKey, upsertKey } = node
  const functions = functionsOf(emitter, node)
  const keyOf = (columns: readonly number[]) => {
    const key = columns.map(index => {
      const { name, type } = schema[index] as MaterializeExec['schema'][number]
      return { kind: 'column', index, name, type } as const
    })
    return partitionKeyOf(functions, key, schema.length)
  }
  return new MaterializeOperator({
    place: placeOf(emitter, node),
    sinkKey: keyOf(sinkKey),
    identity: keyOf(upsertKey ?? [...schema.keys()]),
    isUnique: upsertKey !== undefined,
    rowTypes: columnTypes(schema),
  })
}

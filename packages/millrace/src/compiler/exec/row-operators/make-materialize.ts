// Makes the operators that turn a changelog into one row for each key of a sink.

import { MaterializeOperator } from '../../../runtime/operators/changelog/materialize-operator.ts'
import { ResolveConflictsOperator } from '../../../runtime/operators/changelog/resolve-conflicts-operator.ts'
import type { RowOperator } from '../../../runtime/operators/row-operator.ts'
import type { MaterializeExec } from '../../nodes/changelog-exec.ts'
import type { TaskEmitter } from '../../task-emitter.ts'
import {
  columnOf,
  columnTypes,
  functionsOf,
  partitionKeyOf,
  placeOf,
} from './row-operator-parts.ts'

export function makeMaterialize(emitter: TaskEmitter, node: MaterializeExec): RowOperator {
  const { schema, sinkKey, upsertKey, onConflict } = node
  const functions = functionsOf(emitter, node)
  const keyOf = (columns: readonly number[]) => {
    const key = columns.map(index => columnOf(schema, index))
    return partitionKeyOf(functions, key, schema.length)
  }
  const settings = {
    place: placeOf(emitter, node),
    sinkKey: keyOf(sinkKey),
    identity: keyOf(upsertKey ?? [...schema.keys()]),
    isUnique: upsertKey !== undefined,
    rowTypes: columnTypes(schema),
  }
  if (onConflict === 'deduplicate') return new MaterializeOperator(settings)
  const keyNames = sinkKey.map(index => schema[index]?.name ?? '')
  return new ResolveConflictsOperator({
    ...settings,
    action: onConflict,
    table: node.table,
    keyNames,
  })
}

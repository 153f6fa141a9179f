// Makes the operator that completes the changelog of a source.

import { NormalizeOperator } from '../../../runtime/operators/changelog/normalize-operator.ts'
import { withNullable } from '../../../types/data-type.ts'
import type { NormalizeExec } from '../../nodes/changelog-exec.ts'
import type { TaskEmitter } from '../../task-emitter.ts'
import {
  columnOf,
  columnTypes,
  functionsOf,
  partitionKeyOf,
  placeOf,
} from './row-operator-parts.ts'

export function makeNormalize(emitter: TaskEmitter, node: NormalizeExec): NormalizeOperator {
  const key = node.key.map(index => columnOf(node.schema, index))
  return new NormalizeOperator({
    place: placeOf(emitter, node),
    key: partitionKeyOf(functionsOf(emitter, node), key, node.schema.length),
    // Columns that nothing reads are NULL, whatever they are declared as.
    rowTypes: columnTypes(node.schema).map(type => withNullable(type, true)),
    emitsUpdateBefore: node.output !== 'upsert',
  })
}

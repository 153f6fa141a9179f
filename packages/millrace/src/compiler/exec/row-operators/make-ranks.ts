// Makes the operators of deduplication and Top-N.

import { DeduplicateOperator } from '../../../runtime/operators/ranks/deduplicate-operator.ts'
import { FinalRankOperator } from '../../../runtime/operators/ranks/final-rank-operator.ts'
import { RankOperator } from '../../../runtime/operators/ranks/rank-operator.ts'
import type { RowOperator } from '../../../runtime/operators/row-operator.ts'
import type { DeduplicateExec, RankExec } from '../../nodes/order-exec.ts'
import type { TaskEmitter } from '../../task-emitter.ts'
import { identityOf } from './make-join.ts'
import {
  columnTypes,
  functionsOf,
  inputOf,
  partitionKeyOf,
  placeOf,
  timeReader,
} from './row-operator-parts.ts'

export function makeDeduplicate(emitter: TaskEmitter, node: DeduplicateExec): DeduplicateOperator {
  const { schema } = inputOf(node)
  return new DeduplicateOperator({
    place: placeOf(emitter, node),
    key: partitionKeyOf(functionsOf(emitter, node), node.partition, schema.length),
    rowTypes: columnTypes(schema),
    keep: node.keep,
    timeOf: node.timeColumn < 0 ? undefined : timeReader(schema, node.timeColumn),
    withRank: node.withRank,
    emitsUpdateBefore: node.output !== 'upsert',
  })
}

export function makeRank(emitter: TaskEmitter, node: RankExec): RowOperator {
  const input = inputOf(node)
  const functions = functionsOf(emitter, node)
  const width = input.schema.length
  const identity = identityOf(input)
  const settings = {
    place: placeOf(emitter, node),
    key: partitionKeyOf(functions, node.partition, width),
    rowTypes: columnTypes(input.schema),
    orderOf: functions.values(
      node.order.map(o => o.expression),
      width,
    ),
    compare: functions.sortValues(node.order),
    range: { function: node.function, from: node.from, to: node.to },
    withRank: node.withRank,
    identity,
  }
  return node.output === 'append'
    ? new FinalRankOperator(settings)
    : new RankOperator({ ...settings, emitsUpdateBefore: node.output !== 'upsert' })
}

// Which factory makes the operator of which physical node.

import type { RowOperatorFactories } from '../emit-row-operator.ts'
import { makeJoin } from './make-join.ts'
import { makeDeduplicate, makeRank } from './make-ranks.ts'
import { makeIntervalJoin, makeTemporalJoin } from './make-timed-joins.ts'

export const rowOperatorFactories: RowOperatorFactories = {
  join: makeJoin,
  'interval-join': makeIntervalJoin,
  'temporal-join': makeTemporalJoin,
  rank: makeRank,
  deduplicate: makeDeduplicate,
}

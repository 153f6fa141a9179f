// Which factory makes the operator of which physical node.

import { atOrigin } from '../../../plan/origin.ts'
import type { RowOperatorFactories } from '../emit-row-operator.ts'
import { makeAsyncCall } from './make-async-call.ts'
import { makeJoin } from './make-join.ts'
import { makeKeyLookupJoin } from './make-key-lookup-join.ts'
import { makeLookupJoin } from './make-lookup-join.ts'
import { makeMatch } from './make-match.ts'
import { makeMaterialize } from './make-materialize.ts'
import { makeNormalize } from './make-normalize.ts'
import { makeOver } from './make-over.ts'
import { makeProcess } from './make-process.ts'
import { makeDeduplicate, makeRank } from './make-ranks.ts'
import { makeSetOperation } from './make-set-operation.ts'
import { makeFinalize, makeLimit, makeSort } from './make-sorts.ts'
import { makeIntervalJoin, makeTemporalJoin } from './make-timed-joins.ts'
import { makeSessionWindow, makeWindowJoin, makeWindowRank } from './make-windowed.ts'

export const rowOperatorFactories: RowOperatorFactories = {
  join: makeJoin,
  'interval-join': makeIntervalJoin,
  'temporal-join': makeTemporalJoin,
  'lookup-join': makeLookupJoin,
  'key-lookup-join': makeKeyLookupJoin,
  'session-window': makeSessionWindow,
  'window-join': makeWindowJoin,
  'set-operation': makeSetOperation,
  normalize: makeNormalize,
  materialize: makeMaterialize,
  rank: makeRank,
  deduplicate: makeDeduplicate,
  'window-rank': makeWindowRank,
  over: (emitter, node) => atOrigin(node, () => makeOver(emitter, node)),
  match: makeMatch,
  limit: makeLimit,
  sort: makeSort,
  finalize: makeFinalize,
  process: makeProcess,
  'async-call': makeAsyncCall,
}

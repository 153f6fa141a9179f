// Which factory makes the operator of which physical node.

import type { RowOperatorFactories } from '../emit-row-operator.ts'
import { makeJoin } from './make-join.ts'

export const rowOperatorFactories: RowOperatorFactories = {
  join: makeJoin,
}

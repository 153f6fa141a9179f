// The aggregate functions.

import type { AggregateFunction } from '../function-definition.ts'
import { average } from './average.ts'
import { count } from './count.ts'
import { maximum, minimum } from './extreme.ts'
import { sum, sumOrZero } from './sum.ts'

export const aggregateFunctions: readonly AggregateFunction[] = [
  count,
  sum,
  sumOrZero,
  average,
  minimum,
  maximum,
]

// The aggregate functions.

import type { AggregateFunction } from '../function-definition.ts'
import { approxCountDistinct } from './approx-count-distinct.ts'
import { average } from './average.ts'
import { arrayAgg, collect } from './collect.ts'
import { count } from './count.ts'
import { maximum, minimum } from './extreme.ts'
import { firstValue, lastValue } from './first-last-value.ts'
import { singleValue } from './single-value.ts'
import { jsonArrayAgg, jsonObjectAgg } from './json-agg.ts'
import { listAgg } from './list-agg.ts'
import { percentile } from './percentile.ts'
import { sum, sumOrZero } from './sum.ts'
import { stddevPop, stddevSamp, varPop, varSamp } from './variance.ts'

export const aggregateFunctions: readonly AggregateFunction[] = [
  count,
  sum,
  sumOrZero,
  average,
  minimum,
  maximum,
  firstValue,
  lastValue,
  singleValue,
  listAgg,
  collect,
  arrayAgg,
  varPop,
  varSamp,
  stddevPop,
  stddevSamp,
  percentile,
  approxCountDistinct,
  jsonObjectAgg,
  jsonArrayAgg,
]

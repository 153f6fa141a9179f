// The comparison functions.

import type { ScalarFunction } from '../function-definition.ts'
import { between, betweenSymmetric, notBetween, notBetweenSymmetric } from './between.ts'
import { isDistinctFrom, isNotDistinctFrom } from './distinct.ts'
import { equals, notEquals } from './equality.ts'
import { inList, notInList } from './in.ts'
import { isNotNull, isNull } from './null-tests.ts'
import { greaterOrEqual, greaterThan, lessOrEqual, lessThan } from './order.ts'
import { like, notLike, notSimilarTo, similarTo } from './pattern-functions.ts'

export const comparisonFunctions: readonly ScalarFunction[] = [
  equals,
  notEquals,
  lessThan,
  lessOrEqual,
  greaterThan,
  greaterOrEqual,
  isNull,
  isNotNull,
  isDistinctFrom,
  isNotDistinctFrom,
  between,
  notBetween,
  betweenSymmetric,
  notBetweenSymmetric,
  inList,
  notInList,
  like,
  notLike,
  similarTo,
  notSimilarTo,
]

// The functions of arrays, maps, multisets and rows.

import type { ScalarFunction } from '../function-definition.ts'
import { cardinality, element, item } from './access.ts'
import {
  arrayAppend,
  arrayContains,
  arrayPosition,
  arrayPrepend,
  arrayRemove,
} from './array-elements.ts'
import { arrayJoin, arrayMax, arrayMin, arraySlice, arraySort } from './array-order.ts'
import {
  arrayConcat,
  arrayDistinct,
  arrayExcept,
  arrayIntersect,
  arrayReverse,
  arrayUnion,
} from './array-sets.ts'
import { arrayConstructor, mapConstructor, rowConstructor } from './constructors.ts'
import { mapEntries, mapFromArrays, mapKeys, mapUnion, mapValues } from './map-functions.ts'

export const collectionFunctions: readonly ScalarFunction[] = [
  arrayConstructor,
  mapConstructor,
  rowConstructor,
  cardinality,
  element,
  item,
  arrayContains,
  arrayPosition,
  arrayRemove,
  arrayAppend,
  arrayPrepend,
  arrayDistinct,
  arrayUnion,
  arrayExcept,
  arrayIntersect,
  arrayReverse,
  arrayConcat,
  arraySort,
  arraySlice,
  arrayMax,
  arrayMin,
  arrayJoin,
  mapKeys,
  mapValues,
  mapEntries,
  mapFromArrays,
  mapUnion,
]

// `ARRAY_DISTINCT`, `ARRAY_UNION`, `ARRAY_EXCEPT`, `ARRAY_INTERSECT`, `ARRAY_CONCAT`, `ARRAY_REVERSE`: whole arrays.

import type { DataType } from '../../types/data-type.ts'
import type { Value } from '../../types/value.ts'
import type { ScalarBinding } from '../function-definition.ts'
import { arrayFunction } from './array-arguments.ts'
import { distinct, elementKey } from './element-key.ts'

type Elements = readonly Value[]

export const arrayDistinct = wholeArrays(
  'ARRAY_DISTINCT',
  'The array without repeated elements.',
  1,
  ['ARRAY_DISTINCT(ARRAY[1, 2, 1])', 'ARRAY[1, 2]'],
  type => {
    const key = elementKey(type)
    return (array: Elements) => distinct(array, key)
  },
)

export const arrayUnion = wholeArrays(
  'ARRAY_UNION',
  'The elements of both arrays, without repeated ones.',
  2,
  ['ARRAY_UNION(ARRAY[1, 2], ARRAY[2, 3])', 'ARRAY[1, 2, 3]'],
  type => {
    const key = elementKey(type)
    return (a: Elements, b: Elements) => distinct([...a, ...b], key)
  },
)

export const arrayExcept = wholeArrays(
  'ARRAY_EXCEPT',
  'The elements of the first array that are not in the second, without repeated ones.',
  2,
  ['ARRAY_EXCEPT(ARRAY[1, 2, 1], ARRAY[2])', 'ARRAY[1]'],
  type => keeping(type, false),
)

export const arrayIntersect = wholeArrays(
  'ARRAY_INTERSECT',
  'The elements that both arrays have, without repeated ones.',
  2,
  ['ARRAY_INTERSECT(ARRAY[1, 2, 2], ARRAY[2])', 'ARRAY[2]'],
  type => keeping(type, true),
)

function keeping(type: DataType, wanted: boolean): ScalarBinding['evaluate'] {
  const key = elementKey(type)
  return (a: Elements, b: Elements) => {
    const others = new Set(b.map(key))
    return distinct(a, key).filter(x => others.has(key(x)) === wanted)
  }
}

export const arrayReverse = wholeArrays(
  'ARRAY_REVERSE',
  'The elements from last to first.',
  1,
  ['ARRAY_REVERSE(ARRAY[1, 2, 3])', 'ARRAY[3, 2, 1]'],
  () => (array: Elements) => array.toReversed(),
)

export const arrayConcat = arrayFunction({
  name: 'ARRAY_CONCAT',
  summary: 'The arrays one after the other.',
  examples: [['ARRAY_CONCAT(ARRAY[1, 2], ARRAY[2, 3])', 'ARRAY[1, 2, 2, 3]']],
  takes: ['array'],
  variadic: true,
  returns: array => array,
  evaluate:
    () =>
    (...arrays: Elements[]) =>
      ([] as Value[]).concat(...arrays),
})

function wholeArrays(
  name: string,
  summary: string,
  count: 1 | 2,
  example: readonly [string, string],
  evaluate: (element: DataType) => ScalarBinding['evaluate'],
) {
  return arrayFunction({
    name,
    summary,
    examples: [example],
    takes: count === 1 ? ['array'] : ['array', 'array'],
    returns: array => array,
    evaluate,
  })
}

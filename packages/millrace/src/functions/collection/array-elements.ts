// `ARRAY_CONTAINS`, `ARRAY_POSITION`, `ARRAY_REMOVE`, `ARRAY_APPEND`, `ARRAY_PREPEND`: an array and an element.

import { types } from '../../types/data-type.ts'
import { equalityOf } from '../../types/compare.ts'
import type { Value } from '../../types/value.ts'
import { arrayFunction } from './array-arguments.ts'

type Elements = readonly Value[]

export const arrayContains = arrayFunction({
  name: 'ARRAY_CONTAINS',
  summary: 'Whether the array has the element; NULL is found among NULLs.',
  examples: [['ARRAY_CONTAINS(ARRAY[1, 2], 2)', 'TRUE']],
  takes: ['array', 'element'],
  nullElements: true,
  returns: () => types.boolean,
  evaluate: type => {
    const equal = equalityOf(type)
    return (array: Elements, wanted: Value) => array.some(x => equal(x, wanted))
  },
})

export const arrayPosition = arrayFunction({
  name: 'ARRAY_POSITION',
  summary: 'The position of the element in the array, from 1; 0 without it.',
  examples: [['ARRAY_POSITION(ARRAY[3, 4, 5, 4], 4)', '2']],
  takes: ['array', 'element'],
  returns: () => types.int,
  evaluate: type => {
    const equal = equalityOf(type)
    return (array: Elements, wanted: Value) => array.findIndex(x => equal(x, wanted)) + 1
  },
})

export const arrayRemove = arrayFunction({
  name: 'ARRAY_REMOVE',
  summary: 'The array without any element equal to the given one.',
  examples: [['ARRAY_REMOVE(ARRAY[1, 2, 1], 1)', 'ARRAY[2]']],
  takes: ['array', 'element'],
  nullElements: true,
  returns: array => array,
  evaluate: type => {
    const equal = equalityOf(type)
    return (array: Elements, unwanted: Value) => array.filter(x => !equal(x, unwanted))
  },
})

export const arrayAppend = arrayFunction({
  name: 'ARRAY_APPEND',
  summary: 'The array with an element after its last.',
  examples: [['ARRAY_APPEND(ARRAY[1, 2], 3)', 'ARRAY[1, 2, 3]']],
  takes: ['array', 'element'],
  nullElements: true,
  returns: array => array,
  evaluate: () => (array: Elements, added: Value) => [...array, added],
})

export const arrayPrepend = arrayFunction({
  name: 'ARRAY_PREPEND',
  summary: 'The array with an element before its first.',
  examples: [['ARRAY_PREPEND(ARRAY[1, 2], 3)', 'ARRAY[3, 1, 2]']],
  takes: ['array', 'element'],
  nullElements: true,
  returns: array => array,
  evaluate: () => (array: Elements, added: Value) => [added, ...array],
})

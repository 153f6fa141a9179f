// `ARRAY_SORT`, `ARRAY_SLICE`, `ARRAY_MAX`, `ARRAY_MIN`, `ARRAY_JOIN`: arrays by order and position.

import { comparatorOf } from '../../types/compare.ts'
import { type DataType, formatType, isCharacter, types } from '../../types/data-type.ts'
import type { Value } from '../../types/value.ts'
import { problem } from '../binding.ts'
import { isOrdered } from '../comparison/operands.ts'
import type { ArgumentInfo, ScalarFunction } from '../function-definition.ts'
import { simpleFunction } from '../scalar-function.ts'
import { arrayFunction } from './array-arguments.ts'

type Elements = readonly Value[]

const elementOf = (args: readonly ArgumentInfo[]): DataType => {
  const type = args[0]?.type
  return type?.kind === 'array' ? type.element : types.null
}
const arrayOf = (args: readonly ArgumentInfo[]): DataType => args[0]?.type ?? types.null

const sortArray = simpleFunction({
  name: 'ARRAY_SORT',
  group: 'collection',
  summary:
    'The array in ascending order unless told otherwise; NULLs first when ascending, last when descending, unless told otherwise.',
  examples: [['ARRAY_SORT(ARRAY[3, 1, 2])', 'ARRAY[1, 2, 3]']],
  takes: ['array', 'boolean', 'boolean'],
  optional: 2,
  returns: arrayOf,
  prepare: args => {
    const compare = comparatorOf(elementOf(args))
    return (array: Elements, ascending = true, nullsFirst = ascending) => {
      const values = array.filter(x => x !== null)
      const nulls = array.filter(x => x === null)
      values.sort(ascending ? compare : (a, b) => compare(b, a))
      return nullsFirst ? [...nulls, ...values] : [...values, ...nulls]
    }
  },
})

export const arraySort: ScalarFunction = {
  ...sortArray,
  resolve(args, session) {
    const element = elementOf(args)
    return element.kind === 'boolean' || !isOrdered(element)
      ? problem(`cannot sort elements of type ${formatType(element)}`)
      : sortArray.resolve(args, session)
  },
}

export const arraySlice = simpleFunction({
  name: 'ARRAY_SLICE',
  group: 'collection',
  summary:
    'The elements from a position (from 1; negative: from the end) through another, by default the last.',
  examples: [['ARRAY_SLICE(ARRAY[1, 2, 3, 4, 5], 2, 3)', 'ARRAY[2, 3]']],
  takes: ['array', 'int', 'int'],
  optional: 1,
  returns: arrayOf,
  evaluate: (array: Elements, start: number, end = array.length) => {
    const first = Math.max(start < 0 ? array.length + start + 1 : start, 1)
    const last = (end < 0 ? array.length + end + 1 : end) || 1
    return last < first ? [] : array.slice(first - 1, last)
  },
})

export const arrayMax = extreme('ARRAY_MAX', 'greatest', 1, '3')
export const arrayMin = extreme('ARRAY_MIN', 'least', -1, '1')

function extreme(name: string, which: string, sign: number, result: string): ScalarFunction {
  const ofArrays = arrayFunction({
    name,
    summary: `The ${which} element that is not NULL; NULL when there is none.`,
    examples: [[`${name}(ARRAY[1, 3, 2])`, result]],
    takes: ['array'],
    mayReturnNull: true,
    returns: (_, element) => element,
    evaluate: type => {
      const compare = comparatorOf(type)
      return (array: Elements) => {
        let best: Value = null
        for (const x of array) {
          if (x !== null && (best === null || compare(x, best) * sign > 0)) best = x
        }
        return best
      }
    },
  })
  return {
    ...ofArrays,
    resolve(args, session) {
      const element = elementOf(args)
      return isOrdered(element)
        ? ofArrays.resolve(args, session)
        : problem(`elements of type ${formatType(element)} have no order`)
    },
  }
}

const joinArray = simpleFunction({
  name: 'ARRAY_JOIN',
  group: 'collection',
  summary:
    'The texts of the array with a delimiter between them; NULLs are left out unless a text for them is given.',
  examples: [["ARRAY_JOIN(ARRAY['a', 'b'], '+')", "'a+b'"]],
  takes: ['array', 'text', 'text'],
  optional: 1,
  returns: types.string,
  evaluate: (array: readonly (string | null)[], delimiter: string, forNull?: string) =>
    (forNull === undefined ? array.filter(x => x !== null) : array.map(x => x ?? forNull)).join(
      delimiter,
    ),
})

export const arrayJoin: ScalarFunction = {
  ...joinArray,
  resolve(args, session) {
    const element = elementOf(args)
    if (args[0]?.type.kind === 'array' && !isCharacter(element) && element.kind !== 'null')
      return {
        problem: `needs an ARRAY<STRING>, not ${formatType(arrayOf(args))}`,
        remedy: 'Cast it: CAST(… AS ARRAY<STRING>).',
      }
    const found = joinArray.resolve(args, session)
    if ('problem' in found) return found
    const [array, ...rest] = found.parameters
    const texts: DataType = { ...types.array(types.string), nullable: array?.nullable ?? true }
    return { ...found, parameters: [texts, ...rest] }
  },
}

// LAG and LEAD: a value of the row some rows before or behind.

import type { DataType } from '../../types/data-type.ts'
import { isNumeric, notNull, types, withNullable } from '../../types/data-type.ts'
import type { Value } from '../../types/value.ts'
import { problem } from '../binding.ts'
import { EvaluationError } from '../evaluation-error.ts'
import type { AggregateBinding, PositionFunction } from '../function-definition.ts'

export const lag = neighbour('LAG', -1, 'before')
export const lead = neighbour('LEAD', 1, 'behind')

function neighbour(name: string, direction: -1 | 1, where: string): PositionFunction {
  return {
    kind: 'position',
    name,
    docs: {
      group: 'window',
      summary: `The value of the row \`offset\` rows (one) ${where}; \`default\` (NULL) without such a row. A default that is not NULL also stands for NULL values.`,
    },
    resolve(args) {
      const [value, offset, otherwise] = args
      if (!value || args.length > 3)
        return problem('takes a value, and if need be an offset and a default')
      if (offset && !isNumeric(offset.type)) return problem('needs a whole number as its offset')
      const type = withNullable(value.type, true)
      const parameters = [type, notNull(types.int), type].slice(0, args.length)
      // Flink types the result by the default alone: NOT NULL must then hold.
      const isNeverNull = otherwise !== undefined && !otherwise.type.nullable
      const returns = withNullable(type, !isNeverNull)
      return {
        parameters,
        returns,
        at(rows, index) {
          const [, by = 1, instead = null] = rows.argsAt(index)
          const target = index + direction * (by as number)
          if (target < 0 || target >= rows.size) return instead
          const found = rows.argsAt(target)[0] as Value
          return isNeverNull ? (found ?? instead) : found
        },
        ...(direction < 0 && { soFar: behindTheLast(parameters, type, returns) }),
      }
    },
  }
}

/** The offset of a row that is negative would be ahead of it. */
function checkOffset(offset: number): number {
  if (offset >= 0) return offset
  throw new EvaluationError(
    `LAG by ${offset} rows looks ahead, in a stream`,
    'Use LAG by 0 or more.',
  )
}

/**
 * LAG over the rows so far: the last `offset + 1` values, where the offset and the default are the last row's.
 *
 * @see Flink's LagAggFunction
 */
function behindTheLast(
  parameters: readonly DataType[],
  type: DataType,
  returns: DataType,
): AggregateBinding {
  const meaning = (rows: readonly (readonly Value[])[]): Value => {
    const [, by = 1, instead = null] = rows.at(-1) ?? []
    const target = rows[rows.length - 1 - (by as number)]
    const found = target ? (target[0] as Value) : instead
    return returns.nullable ? found : (found ?? instead)
  }
  return {
    parameters,
    returns,
    skipsNulls: false,
    fields: [
      {
        name: 'values',
        type: notNull({ kind: 'array', element: type, nullable: false }),
        initial: '[]',
      },
      { name: 'offset', type: notNull(types.int), initial: '1' },
      { name: 'otherwise', type, initial: 'null' },
    ],
    accumulate(scope, [values = '', offset = '', otherwise = ''], [value = '', by, instead]) {
      if (by !== undefined)
        scope.statement(`${offset} = ${scope.constant(checkOffset, 'checkOffset')}(${by})`)
      if (instead !== undefined) scope.statement(`${otherwise} = ${instead}`)
      scope.statement(`${values}.push(${value})`)
      scope.statement(`while (${values}.length > ${offset} + 1) ${values}.shift()`)
    },
    result: (_, [values = '', offset = '', otherwise = '']) =>
      `(${values}.length > ${offset} ? ${values}[0]${returns.nullable ? '' : ` ?? ${otherwise}`} : ${otherwise})`,
    evaluate: meaning,
  }
}

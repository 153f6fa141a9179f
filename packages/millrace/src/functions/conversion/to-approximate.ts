// Casts to FLOAT and DOUBLE.

import { isApproximate, isCharacter, isInteger } from '../../types/data-type.ts'
import { decimalToNumber } from '../../types/decimal.ts'
import type { Hybrid } from '../../types/value.ts'
import type { EmitExpression } from '../function-definition.ts'
import type { Conversion, FindConversion } from './conversion.ts'
import { identity, unreadable } from './conversion.ts'
import { parseDouble } from './number-text.ts'

export const toApproximate: FindConversion = (from, to) => {
  const toDouble = find(from, to)
  if (toDouble === undefined || to.kind === 'double' || from.kind === 'float') return toDouble
  const convert = toDouble.convert as (value: unknown) => number
  const { emit } = toDouble
  return {
    ...toDouble,
    convert: (value: unknown) => Math.fround(convert(value)),
    ...(emit ? { emit: rounded(emit) } : {}),
  } as Conversion
}

function rounded(emit: EmitExpression): EmitExpression {
  return (scope, args) => `Math.fround(${emit(scope, args)})`
}

const find = (
  from: Parameters<FindConversion>[0],
  to: Parameters<FindConversion>[1],
): Conversion | undefined => {
  if (isApproximate(from)) return identity
  if (from.kind === 'bigint')
    return { convert: (v: Hybrid) => Number(v), emit: (_, [v = '']) => `Number(${v})` }
  if (isInteger(from)) return identity
  if (from.kind === 'decimal') {
    const { scale } = from
    return {
      convert: (v: Hybrid) => decimalToNumber(v, scale),
      emit: (scope, [v = '']) =>
        `${scope.constant(decimalToNumber, 'decimalToNumber')}(${v}, ${scale})`,
    }
  }
  if (from.kind === 'boolean')
    return { convert: (v: boolean) => (v ? 1 : 0), emit: (_, [v = '']) => `(${v} ? 1 : 0)` }
  if (!isCharacter(from)) return undefined
  return {
    mayFail: true,
    convert(text: string) {
      const value = parseDouble(text)
      if (value === undefined) throw unreadable(text, to)
      return value
    },
  }
}

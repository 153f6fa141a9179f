// Casts to DECIMAL: HALF_UP; a number that does not fit is NULL, a text that does not is an error.

import type { DataTypeOf } from '../../types/data-type.ts'
import { isApproximate, isCharacter, isInteger } from '../../types/data-type.ts'
import { decimalFromNumber, fits, parseDecimal, rescale, toDecimal } from '../../types/decimal.ts'
import { asDecimal } from '../../types/type-rules.ts'
import type { Hybrid } from '../../types/value.ts'
import { EvaluationError } from '../evaluation-error.ts'
import type { Conversion, FindConversion } from './conversion.ts'
import { identity, unreadable } from './conversion.ts'

export const toDecimalType: FindConversion = (from, target) => {
  const to = target as DataTypeOf<'decimal'>
  const { precision, scale } = to
  if (isInteger(from) || from.kind === 'decimal') return fromExact(asDecimal(from), to)
  if (isApproximate(from)) {
    return {
      mayReturnNull: true,
      mayFail: true,
      convert(value: number) {
        if (!Number.isFinite(value))
          throw new EvaluationError(`cannot cast ${value} to DECIMAL(${precision}, ${scale})`)
        return decimalFromNumber(value, precision, scale)
      },
    }
  }
  if (from.kind === 'boolean')
    return {
      mayReturnNull: true,
      convert: (v: boolean) => toDecimal(v ? 1 : 0, 0, precision, scale),
    }
  if (!isCharacter(from)) return undefined
  return {
    mayFail: true,
    convert(text: string) {
      const value = parseDecimal(text.trim(), precision, scale)
      if (value === undefined || value === null) throw unreadable(text, to)
      return value
    },
  }
}

function fromExact(from: DataTypeOf<'decimal'>, to: DataTypeOf<'decimal'>): Conversion {
  const { precision, scale } = to
  const shift = scale - from.scale
  const alwaysFits = precision - scale >= from.precision - from.scale && shift >= 0
  if (shift === 0 && alwaysFits) return identity
  if (shift === 0) {
    return { mayReturnNull: true, convert: (v: Hybrid) => (fits(v, precision) ? v : null) }
  }
  if (!alwaysFits)
    return {
      mayReturnNull: true,
      convert: (v: Hybrid) => toDecimal(v, from.scale, precision, scale),
    }
  const scaleUp = (v: Hybrid) => rescale(v, from.scale, scale)
  return {
    convert: scaleUp,
    emit(scope, [v = '']) {
      const slow = `${scope.constant(scaleUp, 'rescale')}(${v})`
      // So few digits that every product is a safe integer.
      if (from.precision + shift <= 15) return `(${v} * ${10 ** shift})`
      const r = scope.local('r')
      scope.statement(`const ${r} = typeof ${v} === 'number' ? ${v} * 1e${shift} : NaN`)
      return shift <= 15
        ? `(${r} <= 9007199254740991 && ${r} >= -9007199254740991 ? ${r} : ${slow})`
        : slow
    },
  }
}

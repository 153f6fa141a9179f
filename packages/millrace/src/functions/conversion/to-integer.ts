// Casts to TINYINT, SMALLINT, INT, BIGINT: Java's narrowing, truncation and saturation.

import type { DataType } from '../../types/data-type.ts'
import { isApproximate, isCharacter, isInteger } from '../../types/data-type.ts'
import { pow10 } from '../../types/decimal.ts'
import { narrow, saturate, wrapLong } from '../../types/integer.ts'
import type { Hybrid } from '../../types/value.ts'
import type { Conversion, FindConversion } from './conversion.ts'
import { identity, unreadable } from './conversion.ts'
import { parseInteger } from './number-text.ts'

const BITS = { tinyint: 8, smallint: 16, int: 32, bigint: 64 } as const

function bitsOf(type: DataType): 8 | 16 | 32 | 64 {
  return BITS[type.kind as keyof typeof BITS]
}

export const toInteger: FindConversion = (from, to) => {
  const bits = bitsOf(to)
  if (isInteger(from)) return bits >= bitsOf(from) ? identity : narrowing(bits)
  if (isApproximate(from)) return fromDouble(bits)
  if (from.kind === 'decimal') return fromDecimal(from.scale, bits)
  if (from.kind === 'boolean') {
    return { convert: (v: boolean) => (v ? 1 : 0), emit: (_, [v = '']) => `(${v} ? 1 : 0)` }
  }
  if (!isCharacter(from)) return undefined
  return {
    mayFail: true,
    convert(text: string) {
      const value = parseInteger(text, bits)
      if (value === undefined) throw unreadable(text, to)
      return value
    },
  }
}

/** The low bits of a wider integer. */
function narrowing(bits: 8 | 16 | 32 | 64): Conversion {
  if (bits === 64) return identity
  const wrap = (v: Hybrid) => narrow(v, bits)
  return {
    convert: wrap,
    emit: (scope, [v = '']) =>
      `(typeof ${v} === 'number' ? ${v} << ${32 - bits} >> ${32 - bits} : ${scope.constant(wrap, 'wrap')}(${v}))`,
  }
}

function fromDouble(bits: 8 | 16 | 32 | 64): Conversion {
  if (bits === 64) return { convert: (v: number) => saturate(v, 64) }
  return { convert: (v: number) => narrow(saturate(v, 32), bits) }
}

function fromDecimal(scale: number, bits: 8 | 16 | 32 | 64): Conversion {
  const unit = pow10(scale)
  const divisor = Number(unit)
  const whole = (v: Hybrid): Hybrid =>
    typeof v === 'number' && scale <= 15 ? Math.trunc(v / divisor) + 0 : wrapLong(BigInt(v) / unit)
  if (bits === 64) return { convert: whole }
  return { convert: (v: Hybrid) => narrow(whole(v), bits) }
}

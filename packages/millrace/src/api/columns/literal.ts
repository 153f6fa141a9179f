// TypeScript constants as literals of the plan, typed as SQL would type them beside what they meet.

import { Big } from 'big.js'
import type { Expression } from '../../plan/expression.ts'
import { createLiteral, integerLiteral, textLiteral } from '../../plan/create-expression.ts'
import { InvalidTypeError } from '../../plan/expression-errors.ts'
import type { DataType } from '../../types/data-type.ts'
import {
  formatType,
  isExact,
  isTimestamp,
  notNull,
  types,
  withoutAttribute,
} from '../../types/data-type.ts'
import { parseDecimal } from '../../types/decimal.ts'
import { fromEpochMs } from '../../types/temporal.ts'

/** What a constant meets: a comparison never changes its own type, arithmetic and other values do. */
export type LiteralUse = 'comparison' | 'arithmetic' | 'value'

/**
 * A constant as a literal.
 *
 * Whole numbers are INT or BIGINT. Fractions are DOUBLE, but DECIMAL beside a DECIMAL and wherever an exact number is compared.
 * Beside a point in time a number is epoch ms. Text is CHAR(length), as in SQL.
 *
 * @param beside the type of the other operand
 * @throws {InvalidTypeError} `MR_SQL_TYPE` for what is no constant, and for a fraction beside a BIGINT in arithmetic
 */
export function literalOf(
  value: unknown,
  use: LiteralUse = 'value',
  beside?: DataType,
): Expression {
  switch (typeof value) {
    case 'boolean':
      return createLiteral(value, types.boolean)
    case 'string':
      return textLiteral(value)
    case 'bigint':
      return integerLiteral(value) ?? decimalLiteral(String(value))
    case 'number':
      return numberLiteral(value, use, beside)
    default:
      return objectLiteral(value, beside)
  }
}

function objectLiteral(value: unknown, beside: DataType | undefined): Expression {
  if (value === null || value === undefined) return createLiteral(null, types.null)
  if (value instanceof Date) return timestampLiteral(value.getTime(), beside)
  if (value instanceof Big) return decimalLiteral(value.toFixed())
  if (value instanceof Uint8Array) return createLiteral(value, types.binary(value.length))
  throw new InvalidTypeError({
    problem: `${String(value)} is neither an expression nor a constant`,
  })
}

function numberLiteral(value: number, use: LiteralUse, beside: DataType | undefined): Expression {
  if (beside && isTimestamp(beside)) return timestampLiteral(value, beside)
  if (Number.isSafeInteger(value)) return integerLiteral(BigInt(value)) as Expression
  const text = String(value)
  const isPlain = /^-?\d+\.\d+$/.test(text)
  if (isPlain && beside && isExact(beside)) {
    if (use === 'comparison' || beside.kind === 'decimal') return decimalLiteral(text)
    if (beside.kind === 'bigint')
      throw new InvalidTypeError({
        problem: `${text} beside a ${formatType(beside)} would make the result a DOUBLE; cast the column first`,
      })
  }
  return createLiteral(value, types.double)
}

function timestampLiteral(ms: number, beside: DataType | undefined): Expression {
  const type = beside && isTimestamp(beside) ? withoutAttribute(beside) : types.timestamp(3)
  return createLiteral(fromEpochMs(ms, type), notNull(type))
}

/** A number in plain notation as an exact literal. */
function decimalLiteral(text: string): Expression {
  const [whole = '', fraction = ''] = text.replace('-', '').split('.')
  const digits = `${whole}${fraction}`.replace(/^0+/, '').length
  const scale = fraction.length
  const precision = Math.max(digits, scale, 1)
  const type = types.decimal(precision, scale)
  return createLiteral(parseDecimal(text, precision, scale) ?? null, type)
}

const INTERVAL_UNITS = [
  ['DAY', 86_400_000],
  ['HOUR', 3_600_000],
  ['MINUTE', 60_000],
  ['SECOND', 1_000],
] as const

/** A duration in ms as an INTERVAL literal in its largest whole unit. */
export function intervalLiteral(ms: number): Expression {
  const unit = INTERVAL_UNITS.find(([, size]) => ms % size === 0)?.[0] ?? 'SECOND(3)'
  return createLiteral(ms, types.intervalDay(unit))
}

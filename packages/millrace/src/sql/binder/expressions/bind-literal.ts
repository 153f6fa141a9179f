// Constants of SQL text as values of Flink's types.

import { createLiteral, integerLiteral, textLiteral } from '../../../plan/create-expression.ts'
import type { LiteralExpression } from '../../../plan/expression.ts'
import { type DataType, notNull, types } from '../../../types/data-type.ts'
import { parseDate, parseTime, parseTimestamp } from '../../../types/temporal-text.ts'
import type { Hybrid } from '../../../types/value.ts'
import type { Literal } from '../../ast/expression.ts'
import { InvalidSqlError } from '../binder-errors.ts'

/** @throws {InvalidSqlError} `MR_SQL_INVALID` for a date or number that is none */
export function bindLiteral(literal: Literal, isNegated = false): LiteralExpression {
  switch (literal.type) {
    case 'number':
      return numberLiteral(literal, isNegated)
    case 'string':
      return textLiteral(literal.text)
    case 'binary':
      return binaryLiteral(literal)
    case 'true':
    case 'false':
      return createLiteral(literal.type === 'true', notNull(types.boolean))
    case 'null':
      return createLiteral(null, types.null)
    case 'unknown':
      return createLiteral(null, types.boolean)
    default:
      return temporalLiteral(literal)
  }
}

/** INT, BIGINT or DECIMAL by size; DECIMAL(digits, decimals) with a point; DOUBLE with an exponent. */
function numberLiteral(literal: Literal, isNegated: boolean): LiteralExpression {
  const { text } = literal
  if (/e/i.test(text)) {
    if (!Number.isFinite(Number(text))) throw outOfRange(literal, 'Write a smaller exponent.')
    return createLiteral(Number(text), notNull(types.double))
  }
  const [whole = '', fraction = ''] = text.split('.')
  if (fraction === '') {
    const value = BigInt(whole)
    const integer = integerLiteral(value)
    // The lowest BIGINT is one beyond the highest: only its negation is one.
    if (!integer && !isNegated)
      throw outOfRange(literal, "Write it as CAST('…' AS DECIMAL(38, 0)).")
    return integer ?? decimalLiteral(literal, value, whole.length, 0)
  }
  return decimalLiteral(
    literal,
    BigInt(whole + fraction),
    whole.length + fraction.length,
    fraction.length,
  )
}

function outOfRange({ text, span }: Literal, remedy: string): InvalidSqlError {
  return new InvalidSqlError({ problem: `The number ${text} is out of range`, remedy, at: span })
}

function decimalLiteral(
  literal: Literal,
  unscaled: bigint,
  precision: number,
  scale: number,
): LiteralExpression {
  // As in Flink: all digits together must fit a BIGINT (or be the magnitude of the lowest one, for its negation).
  if (unscaled > 2n ** 63n)
    throw outOfRange(
      literal,
      "Write it as DOUBLE, with an exponent, or as CAST('…' AS DECIMAL(38, 0)).",
    )
  return createLiteral(hybrid(unscaled), notNull(types.decimal(precision, scale)))
}

function hybrid(value: bigint): Hybrid {
  const exact = Number(value)
  return Number.isSafeInteger(exact) ? exact : value
}

function binaryLiteral({ text, span }: Literal): LiteralExpression {
  if (text.length % 2 === 1)
    throw new InvalidSqlError({
      problem: `The binary constant X'${text}' has an odd number of digits`,
      remedy: 'Write two hexadecimal digits a byte.',
      at: span,
    })
  const bytes = Uint8Array.from(text.match(/../g) ?? [], digits => Number.parseInt(digits, 16))
  return createLiteral(bytes, notNull(types.binary(bytes.length)))
}

const FORMS = {
  date: 'yyyy-MM-dd',
  time: 'HH:mm:ss[.fff]',
  timestamp: 'yyyy-MM-dd HH:mm:ss[.fff]',
} as const

function temporalLiteral({ type, text: given, span }: Literal): LiteralExpression {
  const kind = type as keyof typeof FORMS
  // Digits beyond nanoseconds are cut off; of a TIME all decimals are, as in Flink.
  const text = given.trim().replace(/(\.\d{9})\d+$/, '$1')
  const precision = /\.(\d+)$/.exec(text)?.[1]?.length ?? 0
  const parsed =
    kind === 'date'
      ? parseDate(text)
      : kind === 'time'
        ? parseTime(text.replace(/\.\d*$/, ''))
        : parseTimestamp(text, precision)
  if (parsed === null || !isInCalendar(text, kind))
    throw new InvalidSqlError({
      problem: `${kind.toUpperCase()} '${given}' is none`,
      remedy: `Write it as ${FORMS[kind]}.`,
      at: span,
    })
  return createLiteral(parsed, notNull(typeOf(kind, precision)))
}

function typeOf(kind: keyof typeof FORMS, precision: number): DataType {
  switch (kind) {
    case 'date':
      return types.date
    case 'time':
      return types.time(0)
    case 'timestamp':
      return types.timestamp(precision)
  }
}

/** Casts take 2024-02-30 for the last of February; a constant must be a day that there was, in the years 1 to 9999. */
function isInCalendar(text: string, kind: keyof typeof FORMS): boolean {
  if (kind === 'time') return text.split(':').every((part, i) => Number(part) < (i === 0 ? 24 : 60))
  const match = /^(\d+)-(\d+)-(\d+)/.exec(text)
  if (!match) return false
  const [year = 0, month = 0, day = 0] = match.slice(1).map(Number)
  const isLeap = (year % 4 === 0 && year % 100 !== 0) || year % 400 === 0
  const days = [31, isLeap ? 29 : 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31]
  return year >= 1 && year <= 9999 && day >= 1 && day <= (days[month - 1] ?? 0)
}

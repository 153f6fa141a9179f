// Constants of SQL text as values of Flink's types.

import { createLiteral, integerLiteral, textLiteral } from '../../../plan/create-expression.ts'
import type { LiteralExpression } from '../../../plan/expression.ts'
import { notNull, types } from '../../../types/data-type.ts'
import { parseDate, parseTime, parseTimestamp } from '../../../types/temporal-text.ts'
import type { Hybrid } from '../../../types/value.ts'
import type { IntervalLiteral, Literal } from '../../ast/expression.ts'
import { InvalidSqlError } from '../binder-errors.ts'

/** @throws {InvalidSqlError} `MR_SQL_INVALID` for a date or number that is none */
export function bindLiteral(literal: Literal): LiteralExpression {
  switch (literal.type) {
    case 'number':
      return numberLiteral(literal)
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
function numberLiteral(literal: Literal): LiteralExpression {
  const { text } = literal
  if (/e/i.test(text)) return createLiteral(Number(text), notNull(types.double))
  const [whole = '', fraction = ''] = text.split('.')
  if (fraction === '') {
    const value = BigInt(whole)
    return integerLiteral(value) ?? decimalLiteral(literal, value, whole.length, 0)
  }
  return decimalLiteral(
    literal,
    BigInt(whole + fraction),
    whole.length + fraction.length,
    fraction.length,
  )
}

function decimalLiteral(
  { text, span }: Literal,
  unscaled: bigint,
  precision: number,
  scale: number,
): LiteralExpression {
  // As in Flink: all digits together must fit a BIGINT (or be the magnitude of the lowest one, for its negation).
  if (unscaled > 2n ** 63n)
    throw new InvalidSqlError({
      problem: `The number ${text} is out of range`,
      remedy: "Write it as DOUBLE, with an exponent, or as CAST('…' AS DECIMAL(38, 0)).",
      at: span,
    })
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

function temporalLiteral({ type, text, span }: Literal): LiteralExpression {
  const kind = type as keyof typeof FORMS
  const precision = Math.min(9, /\.(\d+)$/.exec(text.trim())?.[1]?.length ?? 0)
  const parsed =
    kind === 'date'
      ? parseDate(text)
      : kind === 'time'
        ? parseTime(text)
        : parseTimestamp(text, precision)
  if (parsed === null)
    throw new InvalidSqlError({
      problem: `${kind.toUpperCase()} '${text}' is none`,
      remedy: `Write it as ${FORMS[kind]}.`,
      at: span,
    })
  const dataType =
    kind === 'date'
      ? types.date
      : kind === 'time'
        ? types.time(precision)
        : types.timestamp(precision)
  return createLiteral(parsed, notNull(dataType))
}

const MS = { DAY: 86_400_000, HOUR: 3_600_000, MINUTE: 60_000, SECOND: 1_000, WEEK: 604_800_000 }
const DAY_FIELDS = ['DAY', 'HOUR', 'MINUTE', 'SECOND'] as const

/** INTERVAL: months, or milliseconds. */
export function bindInterval(interval: IntervalLiteral): LiteralExpression {
  const { from, to } = interval.qualifier
  const text = interval.text.trim()
  const negative = interval.negative !== text.startsWith('-')
  const digits = text.replace(/^[+-]\s*/, '')
  const months = monthsOf(digits, from, to)
  const amount = months ?? millisecondsOf(digits, from, to)
  if (amount === undefined)
    throw new InvalidSqlError({
      problem: `INTERVAL '${interval.text}' ${to ? `${from} TO ${to}` : from} is none`,
      remedy: "Write it as INTERVAL '5' MINUTE or INTERVAL '1:30' HOUR TO MINUTE.",
      at: interval.span,
    })
  const type = months === undefined ? types.intervalDay() : types.intervalYear()
  return createLiteral(negative && amount !== 0 ? -amount : amount, notNull(type))
}

function monthsOf(text: string, from: string, to: string | undefined): number | undefined {
  if (from === 'YEAR' && to === 'MONTH') {
    const match = /^(\d+)-(\d+)$/.exec(text)
    return match ? Number(match[1]) * 12 + Number(match[2]) : undefined
  }
  if (to !== undefined || !/^\d+$/.test(text)) return undefined
  const factor = { YEAR: 12, QUARTER: 3, MONTH: 1 }[from]
  return factor === undefined ? undefined : Number(text) * factor
}

function millisecondsOf(text: string, from: string, to = from): number | undefined {
  if (from === 'WEEK') return /^\d+$/.test(text) ? Number(text) * MS.WEEK : undefined
  const first = DAY_FIELDS.indexOf(from as 'DAY')
  const last = DAY_FIELDS.indexOf(to as 'DAY')
  if (first < 0 || last < first) return undefined
  const fields = DAY_FIELDS.slice(first, last + 1)
  const parts = text.split(/[ :]+/)
  if (parts.length !== fields.length) return undefined
  let total = 0
  for (const [i, field] of fields.entries()) {
    const part = parts[i] as string
    if (!(field === 'SECOND' ? /^\d+(\.\d{1,9})?$/ : /^\d+$/).test(part)) return undefined
    total += Math.trunc(Number(part) * MS[field] + 1e-6)
  }
  return total
}

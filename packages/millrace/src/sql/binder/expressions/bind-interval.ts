// INTERVAL constants: months, or milliseconds.

import { createLiteral } from '../../../plan/create-expression.ts'
import type { LiteralExpression } from '../../../plan/expression.ts'
import { notNull, types } from '../../../types/data-type.ts'
import type { IntervalLiteral } from '../../ast/expression.ts'
import { InvalidSqlError } from '../binder-errors.ts'

const MS = { DAY: 86_400_000, HOUR: 3_600_000, MINUTE: 60_000, SECOND: 1_000, WEEK: 604_800_000 }
const MONTHS = { YEAR: 12, QUARTER: 3, MONTH: 1 }
const DAY_FIELDS = ['DAY', 'HOUR', 'MINUTE', 'SECOND'] as const
/** The largest value of a field that follows a larger one. */
const LIMITS = { HOUR: 23, MINUTE: 59, SECOND: 59 }
/** Digits that the first field may have when its precision is not given: `INTERVAL '100' DAY` needs DAY(3). */
const DEFAULT_PRECISION = 2

/** @throws {InvalidSqlError} `MR_SQL_INVALID` for a text that is none, or a first field of too many digits */
export function bindInterval(interval: IntervalLiteral): LiteralExpression {
  const { from, to, fromPrecision } = interval.qualifier
  const text = interval.text.trim()
  const negative = interval.negative !== text.startsWith('-')
  const digits = text.replace(/^[+-]\s*/, '')
  const months = monthsOf(digits, from, to)
  const amount = months ?? millisecondsOf(digits, from, to)
  const unit = to ? `${from} TO ${to}` : from
  if (amount === undefined)
    throw new InvalidSqlError({
      problem: `INTERVAL '${interval.text}' ${unit} is none`,
      remedy: "Write it as INTERVAL '5' MINUTE or INTERVAL '1:30' HOUR TO MINUTE.",
      at: interval.span,
    })
  const first = /^0*(\d+)/.exec(digits)?.[1] ?? ''
  if (first.length > (fromPrecision ?? DEFAULT_PRECISION))
    throw new InvalidSqlError({
      problem: `INTERVAL '${interval.text}' ${unit} has more digits than ${from}(${fromPrecision ?? DEFAULT_PRECISION}) takes`,
      remedy: `Write INTERVAL '${interval.text}' ${from}(${first.length})${to ? ` TO ${to}` : ''}.`,
      at: interval.span,
    })
  const type = months === undefined ? types.intervalDay() : types.intervalYear()
  return createLiteral(negative && amount !== 0 ? -amount : amount, notNull(type))
}

function monthsOf(text: string, from: string, to: string | undefined): number | undefined {
  if (from === 'YEAR' && to === 'MONTH') {
    const match = /^(\d+)-(\d+)$/.exec(text)
    return match && Number(match[2]) < 12 ? Number(match[1]) * 12 + Number(match[2]) : undefined
  }
  if (to !== undefined || !/^\d+$/.test(text)) return undefined
  const factor = from in MONTHS ? MONTHS[from as keyof typeof MONTHS] : undefined
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
    if (!(field === 'SECOND' ? /^\d+(\.\d{1,6})?$/ : /^\d+$/).test(part)) return undefined
    if (i > 0 && field !== 'DAY' && Math.trunc(Number(part)) > LIMITS[field]) return undefined
    total += Math.trunc(Number(part) * MS[field] + 1e-6)
  }
  return total
}

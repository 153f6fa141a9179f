// Text of DATE, TIME and TIMESTAMP values, read and written as Flink's CAST does.

import {
  civilFromDays,
  daysFromCivil,
  daysInMonth,
  isCivilDate,
  MS_PER_DAY,
  MS_PER_HOUR,
  MS_PER_MINUTE,
  MS_PER_SECOND,
} from './calendar.ts'
import { nanoOfMs, timestampMs, timestampOf } from './temporal.ts'
import type { Hybrid } from './value.ts'

/** An integer without sign, spaces around it allowed; NaN otherwise. */
function digits(text: string): number {
  const trimmed = text.trim()
  return /^\d{1,9}$/.test(trimmed) ? Number(trimmed) : Number.NaN
}

/** `yyyy[-M[-d]]`, what follows a space ignored. `null` when it is no date of the years 0 to 9999. */
export function parseDate(text: string): number | null {
  const space = text.indexOf(' ')
  const [y = '', m, ...rest] = (space > 0 ? text.slice(0, space) : text).split('-')
  const year = digits(y)
  const month = m === undefined ? 1 : digits(m)
  const day = rest.length === 0 ? 1 : digits(rest.join('-'))
  return isCivilDate(year, month, day) ? daysFromCivil(year, month, day) : null
}

/** `H[:m[:s[.fff]]]` with an optional offset `+h[:m]`, which is added as Flink does; ms are rounded. `null` when malformed. */
export function parseTime(text: string): number | null {
  const match =
    /^([^:.+-]*)(?::([^:.+-]*)(?::([^:.+-]*)(?:\.([^+-]*))?)?)?(?:([+-])([^:]*)(?::(.*))?)?$/.exec(
      text,
    )
  if (match === null) return null
  const [, h = '', m = '0', s = '0', fraction = '', sign, zoneHours = '0', zoneMinutes = '0'] =
    match
  const direction = sign === '-' ? -1 : 1
  const hours = digits(h) + direction * digits(zoneHours)
  const minutes = digits(m) + direction * digits(zoneMinutes)
  if (digits(m) > 59 || digits(s) > 59) return null
  const ms = hours * MS_PER_HOUR + minutes * MS_PER_MINUTE + digits(s) * MS_PER_SECOND
  return Number.isNaN(ms) ? null : ms + fractionMs(fraction.trim())
}

function fractionMs(fraction: string): number {
  const known = fraction.replace(/\D/g, '0').padEnd(3, '0')
  return Number(known.slice(0, 3)) + ((known[3] ?? '0') >= '5' ? 1 : 0)
}

const TIMESTAMP = /^(\d{4})-(\d{1,2})-(\d{1,2})(?: (\d{1,2}):(\d{1,2}):(\d{1,2})(?:\.(\d{0,9}))?)?$/

/**
 * `yyyy-M-d[ H:m:s[.fffffffff]]` as a timestamp value of a precision, further digits cut off; `null` when malformed.
 *
 * As java.time's smart resolving has it, the 31st of a shorter month is its last day, and 24:00:00 the next midnight.
 */
export function parseTimestamp(text: string, precision: number): Hybrid | null {
  const match = TIMESTAMP.exec(text)
  if (match === null) return null
  const [, y, mo, d, h = '0', mi = '0', s = '0', fraction = ''] = match
  const ms = smartLocalMs(Number(y), Number(mo), Number(d), Number(h), Number(mi), Number(s))
  if (ms === null) return null
  const nanos = fraction === '' ? 0 : Number(fraction.padEnd(9, '0'))
  if (nanos === 0) return timestampOf(ms, 0, precision)
  if (h === '24') return null
  return timestampOf(ms + Math.floor(nanos / 1_000_000), nanos % 1_000_000, precision)
}

/** Local ms of fields as java.time resolves them in its smart style; `null` when a field is out of range. */
export function smartLocalMs(
  year: number,
  month: number,
  day: number,
  hour: number,
  minute: number,
  second: number,
): number | null {
  if (year < 1 || month < 1 || month > 12 || day < 1 || day > 31) return null
  if (minute > 59 || second > 59 || hour > 24 || (hour === 24 && minute + second > 0)) return null
  return (
    daysFromCivil(year, month, Math.min(day, daysInMonth(year, month))) * MS_PER_DAY +
    hour * MS_PER_HOUR +
    minute * MS_PER_MINUTE +
    second * MS_PER_SECOND
  )
}

const two = (n: number): string => (n < 10 ? `0${n}` : `${n}`)
const four = (n: number): string => (n >= 1000 ? `${n}` : `${n}`.padStart(4, '0'))

/** `yyyy-MM-dd` of a day number. */
export function formatDate(days: number): string {
  const { year, month, day } = civilFromDays(days)
  return `${year < 0 ? '-' : ''}${four(Math.abs(year))}-${two(month)}-${two(day)}`
}

/** `HH:mm:ss` of ms of the day, with `precision` decimals. */
export function formatTime(value: number, precision: number): string {
  const ms = value < 0 ? value - Math.floor(value / MS_PER_DAY) * MS_PER_DAY : value
  const seconds = Math.floor(ms / MS_PER_SECOND)
  const clock = `${two(Math.floor(seconds / 3600))}:${two(Math.floor(seconds / 60) % 60)}:${two(seconds % 60)}`
  if (precision <= 0) return clock
  return `${clock}.${`${ms % MS_PER_SECOND}`.padStart(3, '0').padEnd(9, '0').slice(0, precision)}`
}

/** `HH:mm:ss[.f…]` as Flink's CAST to STRING writes it: decimals only up to the last that is not 0, but one at least. */
export function formatTimeForCast(value: number, precision: number): string {
  return formatTime(value, precision).replace(/(\.\d+?)0+$/, '$1')
}

/** `yyyy-MM-dd HH:mm:ss` of a timestamp value, with `precision` decimals. */
export function formatTimestamp(value: Hybrid, precision: number): string {
  const ms = timestampMs(value, precision)
  const days = Math.floor(ms / MS_PER_DAY)
  const timeMs = ms - days * MS_PER_DAY
  const whole = `${formatDate(days)} ${formatTime(timeMs, 0)}`
  if (precision <= 0) return whole
  const nanos = (timeMs % MS_PER_SECOND) * 1_000_000 + nanoOfMs(value, precision)
  return `${whole}.${`${nanos}`.padStart(9, '0').slice(0, precision)}`
}

/** `+d HH:mm:ss.SSS` of an interval in ms. */
export function formatDayInterval(ms: number): string {
  const magnitude = Math.abs(ms)
  const days = Math.floor(magnitude / MS_PER_DAY)
  return `${ms < 0 ? '-' : '+'}${days} ${formatTime(magnitude - days * MS_PER_DAY, 3)}`
}

/** `+y-MM` of an interval in months. */
export function formatYearInterval(months: number): string {
  const magnitude = Math.abs(months)
  return `${months < 0 ? '-' : '+'}${Math.floor(magnitude / 12)}-${two(magnitude % 12)}`
}

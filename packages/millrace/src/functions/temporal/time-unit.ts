// Units of time as SQL spells them, and what they mean for local times in ms.

import {
  addMonthsToDays,
  civilFromDays,
  dayOfYear,
  daysFromCivil,
  floorMod,
  isoDayOfWeek,
  isoWeek,
  MS_PER_DAY,
  MS_PER_HOUR,
  MS_PER_MINUTE,
  MS_PER_SECOND,
} from '../../types/calendar.ts'

const UNITS = [
  'MILLENNIUM',
  'CENTURY',
  'DECADE',
  'YEAR',
  'ISOYEAR',
  'QUARTER',
  'MONTH',
  'WEEK',
  'DAY',
  'DOW',
  'ISODOW',
  'DOY',
  'HOUR',
  'MINUTE',
  'SECOND',
  'MILLISECOND',
  'MICROSECOND',
  'NANOSECOND',
  'EPOCH',
] as const

export type TimeUnit = (typeof UNITS)[number]

/** The unit of a name, such as `DAY` or `SQL_TSI_DAY` or `DAYS`. */
export function timeUnitOf(name: unknown): TimeUnit | undefined {
  if (typeof name !== 'string') return undefined
  const plain = name.toUpperCase().replace(/^SQL_TSI_/, '')
  const unit = plain === 'FRAC_SECOND' ? 'MICROSECOND' : plain
  return UNITS.find(known => known === unit || `${known}S` === unit)
}

/** The length of a unit of fixed length, in ms. */
export const UNIT_MS: Readonly<Partial<Record<TimeUnit, number>>> = {
  WEEK: 7 * MS_PER_DAY,
  DAY: MS_PER_DAY,
  HOUR: MS_PER_HOUR,
  MINUTE: MS_PER_MINUTE,
  SECOND: MS_PER_SECOND,
  MILLISECOND: 1,
}

/** The length of a calendar unit, in months. */
export const UNIT_MONTHS: Readonly<Partial<Record<TimeUnit, number>>> = {
  MILLENNIUM: 12_000,
  CENTURY: 1_200,
  DECADE: 120,
  YEAR: 12,
  QUARTER: 3,
  MONTH: 1,
}

/** A field of a day; `undefined` for units below a day. */
export function fieldOfDay(unit: TimeUnit, days: number): number | undefined {
  const { year, month, day } = civilFromDays(days)
  switch (unit) {
    case 'MILLENNIUM':
      return awayFromZero(year, 1000)
    case 'CENTURY':
      return awayFromZero(year, 100)
    case 'DECADE':
      return Math.trunc(year / 10) + 0
    case 'YEAR':
      return year
    case 'ISOYEAR':
      return isoWeek(days).year
    case 'QUARTER':
      return Math.floor((month + 2) / 3)
    case 'MONTH':
      return month
    case 'WEEK':
      return isoWeek(days).week
    case 'DAY':
      return day
    case 'DOW':
      return (isoDayOfWeek(days) % 7) + 1
    case 'ISODOW':
      return isoDayOfWeek(days)
    case 'DOY':
      return dayOfYear(days)
    default:
      return undefined
  }
}

const awayFromZero = (year: number, size: number): number =>
  Math.trunc((year > 0 ? year + size - 1 : year - size + 1) / size)

/** The start of the unit in which a day lies; weeks start on Sunday. */
export function floorDays(unit: TimeUnit, days: number): number {
  const { year, month } = civilFromDays(days)
  switch (unit) {
    case 'MILLENNIUM':
      return daysFromCivil(1000 * Math.floor((year + 999) / 1000) - 999, 1, 1)
    case 'CENTURY':
      return daysFromCivil(100 * Math.floor((year + 99) / 100) - 99, 1, 1)
    case 'DECADE':
      return daysFromCivil(10 * Math.floor(year / 10), 1, 1)
    case 'YEAR':
      return daysFromCivil(year, 1, 1)
    case 'QUARTER':
      return daysFromCivil(year, month - floorMod(month - 1, 3), 1)
    case 'MONTH':
      return daysFromCivil(year, month, 1)
    case 'WEEK':
      return days - (isoDayOfWeek(days) % 7)
    default:
      return days
  }
}

/**
 * The first start of the unit at or after a day.
 *
 * As in Flink, the start of a millennium, century or decade moves on to the next, and so does the first day of each quarter but the
 * first of the year.
 */
export function ceilDays(unit: TimeUnit, days: number): number {
  const start = floorDays(unit, days)
  const months = UNIT_MONTHS[unit]
  if (months === undefined) return start === days ? days : start + (unit === 'WEEK' ? 7 : 0)
  const { month } = civilFromDays(days)
  const moves = months > 12 || (unit === 'QUARTER' && month > 1)
  return start === days && !moves ? days : addMonthsToDays(start, months)
}

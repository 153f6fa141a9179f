// The proleptic Gregorian calendar over days since 1970-01-01, without allocating a Date.

export const MS_PER_SECOND = 1_000
export const MS_PER_MINUTE = 60_000
export const MS_PER_HOUR = 3_600_000
export const MS_PER_DAY = 86_400_000

/** A calendar date: `month` 1 to 12, `day` 1 to 31. */
export interface CivilDate {
  readonly year: number
  readonly month: number
  readonly day: number
}

/** The remainder towards minus infinity. */
export const floorMod = (a: number, b: number): number => a - Math.floor(a / b) * b

/**
 * Days since 1970-01-01 of a date. `month` may be outside 1 to 12 and `day` outside its month: they carry over.
 *
 * @see Howard Hinnant, "chrono-Compatible Low-Level Date Algorithms"
 */
export function daysFromCivil(year: number, month: number, day: number): number {
  const months = year * 12 + (month - 3) // months since March of year 0
  const y = Math.floor(months / 12)
  const era = Math.floor(y / 400)
  const yearOfEra = y - era * 400
  const dayOfYear = Math.floor((153 * (months - y * 12) + 2) / 5)
  const century = Math.floor(yearOfEra / 100)
  const dayOfEra = yearOfEra * 365 + Math.floor(yearOfEra / 4) - century + dayOfYear
  return era * 146_097 + dayOfEra - 719_468 + (day - 1)
}

/** The date of a day number. */
export function civilFromDays(days: number): CivilDate {
  const shifted = days + 719_468
  const era = Math.floor(shifted / 146_097)
  const dayOfEra = shifted - era * 146_097
  const yearOfEra = Math.floor(
    (dayOfEra -
      Math.floor(dayOfEra / 1_460) +
      Math.floor(dayOfEra / 36_524) -
      Math.floor(dayOfEra / 146_096)) /
      365,
  )
  const dayOfYear =
    dayOfEra - (365 * yearOfEra + Math.floor(yearOfEra / 4) - Math.floor(yearOfEra / 100))
  const monthFromMarch = Math.floor((5 * dayOfYear + 2) / 153)
  const month = monthFromMarch < 10 ? monthFromMarch + 3 : monthFromMarch - 9
  return {
    year: yearOfEra + era * 400 + (month <= 2 ? 1 : 0),
    month,
    day: dayOfYear - Math.floor((153 * monthFromMarch + 2) / 5) + 1,
  }
}

export function isLeapYear(year: number): boolean {
  return year % 4 === 0 && (year % 100 !== 0 || year % 400 === 0)
}

/** The number of days of a month, 1 to 12. */
export function daysInMonth(year: number, month: number): number {
  if (month === 2) return isLeapYear(year) ? 29 : 28
  return month === 4 || month === 6 || month === 9 || month === 11 ? 30 : 31
}

/** Whether year (0 to 9999), month and day name a day. */
export function isCivilDate(year: number, month: number, day: number): boolean {
  return (
    year >= 0 &&
    year <= 9999 &&
    month >= 1 &&
    month <= 12 &&
    day >= 1 &&
    day <= daysInMonth(year, month)
  )
}

/** Monday = 1 … Sunday = 7. */
export function isoDayOfWeek(days: number): number {
  return floorMod(days + 3, 7) + 1
}

/** From 1. */
export function dayOfYear(days: number): number {
  return days - daysFromCivil(civilFromDays(days).year, 1, 1) + 1
}

/** The ISO 8601 week-based year and the week in it, 1 to 53. */
export function isoWeek(days: number): { readonly year: number; readonly week: number } {
  const thursday = days - isoDayOfWeek(days) + 4
  const { year } = civilFromDays(thursday)
  return { year, week: Math.floor((thursday - daysFromCivil(year, 1, 1)) / 7) + 1 }
}

/** Adds months to a day number; a day past the end of the month becomes its last. */
export function addMonthsToDays(days: number, months: number): number {
  const { year, month, day } = civilFromDays(days)
  const total = year * 12 + (month - 1) + months
  const toYear = Math.floor(total / 12)
  const toMonth = total - toYear * 12 + 1
  return daysFromCivil(toYear, toMonth, Math.min(day, daysInMonth(toYear, toMonth)))
}

/** Adds months to a local time in ms, keeping the time of day. */
export function addMonthsToMs(ms: number, months: number): number {
  const days = Math.floor(ms / MS_PER_DAY)
  return addMonthsToDays(days, months) * MS_PER_DAY + (ms - days * MS_PER_DAY)
}

/** Whole months from `fromMs` to `toMs` (local ms), counted in days towards zero. */
export function monthsBetween(fromMs: number, toMs: number): number {
  const [fromDay, toDay] = [Math.floor(fromMs / MS_PER_DAY), Math.floor(toMs / MS_PER_DAY)]
  const months = wholeMonths(fromDay, toDay)
  // On the same day of the month the time of day decides, in either direction: as Flink has it.
  const isShort = fromMs - fromDay * MS_PER_DAY > toMs - toDay * MS_PER_DAY
  return isShort && addMonthsToDays(fromDay, months) === toDay ? months - 1 : months
}

/** Whole months between two days, towards zero. */
function wholeMonths(fromDay: number, toDay: number): number {
  if (toDay < fromDay) return 0 - wholeMonths(toDay, fromDay)
  const from = civilFromDays(fromDay)
  const to = civilFromDays(toDay)
  const months = (to.year - from.year) * 12 + to.month - from.month
  return addMonthsToDays(fromDay, months) > toDay ? months - 1 : months
}

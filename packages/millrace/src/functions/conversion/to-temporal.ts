// Casts to DATE, TIME, TIMESTAMP and TIMESTAMP_LTZ; between local time and instants in the session's time zone.

import { floorMod, MS_PER_DAY } from '../../types/calendar.ts'
import type { DataType, DataTypeOf } from '../../types/data-type.ts'
import { isCharacter, isTimestamp } from '../../types/data-type.ts'
import { changePrecision, nanoOfMs, timestampMs, timestampOf } from '../../types/temporal.ts'
import { parseDate, parseTime, parseTimestamp } from '../../types/temporal-text.ts'
import { epochToLocalMs, localToEpochMs } from '../../types/time-zone.ts'
import type { Hybrid } from '../../types/value.ts'
import type { Conversion, FindConversion } from './conversion.ts'
import { identity, unreadable } from './conversion.ts'

/** The local time of an instant, as a TIMESTAMP value of the same precision. */
export function localTimestamp(value: Hybrid, precision: number, zone: string): Hybrid {
  const local = epochToLocalMs(timestampMs(value, precision), zone)
  return timestampOf(local, nanoOfMs(value, precision), precision)
}

/** The instant of a local time, as a TIMESTAMP_LTZ value of the same precision. */
export function instantOf(value: Hybrid, precision: number, zone: string): Hybrid {
  const instant = localToEpochMs(timestampMs(value, precision), zone)
  return timestampOf(instant, nanoOfMs(value, precision), precision)
}

export const toDate: FindConversion = (from, to, session) => {
  if (from.kind === 'date') return identity
  if (isCharacter(from)) return parsing(to, parseDate)
  const localMs = localMsOf(from, session.timeZone)
  // Of a TIMESTAMP Flink divides towards zero: the last day before 1970 counts as 1970-01-01.
  const toDays = from.kind === 'timestamp' ? Math.trunc : Math.floor
  return localMs && { convert: (v: Hybrid) => toDays(localMs(v) / MS_PER_DAY) + 0 }
}

export const toTime: FindConversion = (from, target, session) => {
  const to = target as DataTypeOf<'time'>
  const unit = 10 ** Math.max(0, 3 - to.precision)
  const cut = (ms: number) => ms - (ms % unit)
  if (from.kind === 'time')
    return from.precision <= to.precision || unit === 1 ? identity : { convert: cut }
  if (isCharacter(from)) {
    return parsing(to, text => {
      const ms = parseTime(text)
      return ms === null || ms < 0 || ms >= MS_PER_DAY ? null : cut(ms)
    })
  }
  const localMs = localMsOf(from, session.timeZone)
  return localMs && { convert: (v: Hybrid) => cut(floorMod(localMs(v), MS_PER_DAY)) }
}

export const toTimestamp: FindConversion = (from, target, { timeZone }) => {
  const to = target as DataTypeOf<'timestamp'>
  const { precision } = to
  if (isCharacter(from)) return parsing(to, text => parseTimestamp(text, precision))
  if (isTimestamp(from)) {
    const resized = changingPrecision(from.precision, precision)
    if (from.kind === 'timestamp') return resized
    return {
      convert: (v: Hybrid) =>
        changePrecision(localTimestamp(v, from.precision, timeZone), from.precision, precision),
    }
  }
  const localMs = localMsOfDay(from)
  return localMs && { convert: (v: number) => timestampOf(localMs(v), 0, precision) }
}

export const toTimestampLtz: FindConversion = (from, target, { timeZone }) => {
  const to = target as DataTypeOf<'timestamp_ltz'>
  const { precision } = to
  if (isCharacter(from)) {
    return parsing(to, text => {
      const local = parseTimestamp(text, precision)
      return local === null ? null : instantOf(local, precision, timeZone)
    })
  }
  if (isTimestamp(from)) {
    const resized = changingPrecision(from.precision, precision)
    if (from.kind === 'timestamp_ltz') return resized
    return {
      convert: (v: Hybrid) =>
        changePrecision(instantOf(v, from.precision, timeZone), from.precision, precision),
    }
  }
  const localMs = localMsOfDay(from)
  return (
    localMs && {
      convert: (v: number) => timestampOf(localToEpochMs(localMs(v), timeZone), 0, precision),
    }
  )
}

function changingPrecision(from: number, to: number): Conversion {
  if (from === to || (from < to && to <= 3)) return identity
  if (from <= 3 && to > 3 && to <= 6)
    return {
      convert: (v: number) => changePrecision(v, from, to),
      emit: (_, [v = '']) => `(${v} * 1000)`,
    }
  return { convert: (v: Hybrid) => changePrecision(v, from, to) }
}

/** Local ms of a DATE or TIME (of 1970-01-01). */
function localMsOfDay(from: DataType): ((value: number) => number) | undefined {
  if (from.kind === 'date') return days => days * MS_PER_DAY
  return from.kind === 'time' ? ms => ms : undefined
}

/** Local ms of a TIMESTAMP or TIMESTAMP_LTZ. */
function localMsOf(from: DataType, zone: string): ((value: Hybrid) => number) | undefined {
  if (!isTimestamp(from)) return undefined
  const { precision } = from
  return from.kind === 'timestamp'
    ? v => timestampMs(v, precision)
    : v => epochToLocalMs(timestampMs(v, precision), zone)
}

function parsing<T extends Hybrid>(to: DataType, parse: (text: string) => T | null): Conversion {
  return {
    mayFail: true,
    convert(text: string) {
      const value = parse(text)
      if (value === null) throw unreadable(text, to)
      return value
    },
  }
}

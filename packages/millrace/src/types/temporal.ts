// DATE, TIME and TIMESTAMP values: conversions between epoch ms and the representation of each precision.
// The calendar is in calendar.ts, zones in time-zone.ts, text in temporal-text.ts.

import { addMonthsToMs } from './calendar.ts'
import type { DataType } from './data-type.ts'
import { canonical } from './integer.ts'
import type { Hybrid } from './value.ts'

const NS_PER_MS = 1_000_000n

/** The precision of a TIMESTAMP or TIMESTAMP_LTZ; of any other type, 3. */
export function precisionOf(type: DataType): number {
  return type.kind === 'timestamp' || type.kind === 'timestamp_ltz' ? type.precision : 3
}

/** The ms of a timestamp value of a precision, rounded down. */
export function timestampMs(value: Hybrid, precision: number): number {
  if (precision <= 3) return value as number
  if (precision <= 6) return Math.floor((value as number) / 1_000)
  if (typeof value === 'number') return Math.floor(value / 1_000_000)
  const ms = value / NS_PER_MS
  return Number(value < 0n && ms * NS_PER_MS !== value ? ms - 1n : ms)
}

/** The nanoseconds of a timestamp value beyond its {@link timestampMs}, 0 to 999,999. */
export function nanoOfMs(value: Hybrid, precision: number): number {
  if (precision <= 3) return 0
  if (precision <= 6) return ((value as number) - timestampMs(value, precision) * 1_000) * 1_000
  if (typeof value === 'number') return value - Math.floor(value / 1_000_000) * 1_000_000
  return Number(value - BigInt(timestampMs(value, precision)) * NS_PER_MS)
}

/** The timestamp value of a precision; digits beyond it are cut off, downwards. */
export function timestampOf(ms: number, nanos: number, precision: number): Hybrid {
  if (precision <= 3) return precision === 3 ? ms : floorTo(ms, 10 ** (3 - precision))
  const kept = precision >= 9 ? nanos : floorTo(nanos, 10 ** (9 - precision))
  if (precision <= 6) return ms * 1_000 + kept / 1_000
  const ns = ms * 1_000_000 + kept
  return Number.isSafeInteger(ns) ? ns : canonical(BigInt(ms) * NS_PER_MS + BigInt(kept))
}

const floorTo = (value: number, unit: number): number => Math.floor(value / unit) * unit

/** A timestamp value at another precision. Lost digits are cut off: of ms before 1970 towards 1970, as Flink's CAST does. */
export function changePrecision(value: Hybrid, from: number, to: number): Hybrid {
  if (from === to) return value
  const ms = timestampMs(value, from)
  if (to >= 3) return timestampOf(ms, nanoOfMs(value, from), to)
  const unit = 10 ** (3 - to)
  return Math.trunc(ms / unit) * unit + 0
}

/** A TIMESTAMP or TIMESTAMP_LTZ value as epoch ms (of a TIMESTAMP: as if its zone were UTC), rounded down. */
export function toEpochMs(value: Hybrid, type: DataType): number {
  return timestampMs(value, precisionOf(type))
}

/** Epoch ms as a value of a TIMESTAMP or TIMESTAMP_LTZ type; any below-ms digits are 0. */
export function fromEpochMs(ms: number, type: DataType): Hybrid {
  return timestampOf(ms, 0, precisionOf(type))
}

/** Adds months to a timestamp value (local time), keeping the time of day; a day past the month's end becomes its last. */
export function addMonths(value: Hybrid, months: number, precision: number): Hybrid {
  if (precision <= 3) return addMonthsToMs(value as number, months)
  const ms = timestampMs(value, precision)
  return timestampOf(addMonthsToMs(ms, months), nanoOfMs(value, precision), precision)
}

/** Adds milliseconds to a timestamp value. */
export function addMs(value: Hybrid, ms: number, precision: number): Hybrid {
  if (precision <= 3) return (value as number) + ms
  if (precision <= 6) return (value as number) + ms * 1_000
  return timestampOf(timestampMs(value, precision) + ms, nanoOfMs(value, precision), precision)
}

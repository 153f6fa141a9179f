// How temporal functions see their argument: as local ms, whatever its type.

import { MS_PER_DAY } from '../../types/calendar.ts'
import { type DataType, formatType } from '../../types/data-type.ts'
import { fromEpochMs, nanoOfMs, precisionOf, timestampMs } from '../../types/temporal.ts'
import { epochToLocalMs, localToEpochMs } from '../../types/time-zone.ts'
import type { Hybrid, Value } from '../../types/value.ts'
import type { SessionInfo } from '../function-definition.ts'

/** Reads values of a temporal type as local ms: a TIMESTAMP_LTZ in the session's zone; a DATE as its midnight. */
export function localMsReader(type: DataType, session: SessionInfo): (value: Value) => number {
  switch (type.kind) {
    case 'date':
      return v => (v as number) * MS_PER_DAY
    case 'timestamp': {
      const { precision } = type
      return precision <= 3 ? v => v as number : v => timestampMs(v as Hybrid, precision)
    }
    case 'timestamp_ltz': {
      const { precision } = type
      const { timeZone } = session
      return v => epochToLocalMs(timestampMs(v as Hybrid, precision), timeZone)
    }
    default: // TIME and INTERVALs are numbers of ms (or months) already
      return v => v as number
  }
}

/** Writes local ms as values of a temporal type; the inverse of {@link localMsReader}, for whole units. */
export function localMsWriter(type: DataType, session: SessionInfo): (localMs: number) => Value {
  switch (type.kind) {
    case 'date':
      return ms => Math.floor(ms / MS_PER_DAY)
    case 'timestamp':
      return ms => fromEpochMs(ms, type)
    case 'timestamp_ltz':
      return ms => fromEpochMs(localToEpochMs(ms, session.timeZone), type)
    default:
      return ms => ms
  }
}

/** The nanoseconds of a timestamp value below its ms; 0 for any other type. */
export function nanosReader(type: DataType): (value: Value) => number {
  if (type.kind !== 'timestamp' && type.kind !== 'timestamp_ltz') return () => 0
  const precision = precisionOf(type)
  return v => nanoOfMs(v as Hybrid, precision)
}

export const isTemporal = (type: DataType): boolean =>
  type.kind === 'date' ||
  type.kind === 'time' ||
  type.kind === 'timestamp' ||
  type.kind === 'timestamp_ltz'

/** Why two values cannot be subtracted: dates and timestamps only, and an instant from an instant only; as in Flink. */
export function differenceProblem(a: DataType, b: DataType): string | undefined {
  for (const type of [a, b]) {
    if (type.kind !== 'null' && (!isTemporal(type) || type.kind === 'time'))
      return `needs dates or timestamps, not ${formatType(type)}`
  }
  const isInstant = (type: DataType) => type.kind === 'timestamp_ltz' || type.kind === 'null'
  const isLocal = (type: DataType) => type.kind !== 'timestamp_ltz'
  return (isInstant(a) && isInstant(b)) || (isLocal(a) && isLocal(b))
    ? undefined
    : `needs two TIMESTAMP_LTZ or none, not ${formatType(a)} and ${formatType(b)}`
}

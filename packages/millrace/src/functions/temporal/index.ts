// The temporal functions.

import type { ScalarFunction } from '../function-definition.ts'
import {
  currentDate,
  currentTimestamp,
  currentWatermark,
  localTime,
  localTimestamp,
  proctime,
} from './current-time.ts'
import { convertTz, dateFormat, fromUnixtime, toDate, unixTimestamp } from './date-format.ts'
import {
  dayOfMonth,
  dayOfWeek,
  dayOfYear,
  extract,
  hour,
  minute,
  month,
  quarter,
  second,
  week,
  year,
} from './extract.ts'
import { minusDate } from './minus-date.ts'
import { overlaps } from './overlaps.ts'
import { timestampAdd, timestampDiff } from './timestamp-add.ts'
import { toTimestamp, toTimestampLtz } from './to-timestamp.ts'

export const temporalFunctions: readonly ScalarFunction[] = [
  extract,
  year,
  quarter,
  month,
  week,
  dayOfYear,
  dayOfMonth,
  dayOfWeek,
  hour,
  minute,
  second,
  timestampAdd,
  timestampDiff,
  minusDate,
  dateFormat,
  toDate,
  toTimestamp,
  toTimestampLtz,
  unixTimestamp,
  fromUnixtime,
  convertTz,
  currentDate,
  currentTimestamp,
  localTime,
  localTimestamp,
  proctime,
  currentWatermark,
  overlaps,
]

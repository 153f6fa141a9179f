// Casts to intervals: an integer counts the interval's unit, of which it has one.

import { isInteger } from '../../types/data-type.ts'
import { MS_PER_DAY, MS_PER_HOUR, MS_PER_MINUTE, MS_PER_SECOND } from '../../types/calendar.ts'
import type { Hybrid } from '../../types/value.ts'
import type { FindConversion } from './conversion.ts'
import { identity } from './conversion.ts'

const UNITS: Readonly<Record<string, number>> = {
  YEAR: 12,
  QUARTER: 3,
  MONTH: 1,
  WEEK: 7 * MS_PER_DAY,
  DAY: MS_PER_DAY,
  HOUR: MS_PER_HOUR,
  MINUTE: MS_PER_MINUTE,
  SECOND: MS_PER_SECOND,
}

export const toInterval: FindConversion = (from, to) => {
  if (from.kind === to.kind) return identity
  if (!isInteger(from) || (to.kind !== 'interval_day' && to.kind !== 'interval_year'))
    return undefined
  const unit = UNITS[/^[A-Z]+(?!.* TO )/.exec(to.unit)?.[0] ?? '']
  return unit === undefined ? undefined : { convert: (v: Hybrid) => Number(v) * unit }
}

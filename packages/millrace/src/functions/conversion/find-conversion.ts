// Finds the conversion between any two types by the family of the target.

import type { DataTypeKind } from '../../types/data-type.ts'
import { sameType } from '../../types/data-type.ts'
import type { FindConversion } from './conversion.ts'
import { identity } from './conversion.ts'
import { toApproximate } from './to-approximate.ts'
import { toBinary } from './to-binary.ts'
import { toBoolean } from './to-boolean.ts'
import { toComposite } from './to-composite.ts'
import { toDecimalType } from './to-decimal.ts'
import { toInteger } from './to-integer.ts'
import { toInterval } from './to-interval.ts'
import { toDate, toTime, toTimestamp, toTimestampLtz } from './to-temporal.ts'
import { toText } from './to-text.ts'

const BY_TARGET: Readonly<Record<DataTypeKind, FindConversion>> = {
  null: from => (from.kind === 'null' ? identity : undefined),
  boolean: toBoolean,
  tinyint: toInteger,
  smallint: toInteger,
  int: toInteger,
  bigint: toInteger,
  float: toApproximate,
  double: toApproximate,
  decimal: toDecimalType,
  char: toText,
  varchar: toText,
  binary: toBinary,
  varbinary: toBinary,
  date: toDate,
  time: toTime,
  timestamp: toTimestamp,
  timestamp_ltz: toTimestampLtz,
  interval_day: toInterval,
  interval_year: toInterval,
  array: toComposite,
  multiset: toComposite,
  map: toComposite,
  row: toComposite,
  raw: toComposite,
}

/** The conversion of non-NULL values, or `undefined` when SQL has none between the two types. */
export const findConversion: FindConversion = (from, to, session) => {
  if (from.kind === 'null' || sameType(from, to)) return identity
  return BY_TARGET[to.kind](from, to, session)
}

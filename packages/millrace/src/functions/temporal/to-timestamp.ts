// `TO_TIMESTAMP`, `TO_TIMESTAMP_LTZ`.

import { type DataType, isCharacter, isNumeric, types } from '../../types/data-type.ts'
import { decimalToNumber } from '../../types/decimal.ts'
import { parseTimestamp } from '../../types/temporal-text.ts'
import { isZoneId, localToEpochMs } from '../../types/time-zone.ts'
import type { Hybrid } from '../../types/value.ts'
import { problem } from '../binding.ts'
import { EvaluationError } from '../evaluation-error.ts'
import type { ScalarFunction } from '../function-definition.ts'
import { simpleFunction } from '../scalar-function.ts'
import { patternReader } from './parse-pattern.ts'

/** 0000-01-01 and 9999-12-31 23:59:59.999, in epoch ms. */
const MIN_MS = -62_167_219_200_000
const MAX_MS = 253_402_300_799_999

/** By a java.time pattern, else as `yyyy-M-d[ H:m:s[.f]]`; `null` too when the pattern is none. */
function parseByPattern(text: string, pattern: string): number | null {
  const read = patternReader(pattern, 'java.time')
  if (read === undefined) return null
  const parsed = read(text)
  return parsed ? parsed.localMs : (parseTimestamp(text.trim(), 3) as number | null)
}

export const toTimestamp = simpleFunction({
  name: 'TO_TIMESTAMP',
  group: 'temporal',
  summary:
    "The timestamp of a text, 'yyyy-MM-dd HH:mm:ss' or by a Java date pattern; NULL when it is none.",
  examples: [["TO_TIMESTAMP('2024-02-29 01:02:03')", "TIMESTAMP '2024-02-29 01:02:03.000'"]],
  takes: ['text', 'text'],
  optional: 1,
  returns: types.timestamp(3),
  mayReturnNull: true,
  evaluate: (text: string, pattern?: string) =>
    pattern === undefined ? parseTimestamp(text, 3) : parseByPattern(text, pattern),
})

const ofNumber = simpleFunction({
  name: 'TO_TIMESTAMP_LTZ',
  group: 'temporal',
  summary: '',
  takes: ['number', 'int'],
  optional: 1,
  returns: types.timestampLtz(3),
  mayReturnNull: true,
  prepare: ([arg]) => {
    const toNumber = numberReader(arg?.type ?? types.bigint)
    // Of a DOUBLE the parts of a second count, of a FLOAT or DECIMAL they do not.
    const isWhole = arg?.type.kind !== 'double'
    return (value: Hybrid, precision = 3) => {
      const number = toNumber(value)
      return epochOf(isWhole ? Math.trunc(number) : number, precision)
    }
  },
})

function numberReader(type: DataType): (value: Hybrid) => number {
  return type.kind === 'decimal' ? v => decimalToNumber(v, type.scale) : Number
}

function epochOf(value: number, precision: number): number | null {
  if (precision !== 0 && precision !== 3) {
    throw new EvaluationError(
      `TO_TIMESTAMP_LTZ takes precision 0 or 3, not ${precision}`,
      'Give epoch seconds with 0, or milliseconds with 3.',
    )
  }
  const ms = Math.trunc(precision === 0 ? value * 1000 : value) + 0
  return ms >= MIN_MS && ms <= MAX_MS ? ms : null
}

const ofText = simpleFunction({
  name: 'TO_TIMESTAMP_LTZ',
  group: 'temporal',
  summary: '',
  takes: ['text', 'text', 'text'],
  optional: 2,
  returns: types.timestampLtz(3),
  mayReturnNull: true,
  evaluate: (text: string, pattern?: string, zone = 'UTC') => {
    const localMs = pattern === undefined ? parseTimestamp(text, 3) : parseByPattern(text, pattern)
    if (localMs === null && pattern === undefined) {
      throw new EvaluationError(
        `'${text}' is no timestamp`,
        "Write it as 'yyyy-MM-dd HH:mm:ss.SSS', or give a pattern.",
      )
    }
    return localMs === null || !isZoneId(zone) ? null : localToEpochMs(localMs as number, zone)
  },
})

export const toTimestampLtz: ScalarFunction = {
  kind: 'scalar',
  name: 'TO_TIMESTAMP_LTZ',
  docs: {
    group: 'temporal',
    summary:
      'The instant of epoch seconds (precision 0) or milliseconds (3), or of a text, by a Java date pattern and in a time zone (UTC unless given).',
    examples: [['TO_TIMESTAMP_LTZ(1000, 0) IS NOT NULL', 'TRUE']],
  },
  resolve(args, session) {
    const first = args[0]?.type
    if (first === undefined) return problem('needs a number or a STRING')
    if (isCharacter(first)) return ofText.resolve(args, session)
    if (args[1]?.type.kind === 'null') return problem('needs an INT as argument 2, not NULL')
    if (isNumeric(first) || first.kind === 'null') return ofNumber.resolve(args, session)
    return problem('needs a number or a STRING as argument 1')
  },
}

// `DATE_FORMAT`, `FROM_UNIXTIME`, `UNIX_TIMESTAMP`, `CONVERT_TZ`: times as text and back.

import { MS_PER_DAY } from '../../types/calendar.ts'
import { formatType, isCharacter, isTimestamp, types } from '../../types/data-type.ts'
import { parseDate } from '../../types/temporal-text.ts'
import { epochToLocalMs, legacyZoneName, localToEpochMs } from '../../types/time-zone.ts'
import type { Hybrid, Value } from '../../types/value.ts'
import { problem, strict } from '../binding.ts'
import { EvaluationError } from '../evaluation-error.ts'
import type { ScalarBinding, ScalarFunction } from '../function-definition.ts'
import { simpleFunction } from '../scalar-function.ts'
import type { PatternDialect } from './date-pattern.ts'
import { patternWriter } from './format-pattern.ts'
import { patternReader } from './parse-pattern.ts'
import { localMsReader, nanosReader } from './temporal-argument.ts'

const SECONDS = 'yyyy-MM-dd HH:mm:ss'
/** What Flink gives for a text that is no time. */
const LONG_MIN = -(2n ** 63n)

function writerOf(pattern: string, dialect: PatternDialect) {
  const writer = patternWriter(pattern, dialect)
  if (writer === undefined) {
    throw new EvaluationError(`'${pattern}' is no date pattern`, "Quote literal letters: 'T'.")
  }
  return writer
}

/** The epoch ms that a text means in a zone, by the older class; `null` when it does not fit. */
function parseSimple(text: string, pattern: string, zone: string): number | null {
  const parsed = patternReader(pattern, 'simple')?.(text) ?? null
  if (parsed === null) return null
  return parsed.offsetMs === undefined
    ? localToEpochMs(parsed.localMs, zone, 'later')
    : parsed.localMs - parsed.offsetMs
}

function formatSimple(epochMs: number, pattern: string, zone: string): string {
  const localMs = epochToLocalMs(epochMs, zone)
  return writerOf(pattern, 'simple')(localMs, 0, localMs - epochMs)
}

const QUOTED = /'[^']*'/g

/** A local time has no offset: as in Flink the letters for it are an error, also where the value is an instant. */
function checkNoZone(format: string): void {
  if (/[XxZzOV]/.test(format.replace(QUOTED, '')))
    throw new EvaluationError(
      `'${format}' asks for a time zone, which the value has not`,
      "Quote literal letters: 'Z'.",
    )
}

export const dateFormat: ScalarFunction = {
  kind: 'scalar',
  name: 'DATE_FORMAT',
  docs: {
    group: 'temporal',
    summary:
      "The timestamp (or a text 'yyyy-MM-dd HH:mm:ss') written by a Java date pattern without a time zone.",
    examples: [["DATE_FORMAT(TIMESTAMP '2024-02-09 01:02:03', 'dd.MM.yyyy')", "'09.02.2024'"]],
  },
  resolve(args, session) {
    const [arg, pattern] = args
    if (args.length !== 2 || !arg || !pattern) return problem('needs a timestamp and a pattern')
    const { type } = arg
    const isText = isCharacter(type) || type.kind === 'null'
    if (!isText && !isTimestamp(type)) {
      return problem(`needs a TIMESTAMP or a STRING as argument 1, not ${formatType(type)}`)
    }
    if (!isCharacter(pattern.type) && pattern.type.kind !== 'null')
      return problem(`needs a STRING as argument 2, not ${formatType(pattern.type)}`)
    const read = localMsReader(type, session)
    const nanos = nanosReader(type)
    const evaluate: ScalarBinding['evaluate'] = isText
      ? (text: string, format: string) => {
          const parsed = patternReader(SECONDS, 'simple')?.(text)
          return parsed ? writerOf(format, 'simple')(parsed.localMs, 0, 0) : null
        }
      : (value: Value, format: string) => {
          checkNoZone(format)
          return writerOf(format, 'java.time')(read(value), nanos(value), 0)
        }
    const binding = strict(args, {
      parameters: [isText ? types.string : type, types.string],
      returns: types.string,
      mayReturnNull: true,
      evaluate,
    })
    return { ...binding, returns: types.string }
  },
}

export const fromUnixtime = simpleFunction({
  name: 'FROM_UNIXTIME',
  group: 'temporal',
  summary:
    "Seconds since 1970-01-01 00:00:00 UTC as text in the session's time zone, by a Java date pattern.",
  examples: [['FROM_UNIXTIME(44)', "'1970-01-01 00:00:44'"]],
  takes: ['bigint', 'text'],
  optional: 1,
  returns: types.string,
  mayReturnNull: true,
  prepare:
    (_, { timeZone }) =>
    (seconds: Hybrid, pattern: string = SECONDS) =>
      formatSimple(Number(seconds) * 1000, pattern, timeZone),
})

const parseUnix = simpleFunction({
  name: 'UNIX_TIMESTAMP',
  group: 'temporal',
  summary: '',
  takes: ['text', 'text'],
  optional: 1,
  returns: types.bigint,
  prepare:
    (_, { timeZone }) =>
    (text: string, pattern: string = SECONDS) => {
      const ms = parseSimple(text, pattern, timeZone)
      return ms === null ? LONG_MIN : Math.trunc(ms / 1000) + 0
    },
})

export const unixTimestamp: ScalarFunction = {
  kind: 'scalar',
  name: 'UNIX_TIMESTAMP',
  docs: {
    group: 'temporal',
    summary:
      "Seconds since 1970-01-01 00:00:00 UTC: now, or of a text in the session's time zone; -9223372036854775808 when it is no time.",
    examples: [["UNIX_TIMESTAMP('1970-01-01 08:00:01')", '28801']],
  },
  resolve(args, session) {
    if (args.length > 0) return parseUnix.resolve(args, session)
    return {
      parameters: [],
      returns: { ...types.bigint, nullable: false },
      nulls: 'strict',
      usesContext: true,
      evaluate: (context: { nowMs(): number }) => Math.floor(context.nowMs() / 1000),
    }
  },
}

export const convertTz = simpleFunction({
  name: 'CONVERT_TZ',
  group: 'temporal',
  summary:
    "A text 'yyyy-MM-dd HH:mm:ss' of one time zone as that of another; an unknown zone is UTC.",
  examples: [
    ["CONVERT_TZ('1970-01-01 00:00:00', 'UTC', 'America/Los_Angeles')", "'1969-12-31 16:00:00'"],
  ],
  takes: ['text', 'text', 'text'],
  returns: types.string,
  mayReturnNull: true,
  evaluate: (text: string, from: string, to: string) => {
    const ms = parseSimple(text, SECONDS, legacyZoneName(from))
    return ms === null ? null : formatSimple(ms, SECONDS, legacyZoneName(to))
  },
})

export const toDate = simpleFunction({
  name: 'TO_DATE',
  group: 'temporal',
  summary: "The date of a text, 'yyyy-MM-dd' or by a Java date pattern; NULL when it is none.",
  examples: [["TO_DATE('2024-02-29')", "DATE '2024-02-29'"]],
  takes: ['text', 'text'],
  optional: 1,
  returns: types.date,
  mayReturnNull: true,
  evaluate: (text: string, pattern?: string) => {
    if (pattern === undefined) return parseDate(text)
    const ms = parseSimple(text, pattern, 'UTC')
    return ms === null ? null : Math.floor(ms / MS_PER_DAY)
  },
})

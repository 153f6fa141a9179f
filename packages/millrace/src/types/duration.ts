// Durations as text: `15m`, `1 h 30 min`, `500ms`; and back.

import { MillraceError } from './errors.ts'

/** Milliseconds, or text such as `'15m'`, `'1 h'`, `'1h 30min'`. */
export type Duration = number | string

const UNIT_MS: Readonly<Record<string, number>> = {
  ms: 1,
  milli: 1,
  millis: 1,
  millisecond: 1,
  milliseconds: 1,
  s: 1_000,
  sec: 1_000,
  secs: 1_000,
  second: 1_000,
  seconds: 1_000,
  m: 60_000,
  min: 60_000,
  minute: 60_000,
  minutes: 60_000,
  h: 3_600_000,
  hour: 3_600_000,
  hours: 3_600_000,
  d: 86_400_000,
  day: 86_400_000,
  days: 86_400_000,
}

/** A duration could not be read. */
export class InvalidDurationError extends MillraceError {
  constructor(facts: { readonly text: string; readonly option?: string | undefined }) {
    const where = facts.option === undefined ? '' : ` for ${facts.option}`
    super('MR_OPTION_INVALID', `${JSON.stringify(facts.text)} is no duration${where}.`, {
      remedy: "Write milliseconds or a text such as '500ms', '15m', '1h 30min', '1 day'.",
    })
  }
}

/** Milliseconds of a text such as `15m` or `1 h 30 min` (no unit: ms, as in Flink); `undefined` when it is none. */
export function tryParseDuration(text: string): number | undefined {
  const trimmed = text.trim().toLowerCase()
  if (/^\d+$/.test(trimmed)) return Number(trimmed)
  const part = /\s*(\d+(?:\.\d+)?)\s*([a-z]+)/y
  let ms = 0
  while (part.lastIndex < trimmed.length) {
    const match = part.exec(trimmed)
    const unit = match && Object.hasOwn(UNIT_MS, match[2] as string) && UNIT_MS[match[2] as string]
    if (!match || !unit) return undefined
    ms += Number(match[1]) * unit
  }
  return trimmed === '' ? undefined : ms
}

/**
 * Milliseconds of a duration.
 *
 * @throws {InvalidDurationError} `MR_OPTION_INVALID`, also for a negative or unfinished number
 */
export function durationMs(duration: Duration, option?: string): number {
  const ms = typeof duration === 'number' ? duration : tryParseDuration(duration)
  if (ms === undefined || !Number.isFinite(ms) || ms < 0)
    throw new InvalidDurationError({ text: String(duration), option })
  return ms
}

/** The shortest exact text: `15 min`, `1 h 30 min`, `2.5 s`, `0 ms`. */
export function formatDuration(ms: number): string {
  if (ms < 0) return `-${formatDuration(-ms)}`
  if (ms < 1_000) return `${ms} ms`
  const parts: string[] = []
  let rest = ms
  for (const [unit, size] of [
    ['d', 86_400_000],
    ['h', 3_600_000],
    ['min', 60_000],
  ] as const) {
    const count = Math.floor(rest / size)
    if (count > 0) parts.push(`${count} ${unit}`)
    rest -= count * size
  }
  if (rest > 0) parts.push(`${rest / 1_000} s`)
  return parts.join(' ')
}

// Silences: for a time, alerts that match are told to nobody.

import type { JsonValue } from 'millrace'
import type { AlertFields } from './alert.ts'

/** `column`, `=` or `!=`, and a text in which `*` stands for any characters. */
export interface Matcher {
  readonly column: string
  readonly isNegated: boolean
  readonly pattern: string
}

export interface Silence {
  /** All must match. */
  readonly matchers: readonly Matcher[]
  /** Epoch ms. */
  readonly fromMs: number
  /** Epoch ms, exclusive. */
  readonly toMs: number
}

const MATCHER = /^\s*([^=!]+?)\s*(!?=)\s*(.*?)\s*$/s

/** Reads `origin = EDDF` or `severity != crit*`; undefined when it is none. */
export function parseMatcher(text: string): Matcher | undefined {
  const [, column, sign, pattern] = MATCHER.exec(text) ?? []
  if (column === undefined || pattern === undefined) return undefined
  return { column, isNegated: sign === '!=', pattern }
}

/** Whether one of the silences holds for an alert now. */
export const isSilenced = (
  silences: readonly Silence[],
  fields: AlertFields,
  nowMs: number,
): boolean =>
  silences.some(
    s => s.fromMs <= nowMs && nowMs < s.toMs && s.matchers.every(m => matches(m, fields)),
  )

function matches({ column, isNegated, pattern }: Matcher, fields: AlertFields): boolean {
  return globMatches(pattern, fieldText(fields[column] ?? null)) !== isNegated
}

/** A field as people read it; NULL is empty. */
export function fieldText(value: JsonValue): string {
  if (value === null) return ''
  return typeof value === 'object' ? JSON.stringify(value) : String(value)
}

/** Each part is looked for behind the one before: never more than text times pattern, which a regular expression cannot promise. */
function globMatches(pattern: string, text: string): boolean {
  const parts = pattern.split('*')
  const first = parts[0] as string
  if (parts.length === 1) return text === pattern
  const last = parts.at(-1) as string
  if (text.length < first.length + last.length) return false
  if (!text.startsWith(first) || !text.endsWith(last)) return false
  const end = text.length - last.length
  let from = first.length
  for (const part of parts.slice(1, -1)) {
    const at = text.indexOf(part, from)
    if (at < 0 || at + part.length > end) return false
    from = at + part.length
  }
  return true
}

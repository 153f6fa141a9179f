// Shows a place in a text: its line, marked with carets below.

import type { SourceSpan } from '../errors.ts'
import { withoutSecrets } from './sensitive-names.ts'

const MAX_WIDTH = 120

/**
 * The line that `at` begins in, behind its number, and a second line with carets under the span. Of a line that is too long for a
 * terminal, the part around the place.
 */
export function excerpt(source: string, at: SourceSpan): string {
  const text = withoutSecrets(source)
  const lineStart = text.lastIndexOf('\n', at.start - 1) + 1
  const lineEnd = text.indexOf('\n', at.start)
  const line = text.slice(lineStart, lineEnd < 0 ? text.length : lineEnd).replace(/\r$/, '')
  const column = at.start - lineStart
  const from = line.length > MAX_WIDTH ? Math.max(0, column - MAX_WIDTH / 2) : 0
  const shown = line.slice(from, from + MAX_WIDTH)
  const gutter = `${at.line} | ${from > 0 ? '…' : ''}`
  const indent = shown.slice(0, column - from).replaceAll(/[^\t]/g, ' ')
  const width = Math.max(1, Math.min(at.end - at.start, shown.length - (column - from)))
  return `${gutter}${shown}\n${' '.repeat(gutter.length)}${indent}${'^'.repeat(width)}`
}

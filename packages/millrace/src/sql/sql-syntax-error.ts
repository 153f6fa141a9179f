// The error of SQL text that does not parse: where, what stands there, what was expected.

import { MillraceError } from '../types/errors.ts'
import type { SourceSpan } from '../types/errors.ts'

export interface SqlSyntaxFacts {
  readonly text: string
  readonly at: SourceSpan
  readonly found: string
  readonly expected: string
  readonly remedy?: string | undefined
}

/** SQL text that does not follow the grammar; the message shows the line, a caret at the place. */
export class SqlSyntaxError extends MillraceError {
  readonly found: string
  readonly expected: string

  constructor(facts: SqlSyntaxFacts) {
    const { at, text } = facts
    const lineStart = text.lastIndexOf('\n', at.start - 1) + 1
    const lineEnd = text.indexOf('\n', at.start)
    const line = text.slice(lineStart, lineEnd < 0 ? text.length : lineEnd).replace(/\r$/, '')
    const gutter = `${at.line} | `
    const indent = line.slice(0, at.column - 1).replaceAll(/[^\t]/g, ' ')
    const width = Math.max(1, Math.min(at.end - at.start, line.length - at.column + 1))
    super(
      'MR_SQL_SYNTAX',
      `Syntax error at ${at.line}:${at.column}: ` +
        `found ${facts.found}, expected ${facts.expected}.\n` +
        `${gutter}${line}\n${' '.repeat(gutter.length)}${indent}${'^'.repeat(width)}` +
        (facts.remedy ? `\n${facts.remedy}` : ''),
      { at, remedy: facts.remedy },
    )
    this.found = facts.found
    this.expected = facts.expected
  }
}

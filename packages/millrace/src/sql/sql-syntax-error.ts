// The error of SQL text that does not parse: where, what stands there, what was expected.

import { MillraceError } from '../types/errors.ts'
import type { SourceSpan } from '../types/errors.ts'
import { excerpt } from '../types/text/excerpt.ts'

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
    super(
      'MR_SQL_SYNTAX',
      `Syntax error at ${at.line}:${at.column}: ` +
        `found ${facts.found}, expected ${facts.expected}.\n` +
        excerpt(text, at) +
        (facts.remedy ? `\n${facts.remedy}` : ''),
      { at, remedy: facts.remedy },
    )
    this.found = facts.found
    this.expected = facts.expected
  }
}

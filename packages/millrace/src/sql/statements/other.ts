// Statements of Flink that have no meaning here, or are refused: each with what to do instead.

import type { OtherStatement } from '../ast/statement.ts'
import { UnsupportedSqlError } from '../binder/binder-errors.ts'
import { KNOWN_STATEMENTS } from '../known-statements.ts'

/**
 * A notice of a statement that has no effect here.
 *
 * @throws {UnsupportedSqlError} `MR_SQL_UNSUPPORTED` for one whose effect would be missed
 */
export function noticeOf({ what, span }: OtherStatement): string {
  const known = KNOWN_STATEMENTS.find(s => s.words.join(' ') === what)
  const reason = known?.reason ?? ''
  if (known?.fate === 'ignored')
    return `${what} at ${span.line}:${span.column} has no effect: ${reason}.`
  throw new UnsupportedSqlError({ what, remedy: reason, at: span })
}

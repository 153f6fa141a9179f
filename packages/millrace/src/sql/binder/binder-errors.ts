// Errors of SQL that parses but has no meaning: names, structure, and what is not supported.

import type { ErrorCode } from '../../types/error-codes.ts'
import type { SourceSpan } from '../../types/errors.ts'
import { MillraceError } from '../../types/errors.ts'
import { listNames, proposal } from '../../types/unknown-name.ts'

/** ` at 3:12` when there is a place in SQL text. */
export const place = (at: SourceSpan | undefined): string =>
  at ? ` at ${at.line}:${at.column}` : ''

/** There is no table or view of that name. */
export class UnknownSqlTableError extends MillraceError {
  constructor(facts: {
    readonly name: string
    readonly known: readonly string[]
    readonly at?: SourceSpan | undefined
  }) {
    const known = facts.known.length > 0 ? ` Known: ${listNames(facts.known)}.` : ''
    super(
      'MR_SQL_UNKNOWN_TABLE',
      `Unknown table "${facts.name}"${place(facts.at)}.${known}${proposal(facts.name, facts.known)}`,
      { at: facts.at, remedy: 'Declare it with CREATE TABLE or CREATE VIEW before it is used.' },
    )
  }
}

/** Several tables have a column of that name. */
export class AmbiguousColumnError extends MillraceError {
  constructor(facts: {
    readonly column: string
    readonly candidates: readonly string[]
    readonly at?: SourceSpan | undefined
  }) {
    super(
      'MR_SQL_AMBIGUOUS_COLUMN',
      `Column "${facts.column}"${place(facts.at)} is ambiguous: it may be ${facts.candidates.join(' or ')}.`,
      { at: facts.at, remedy: 'Write the table in front of the column.' },
    )
  }
}

/** SQL that Flink knows and Millrace does not. */
export class UnsupportedSqlError extends MillraceError {
  constructor(facts: {
    readonly what: string
    readonly remedy: string
    readonly at?: SourceSpan | undefined
  }) {
    super('MR_SQL_UNSUPPORTED', `${facts.what}${place(facts.at)} is not supported.`, {
      at: facts.at,
      remedy: facts.remedy,
    })
  }
}

/** A statement that contradicts itself or the rules of SQL. */
export class InvalidSqlError extends MillraceError {
  constructor(facts: {
    readonly problem: string
    readonly remedy: string
    readonly at?: SourceSpan | undefined
    readonly code?: ErrorCode
  }) {
    super(facts.code ?? 'MR_SQL_INVALID', `${facts.problem}${place(facts.at)}.`, {
      at: facts.at,
      remedy: facts.remedy,
    })
  }
}

/** A window that cannot be made so. */
export class InvalidSqlWindowError extends InvalidSqlError {
  constructor(facts: {
    readonly problem: string
    readonly remedy: string
    readonly at?: SourceSpan | undefined
  }) {
    super({ ...facts, code: 'MR_PLAN_WINDOW' })
  }
}

// Why an ad-hoc query does not run, or ends.

import { MillraceError, type SourceSpan } from '../../types/errors.ts'

/** A statement that a query beside a program may not be. */
export class NotAQueryError extends MillraceError {
  constructor(facts: { statement: string; at: SourceSpan | undefined }) {
    super('MR_SQL_UNSUPPORTED', `The console reads: ${facts.statement} is no query.`, {
      at: facts.at,
      remedy:
        'Write SELECT, SHOW, DESCRIBE or EXPLAIN; CREATE VIEW may stand before. What writes belongs to the program.',
    })
  }
}

/** A query held more state than queries beside a program may. */
export class QueryTooLargeError extends MillraceError {
  constructor(facts: { stateBytes: number; limitBytes: number }) {
    const mib = (bytes: number) => `${Math.round(bytes / 2 ** 20)} MiB`
    super(
      'MR_QUERY_TOO_LARGE',
      `The query holds ${mib(facts.stateBytes)} of state; a query beside a running program may hold ${mib(facts.limitBytes)}.`,
      {
        remedy:
          'Filter more before grouping or joining, or run it on its own with "millrace query".',
      },
    )
  }
}

/** A table changes faster than the query takes it. */
export class FellBehindError extends MillraceError {
  constructor(facts: { table: string }) {
    super('MR_QUERY_TOO_LARGE', `"${facts.table}" changes faster than this query follows.`, {
      remedy: 'Run it in batch mode: that answers from the table as it stands.',
    })
  }
}

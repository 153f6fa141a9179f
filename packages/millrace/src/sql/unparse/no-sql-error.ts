// What a plan has that SQL cannot say.

import { MillraceError } from '../../types/errors.ts'

/** A part of a plan has no SQL. */
export class NoSqlError extends MillraceError {
  constructor(facts: { readonly what: string; readonly remedy: string }) {
    super('MR_PLAN_NO_SQL', `${facts.what} cannot be written in SQL.`, { remedy: facts.remedy })
  }
}

/** @param what the part, with its article */
export const noSql = (what: string): NoSqlError =>
  new NoSqlError({ what, remedy: 'It runs here all the same; write this part in SQL to print it.' })

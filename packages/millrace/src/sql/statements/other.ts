// Statements of Flink that have no meaning here, or are refused: each with what to do instead.

import type { OtherStatement } from '../ast/statement.ts'
import { UnsupportedSqlError } from '../binder/binder-errors.ts'

/** Those without effect here, and why a script may keep them. */
const ACCEPTED: Readonly<Record<string, string>> = {
  'ANALYZE TABLE': 'plans need no statistics',
  'ADD JAR': 'functions come from TypeScript modules',
  'REMOVE JAR': 'functions come from TypeScript modules',
  'LOAD MODULE': 'all built-in functions are there',
  'UNLOAD MODULE': 'all built-in functions stay',
  'USE MODULES': 'all built-in functions are in use',
}

const REMEDIES: Readonly<Record<string, string>> = {
  'TRUNCATE TABLE': 'Empty the system that the table is in.',
  'DELETE FROM': 'Tables are streams: filter rows out in the query that reads them.',
  UPDATE: 'Tables are streams: change rows in the query that reads them.',
  'MERGE INTO': 'INSERT into a table with a primary key, whose sink takes upserts.',
  'UPSERT INTO': 'INSERT into a table with a primary key, whose sink takes upserts.',
  CALL: 'Write the call in TypeScript.',
  'STOP JOB': 'Stop the process, or call stop() of the running job.',
  'COMPILE PLAN': 'Run the script: state goes on where its operators are the same.',
  'COMPILE AND EXECUTE PLAN': 'Run the script: state goes on where its operators are the same.',
  'EXECUTE PLAN': 'Run the script that the plan was made of.',
}

/**
 * A notice of a statement that has no effect here.
 *
 * @throws {UnsupportedSqlError} `MR_SQL_UNSUPPORTED` for one whose effect would be missed
 */
export function noticeOf({ what, span }: OtherStatement): string {
  const reason = ACCEPTED[what]
  if (reason !== undefined)
    return `${what} at ${span.line}:${span.column} has no effect: ${reason}.`
  const remedy =
    REMEDIES[what] ??
    (what.endsWith('MODEL')
      ? 'Call the model in an async function of TypeScript.'
      : 'Write an INSERT INTO a table, and run it.')
  throw new UnsupportedSqlError({ what, remedy, at: span })
}

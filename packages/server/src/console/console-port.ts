// What the console needs of a job: its tables, and queries over them.

import type { AdHocOptions, AdHocQuery, AdHocTable, Completion, SqlProblem } from 'millrace'

/** The queries beside a job; `AdHocQueries` of the core is one. */
export interface ConsolePort {
  tables(): readonly AdHocTable[]
  complete(text: string, position: number): Promise<readonly Completion[]>
  problems(text: string): readonly SqlProblem[]
  /** @throws {MillraceError} when the text cannot be run, with the place */
  query(text: string, options: AdHocOptions): AdHocQuery
}

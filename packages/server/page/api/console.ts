// The console's part of the API: tables, completion, errors of a text, and queries whose results come in lines.

import type { AdHocTable, Completion, SqlProblem } from 'millrace'
import type { Cell } from '@millrace/server'

export type { AdHocTable, Completion, SqlProblem }

export interface ConsoleInfo {
  readonly isAvailable: boolean
  readonly tables: readonly AdHocTable[]
}

export type Mode = 'streaming' | 'batch'
export type ChangeKind = '+I' | '-U' | '+U' | '-D'
export type ChangeRow = readonly [kind: ChangeKind, ...cells: readonly Cell[]]

export interface ResultColumn {
  readonly name: string
  readonly type: string
}

export interface QueryProgress {
  readonly recordsRead: number
  readonly stateBytes: number
  readonly elapsedMs: number
}

export interface QueryEnd extends QueryProgress {
  readonly reason: 'finished' | 'rows' | 'bytes' | 'time' | 'closed'
  readonly rows: number
}

/** A line of a query's answer: one of its fields is there. */
export interface QueryLine {
  readonly columns?: readonly ResultColumn[]
  readonly notices?: readonly string[]
  readonly rows?: readonly ChangeRow[]
  readonly progress?: QueryProgress
  readonly end?: QueryEnd
  readonly error?: QueryProblem
}

/** An error with its place, where it has one. */
export type QueryProblem = Partial<SqlProblem> & { readonly message: string }

/** A query was refused, or broke off. */
export class QueryError extends Error {
  readonly problem: QueryProblem

  constructor(problem: QueryProblem) {
    super(problem.message)
    this.problem = problem
  }
}

const post = (path: string, body: object, signal?: AbortSignal): Promise<Response> =>
  fetch(`api/console/${path}`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify(body),
    ...(signal && { signal }),
  })

/** What may stand at a position; nothing where the server cannot tell. */
export async function completionsAt(
  text: string,
  position: number,
): Promise<readonly Completion[]> {
  const response = await post('complete', { text, position })
  return response.ok ? ((await response.json()) as { items: Completion[] }).items : []
}

export async function problemsOf(text: string): Promise<readonly SqlProblem[]> {
  const response = await post('problems', { text })
  return response.ok ? ((await response.json()) as { problems: SqlProblem[] }).problems : []
}

/** The lines of a query's answer as they come. Aborting ends the query. @throws {QueryError} when it is refused */
export async function* runQuery(
  text: string,
  mode: Mode,
  signal: AbortSignal,
): AsyncGenerator<QueryLine> {
  const response = await post('queries', { text, mode }, signal)
  if (!response.ok || !response.body) {
    const told = (await response.json()) as { error?: string; problem?: QueryProblem }
    throw new QueryError(told.problem ?? { message: told.error ?? response.statusText })
  }
  const reader = response.body.pipeThrough(new TextDecoderStream()).getReader()
  let rest = ''
  for (;;) {
    const { value, done } = await reader.read()
    if (done) return
    const lines = (rest + value).split('\n')
    rest = lines.pop() ?? ''
    for (const line of lines) yield JSON.parse(line) as QueryLine
  }
}

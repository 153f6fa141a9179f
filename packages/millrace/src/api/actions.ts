// Actions: they run a query now and bring its rows into the program.

import type { PlanNode } from '../plan/node.ts'
import type { ProgramSettings } from '../plan/program.ts'
import { createResultSink } from '../plan/result-sink.ts'
import type { Change, ExplainOptions, RunControl } from '../plan/runner-port.ts'
import { MillraceError } from '../types/errors.ts'
import type { RowKind } from '../types/value.ts'
import { toUserRow } from '../types/user-value.ts'
import type { AppContext } from './app-context.ts'
import { currentRunner } from './app-context.ts'
import { finalRows, hasTimers, onlyAdds } from './final-rows.ts'

/** How an action runs: with the app's settings, in memory; `mode` as {@link rowsOf} chooses unless it is given. */
export type ActionOptions = Pick<
  ProgramSettings,
  'mode' | 'timeZone' | 'baseFolder' | 'parallelism'
>

/** One change of a result as the program sees it. */
export interface ResultChange<R> {
  readonly kind: RowKind
  readonly row: R
}

/** Runs a query and yields its changes; ending the loop stops the run. */
export async function* changesOf<R>(
  app: AppContext,
  plan: PlanNode,
  options: ActionOptions,
): AsyncGenerator<ResultChange<R>, void, undefined> {
  yield* userChanges(plan, runQuery(app, plan, options))
}

function runQuery(
  app: AppContext,
  plan: PlanNode,
  options: ActionOptions,
  control: RunControl = {},
): AsyncIterable<Change> {
  const { stateDir: _dir, port: _port, ...settings } = app.settings
  const program = { ...app.program({}, []), settings: { ...settings, ...options } }
  return currentRunner().query(program, plan, control)
}

async function* userChanges<R>(
  plan: PlanNode,
  changes: AsyncIterable<Change>,
): AsyncGenerator<ResultChange<R>, void, undefined> {
  const toUser = toUserRow(plan.schema)
  for await (const { kind, row } of changes) yield { kind, row: toUser(row) as R }
}

/** The plan of a query as text. */
export function explainQuery(app: AppContext, plan: PlanNode, options: ExplainOptions): string {
  return currentRunner().explain(app.program({}, [createResultSink(plan)]), options)
}

/**
 * The final rows of a query over bounded input.
 *
 * In batch mode, unless told otherwise or unless functions of the program set timers, which then fire between the records.
 */
export async function* rowsOf<R>(
  app: AppContext,
  plan: PlanNode,
  options: ActionOptions,
): AsyncGenerator<R, void, undefined> {
  const mode = options.mode ?? (hasTimers(plan) ? 'streaming' : 'batch')
  const changes = runQuery(app, plan, { ...options, mode }, { boundedInput: true })
  const isFinal = mode === 'batch' || onlyAdds(plan)
  const rows = isFinal ? changes : finalRows(changes, plan.schema)
  for await (const { row } of userChanges<R>(plan, rows)) yield row
}

/** The first `count` rows: of bounded input of the final result, of unbounded input as they come (updates as new rows). */
export async function firstRows<R>(
  app: AppContext,
  plan: PlanNode,
  count: number,
  options: ActionOptions,
): Promise<R[]> {
  try {
    const rows: R[] = []
    if (count <= 0) return rows
    for await (const row of rowsOf<R>(app, plan, options)) {
      rows.push(row)
      if (rows.length >= count) break
    }
    return rows
  } catch (error) {
    if (!(error instanceof MillraceError && error.code === 'MR_PLAN_UNBOUNDED')) throw error
    return await take(changesOf<R>(app, plan, { ...options, mode: 'streaming' }), count)
  }
}

async function take<R>(changes: AsyncIterable<ResultChange<R>>, count: number): Promise<R[]> {
  const rows: R[] = []
  if (count <= 0) return rows
  for await (const { kind, row } of changes) {
    if (kind === '+I' || kind === '+U') rows.push(row)
    if (rows.length >= count) break
  }
  return rows
}

// The one place where the API meets SQL: `app.sql` hands its text and tables over, and gets a plan.

import type { PlanNode } from '../plan/node.ts'
import { InternalError } from '../types/errors.ts'
import type { AppContext } from './app-context.ts'

/** Parses and binds one query over the tables of an app. */
export type BindQuery = (text: string, app: AppContext) => PlanNode

let bindQuery: BindQuery | undefined

/** Sets the binder of queries; done once, where the package is put together. */
export function setQueryBinder(bind: BindQuery): void {
  bindQuery = bind
}

/** The plan of a query in Flink SQL. Tables go by the names that the app knows them by. */
export function planQuery(text: string, app: AppContext): PlanNode {
  if (!bindQuery) throw new InternalError('no SQL binder is set')
  return bindQuery(text, app)
}

// The one place where the API meets SQL: `app.sql` hands its text and tables over, and gets a plan.

import type { PlanNode } from '../plan/node.ts'
import { bindAppQuery } from '../sql/bind-app-query.ts'
import type { AppContext } from './app-context.ts'

/** The plan of a query in Flink SQL. Tables go by the names that the app knows them by. */
export function planQuery(text: string, app: AppContext): PlanNode {
  return bindAppQuery(text, {
    environment: app.environment,
    connectors: app.connectors,
    mode: app.settings.mode ?? 'streaming',
    tables: app.tables.values(),
  })
}

// app.execute(): the statements of a script, run against what the app has declared.

import { createProject, createValues, columnAt } from '../../plan/create-node.ts'
import type { PlanNode } from '../../plan/node.ts'
import { bindScript } from '../../sql/script.ts'
import type { StatementResult } from '../../sql/statements/statement-result.ts'
import { type AppContext, explainStatement, loadFunctions } from '../app-context.ts'

/** What a script has to say. */
export interface ScriptAnswers {
  /** The plans of its answers: of SHOW, DESCRIBE, EXPLAIN and SET in order, then of its last query. */
  readonly plans: readonly PlanNode[]
  /** What was accepted without effect, a sentence each. */
  readonly notices: readonly string[]
}

/**
 * Runs all statements of a script. What they declare and set stays with the app; their INSERTs are added to its statements.
 *
 * @throws {MillraceError} with the place in the text; the statements before it hold, but no INSERT of the script is added
 */
export async function executeScript(app: AppContext, text: string): Promise<ScriptAnswers> {
  const functionModules = await loadFunctions(text, app.settings.baseFolder ?? '.')
  const bound = bindScript(text, {
    connectors: app.connectors,
    functions: app.functions,
    settings: {},
    defaults: app.ownSettings,
    catalog: app.catalog,
    set: app.set,
    functionModules,
  })
  app.sinks.push(...bound.sinks)
  const answers = bound.results.map(result =>
    result.kind === 'explain' ? explainStatement(app.program({}, []), result) : result,
  )
  return {
    plans: [...answers.map(rowsAsPlan), ...(bound.query ? [bound.query] : [])],
    notices: bound.notices,
  }
}

function rowsAsPlan({ columns, rows }: StatementResult): PlanNode {
  const unnamed = columns.map((c, i) => ({ ...c, name: `EXPR$${i}` }))
  const values = createValues(unnamed, rows)
  const named = columns.map(({ name }, i) => ({ name, expression: columnAt(values, i) }))
  return createProject(values, named)
}

// The columns of a table as the lambdas of its methods are given them, and what they return as expressions of the plan.

import type { Expression, NamedExpression } from '../../plan/expression.ts'
import type { PlanNode } from '../../plan/node.ts'
import type { AppContext } from '../app-context.ts'
import { ColumnScope } from '../columns/column-scope.ts'
import type { AnyExpr, ExprsOf, Projection } from '../columns/expr.ts'
import { type BuildContext, builderOf } from '../columns/expression-builder.ts'
import type { Columns } from '../columns/sql-type.ts'

/** The columns of one plan. */
export interface BoundColumns<C extends Columns> {
  readonly scope: ColumnScope
  readonly columns: ExprsOf<C>
  readonly context: BuildContext
  readonly build: (e: AnyExpr) => Expression
}

export function bindColumns<C extends Columns>(app: AppContext, plan: PlanNode): BoundColumns<C> {
  const scope = new ColumnScope(plan.schema)
  const context = { ...app.environment, offsets: new Map([[scope, 0]]) }
  const columns = scope.columns() as unknown as ExprsOf<C>
  return { scope, columns, context, build: e => builderOf(e).build(context) }
}

/** A lambda that gives named expressions over the columns of a table. */
export type ProjectionOf<C extends Columns> = (columns: ExprsOf<C>) => Projection

/** What a projection over the columns of `plan` gives. */
export function projectionOf<C extends Columns>(
  app: AppContext,
  plan: PlanNode,
  projection: ProjectionOf<C>,
): readonly NamedExpression[] {
  const { columns, build } = bindColumns<C>(app, plan)
  return Object.entries(projection(columns)).map(([name, e]) => ({ name, expression: build(e) }))
}

/** Columns by their names. */
export function columnsByName(
  app: AppContext,
  plan: PlanNode,
  names: readonly string[],
): readonly NamedExpression[] {
  const { scope, context } = bindColumns(app, plan)
  return names.map(name => ({ name, expression: scope.column(name).build(context) }))
}

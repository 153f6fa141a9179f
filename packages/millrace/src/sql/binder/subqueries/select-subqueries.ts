// Sub-queries in the clauses of a SELECT: those below its aggregation are joined at once, those above it once that is built.

import { columnAt } from '../../../plan/create-node.ts'
import type { Expression } from '../../../plan/expression.ts'
import type { PlanNode } from '../../../plan/node.ts'
import type { Expression as SqlExpression } from '../../ast/expression.ts'
import type { Working } from '../bind-where.ts'
import type { BinderContext } from '../binder-context.ts'
import type { DeferredColumns } from '../expressions/deferred-columns.ts'
import type { Deferred } from '../group-binder.ts'
import { joinByKeys, joinedType, type SubqueryPlace } from './subquery-value.ts'

type Bind = (e: SqlExpression) => Expression

export class SelectSubqueries {
  readonly #context: BinderContext
  readonly #working: Working
  readonly #deferred: DeferredColumns<Deferred>
  /** To be joined above the aggregation. */
  readonly #joins: {
    readonly join: 'left' | 'inner'
    readonly right: PlanNode
    readonly keys: readonly Expression[]
  }[] = []
  readonly #columns: { readonly subquery: number; readonly column: number }[] = []

  constructor(context: BinderContext, working: Working, deferred: DeferredColumns<Deferred>) {
    this.#context = context
    this.#working = working
    this.#deferred = deferred
  }

  /** Where sub-queries are joined to the rows below an aggregation. */
  below(bind: Bind): SubqueryPlace {
    const working = this.#working
    return {
      context: this.#context,
      get scope() {
        return working.scope
      },
      get plan() {
        return working.plan
      },
      bind,
      join: (join, right, keys) => {
        const { plan } = working
        working.plan = joinByKeys(this.#context, join, plan, right, keys)
        return right.schema.map((_, i) => columnAt(working.plan, plan.schema.length + i))
      },
    }
  }

  /** The same above an aggregation, for SELECT, HAVING and ORDER BY: their columns are deferred. */
  above(bind: Bind): SubqueryPlace {
    return {
      context: this.#context,
      scope: this.#working.scope,
      plan: this.#working.plan,
      bind,
      join: (join, right, keys) => {
        const subquery = this.#joins.push({ join, right, keys }) - 1
        return right.schema.map(({ name }, column) =>
          this.#deferred.add(name, joinedType(join, right, column), {
            kind: 'subquery',
            position: this.#columns.push({ subquery, column }) - 1,
          }),
        )
      },
    }
  }

  /**
   * Joins those that were deferred to the built plan, each by keys that may use the columns of those before.
   *
   * @param joined gets the columns, by the positions that were deferred
   */
  joinTo(built: PlanNode, resolve: (e: Expression) => Expression, joined: Expression[]): PlanNode {
    let plan = built
    for (const [n, { join, right, keys }] of this.#joins.entries()) {
      const width = plan.schema.length
      plan = joinByKeys(this.#context, join, plan, right, keys.map(resolve))
      for (const [i, { subquery, column }] of this.#columns.entries())
        if (subquery === n) joined[i] = columnAt(plan, width + column)
    }
    return plan
  }
}

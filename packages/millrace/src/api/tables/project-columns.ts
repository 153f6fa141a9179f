// Projections by column names: pick, add, rename, reorder.

import { applyProjection } from '../../plan/compose/apply-projection.ts'
import { columnAt } from '../../plan/create-node.ts'
import type { NamedExpression } from '../../plan/expression.ts'
import { UnknownColumnError } from '../../plan/expression-errors.ts'
import type { PlanNode } from '../../plan/node.ts'
import { MillraceError } from '../../types/errors.ts'
import type { Schema } from '../../types/schema.ts'

/** A column would be appended under the name of another. */
export class DuplicateColumnError extends MillraceError {
  constructor(facts: { readonly name: string }) {
    super('MR_PLAN_INVALID', `There would be two columns "${facts.name}".`, {
      remedy: `Name the new one otherwise, or rename the other first: .rename({ ${JSON.stringify(facts.name)}: '…' }).`,
    })
  }
}

/** The plan itself. @throws {DuplicateColumnError} `MR_PLAN_INVALID` when two of its columns share a name */
export function distinctlyNamed(plan: PlanNode): PlanNode {
  const names = plan.schema.map(c => c.name)
  const name = names.find((n, i) => names.indexOf(n) < i)
  if (name !== undefined) throw new DuplicateColumnError({ name })
  return plan
}

/** @throws {UnknownColumnError} `MR_SQL_UNKNOWN_COLUMN` */
export function indexOfColumn(plan: PlanNode, name: string): number {
  const index = plan.schema.findIndex(c => c.name === name)
  if (index >= 0) return index
  throw new UnknownColumnError({ column: name, available: plan.schema.map(c => c.name) })
}

/** Only these columns, in this order. */
export function pickColumns(plan: PlanNode, names: readonly string[]): PlanNode {
  return applyProjection(
    plan,
    names.map(name => ({ name, expression: columnAt(plan, indexOfColumn(plan, name)) })),
  )
}

/** All columns and the added ones; an added one takes the place of one of the same name. */
export function appendColumns(plan: PlanNode, added: readonly NamedExpression[]): PlanNode {
  const kept = plan.schema.map(
    ({ name }, i) => added.find(a => a.name === name) ?? { name, expression: columnAt(plan, i) },
  )
  return applyProjection(plan, [...kept, ...added.filter(a => !kept.includes(a))])
}

/** The same columns under other names. */
export function renameColumns(
  plan: PlanNode,
  names: Readonly<Record<string, string | undefined>>,
): PlanNode {
  for (const name of Object.keys(names)) indexOfColumn(plan, name)
  return applyProjection(
    plan,
    plan.schema.map(({ name }, i) => ({
      name: (Object.hasOwn(names, name) ? names[name] : undefined) ?? name,
      expression: columnAt(plan, i),
    })),
  )
}

/** The columns in the order of another schema; the plan itself when they are. */
export function reorderColumns(plan: PlanNode, order: Schema): PlanNode {
  const inOrder = order.every(({ name }, i) => plan.schema[i]?.name === name)
  return inOrder && order.length === plan.schema.length
    ? plan
    : pickColumns(
        plan,
        order.map(c => c.name),
      )
}

// A chain of projections and filters as one: expressions and a condition over the node below the chain.

import { isDeterministic } from '../../optimizer/expression-facts.ts'
import type { Expression, NamedExpression } from '../../plan/expression.ts'
import type { PlanNode } from '../../plan/node.ts'
import { replaceColumns } from '../../plan/transform.ts'
import { notNull, types } from '../../types/data-type.ts'

export interface Collapsed {
  readonly base: PlanNode
  /** The chain's output columns over the base's columns. */
  readonly columns: readonly NamedExpression[]
  readonly condition: Expression | undefined
}

/** Looks through projections and filters, down to one whose expressions may differ per evaluation: those are made once. */
export function collapse(node: PlanNode): Collapsed {
  if (node.kind === 'project') {
    const below = collapseBelow(node.input)
    const columns = node.columns.map(({ name, expression }) => ({
      name,
      expression: substitute(expression, below.columns),
    }))
    return { ...below, columns }
  }
  if (node.kind === 'filter') {
    const below = collapseBelow(node.input)
    const condition = substitute(node.condition, below.columns)
    return { ...below, condition: conjunction([below.condition, condition]) }
  }
  return uncollapsed(node)
}

function collapseBelow(node: PlanNode): Collapsed {
  const repeatable =
    node.kind !== 'project' || node.columns.every(c => isDeterministic(c.expression))
  return repeatable ? collapse(node) : uncollapsed(node)
}

function uncollapsed(node: PlanNode): Collapsed {
  return {
    base: node,
    columns: node.schema.map(({ name, type }, index) => ({
      name,
      expression: { kind: 'column', name, type, index },
    })),
    condition: undefined,
  }
}

/** The expression with each column replaced by the expression that makes it. */
export function substitute(
  expression: Expression,
  columns: readonly NamedExpression[],
): Expression {
  return replaceColumns(expression, c => columns[c.index]?.expression)
}

/** AND of those that are there. */
export function conjunction(
  conditions: readonly (Expression | undefined)[],
): Expression | undefined {
  const present = conditions.filter(c => c !== undefined)
  if (present.length <= 1) return present[0]
  const nullable = present.some(c => c.type.nullable)
  return {
    kind: 'logical',
    op: 'and',
    args: present,
    type: nullable ? types.boolean : notNull(types.boolean),
  }
}

/** The conditions of which an AND consists. */
export function conjuncts(condition: Expression | undefined): readonly Expression[] {
  if (!condition) return []
  if (condition.kind === 'logical' && condition.op === 'and')
    return condition.args.flatMap(conjuncts)
  return [condition]
}

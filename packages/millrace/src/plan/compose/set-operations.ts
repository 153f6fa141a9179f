// UNION, INTERSECT, EXCEPT and DISTINCT, made of joins and aggregations where they can be.

import { type DataType, sameType } from '../../types/data-type.ts'
import type { Schema } from '../../types/schema.ts'
import { leastRestrictive } from '../../types/type-rules.ts'
import type { BindingEnvironment } from '../create-expression.ts'
import { coerce, createCall, createColumn, createLogical } from '../create-expression.ts'
import {
  columnAt,
  createAggregate,
  createJoin,
  createProject,
  createSetOperation,
  createUnion,
} from '../create-node.ts'
import type { Expression } from '../expression.ts'
import type { AggregateNode, PlanNode } from '../node.ts'

export interface SetOperator {
  readonly operator: 'UNION' | 'INTERSECT' | 'EXCEPT'
  readonly all: boolean
}

/** Each different row once; the columns as `schema` types them. */
export function distinctRows(plan: PlanNode, schema: Schema = plan.schema): PlanNode {
  const keys = schema.map(({ name, type }, i) => ({
    name,
    expression: { ...columnAt(plan, i), type },
  }))
  return createAggregate(plan, keys, [])
}

/**
 * Both sides, of as many columns each, combined; their columns are brought to the common types, the names are the left side's.
 *
 * @param refuse is told the position of a column without a common type
 */
export function combineRows(
  environment: BindingEnvironment,
  { operator, all }: SetOperator,
  sides: readonly [PlanNode, PlanNode],
  refuse: (column: number) => never,
): PlanNode {
  const common = sides[0].schema.map(({ type }, i) => {
    const other = sides[1].schema[i]?.type as DataType
    return leastRestrictive([type, other]) ?? refuse(i)
  })
  const left = castColumns(environment, sides[0], common)
  const right = castColumns(environment, sides[1], common)
  if (operator === 'UNION') {
    const union = createUnion(
      left.kind === 'union' && all ? [...left.inputs, right] : [left, right],
    )
    return all ? union : distinctRows(union)
  }
  const operation = operator === 'INTERSECT' ? 'intersect' : 'except'
  if (all) return createSetOperation({ operation, all, left, right })
  const width = left.schema.length
  const equal = right.schema.map(({ name, type }, i) =>
    createCall(environment, 'IS NOT DISTINCT FROM', [
      columnAt(left, i),
      createColumn(i + width, name, type),
    ]),
  )
  const kind = operation === 'intersect' ? 'semi' : 'anti'
  const rows = createJoin(kind, left, right, createLogical('and', equal))
  // Columns are typed after both sides, though only rows of the left come out.
  return distinctRows(rows, createUnion([left, right]).schema)
}

/** Whether {@link combineRows} has made it of INTERSECT or EXCEPT. */
export function isSetOfDistinct({ keys, aggregates, groupingSets, input }: AggregateNode): boolean {
  if (input.kind !== 'join' || (input.join !== 'semi' && input.join !== 'anti')) return false
  const width = input.left.schema.length
  const { condition } = input
  const equal =
    condition.kind === 'logical' && condition.op === 'and' ? condition.args : [condition]
  return (
    !groupingSets &&
    aggregates.length === 0 &&
    input.right.schema.length === width &&
    [keys, equal].every(list => list.length === width) &&
    keys.every(({ expression: e }, i) => isColumn(e, i)) &&
    equal.every(
      (e, i) =>
        e.kind === 'call' &&
        e.name === 'IS NOT DISTINCT FROM' &&
        isColumn(e.args[0], i) &&
        isColumn(e.args[1], i + width),
    )
  )
}

const isColumn = (e: Expression | undefined, index: number): boolean =>
  e?.kind === 'column' && e.index === index

function castColumns(
  environment: BindingEnvironment,
  plan: PlanNode,
  to: readonly DataType[],
): PlanNode {
  if (plan.schema.every((c, i) => sameType(c.type, to[i] as DataType))) return plan
  return createProject(
    plan,
    plan.schema.map(({ name }, i) => ({
      name,
      expression: coerce(environment, columnAt(plan, i), to[i] as DataType),
    })),
  )
}

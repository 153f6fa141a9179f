// VALUES: constant rows as they are; rows that need the clock as projections of a single row.

import { coerce } from '../../../plan/create-expression.ts'
import { walkExpression } from '../../../plan/children.ts'
import { createProject, createUnion, createValues } from '../../../plan/create-node.ts'
import { evaluateExpression } from '../../../plan/evaluate-expression.ts'
import type { Expression } from '../../../plan/expression.ts'
import type { PlanNode } from '../../../plan/node.ts'
import { type EvaluationContext, isRepeatable } from '../../../functions/function-definition.ts'
import { formatType } from '../../../types/data-type.ts'
import { InternalError } from '../../../types/errors.ts'
import { leastRestrictive } from '../../../types/type-rules.ts'
import type { Expression as SqlExpression } from '../../ast/expression.ts'
import type { Values } from '../../ast/query.ts'
import type { BinderContext } from '../binder-context.ts'
import { InvalidSqlError } from '../binder-errors.ts'
import { bindExpression } from '../expressions/bind-expression.ts'
import { Scope } from '../scope.ts'

/** Columns are EXPR$0, EXPR$1 …, of the rows' common types. */
export function bindValues(context: BinderContext, { rows, span }: Values): PlanNode {
  const { environment } = context
  const scope = new Scope([], [])
  const bound = rows.map(row =>
    row.map((e: SqlExpression) => bindExpression({ environment, scope, clause: 'VALUES' }, e)),
  )
  const width = bound[0]?.length ?? 0
  if (bound.some(row => row.length !== width))
    throw new InvalidSqlError({
      problem: 'The rows of VALUES differ in length',
      remedy: `Give every row ${width} values.`,
      at: span,
    })
  const schema = Array.from({ length: width }, (_, i) => ({
    name: `EXPR$${i}`,
    type: columnType(bound, i, rows),
  }))
  const coerced = bound.map(row =>
    row.map((e, i) => coerce(environment, e, schema[i]?.type ?? e.type, span)),
  )
  if (coerced.flat().every(isConstant))
    return createValues(
      schema,
      coerced.map(row => row.map(e => evaluateExpression(e, [], NO_CONTEXT))),
    )
  const parts = coerced.map(row =>
    createProject(
      createValues([], [[]]),
      row.map((expression, i) => ({ name: schema[i]?.name ?? '', expression })),
    ),
  )
  const [first, second] = parts
  return second || !first ? createUnion(parts) : first
}

function columnType(
  rows: readonly (readonly Expression[])[],
  column: number,
  source: Values['rows'],
) {
  const given = rows.map(row => (row[column] as Expression).type)
  const type = leastRestrictive(given)
  const at = source[0]?.[column]?.span
  if (type === undefined)
    throw new InvalidSqlError({
      problem: `Column ${column + 1} of VALUES has no common type: ${given.map(formatType).join(', ')}`,
      remedy: 'Cast the values to one type.',
      at,
      code: 'MR_SQL_TYPE',
    })
  if (type.kind === 'null')
    throw new InvalidSqlError({
      problem: `Column ${column + 1} of VALUES is NULL without a type`,
      remedy: 'Write CAST(NULL AS INT), for instance.',
      at,
      code: 'MR_SQL_TYPE',
    })
  return type
}

function isConstant(expression: Expression): boolean {
  for (const part of walkExpression(expression))
    if ((part.kind === 'call' || part.kind === 'cast') && !isRepeatable(part.binding)) return false
  return true
}

const none = (): never => {
  throw new InternalError('a constant asked for the running query')
}
const NO_CONTEXT: EvaluationContext = {
  nowMs: none,
  queryStartMs: none,
  watermarkMs: none,
  random: none,
}

// What rules must know of an expression before they move, repeat or drop it.

import { isRepeatable } from '../functions/function-definition.ts'
import { walkExpression } from '../plan/children.ts'
import type { CallExpression, Expression } from '../plan/expression.ts'
import type { DataType } from '../types/data-type.ts'
import { notNull, types, withNullable } from '../types/data-type.ts'

/** Whether its value depends on nothing but the row: not on clocks, watermarks or chance. */
export function isDeterministic(expression: Expression): boolean {
  for (const part of walkExpression(expression))
    if ((part.kind === 'call' || part.kind === 'cast') && !isRepeatable(part.binding)) return false
  return true
}

/**
 * Whether evaluating it can fail for some row. Functions are taken to fail unless they are known not to; a user's function always
 * may, and may have effects.
 */
export function canFail(expression: Expression): boolean {
  for (const part of walkExpression(expression)) {
    if (part.kind === 'call' && !neverFails(part)) return true
    if (part.kind === 'cast' && !part.safe && !isWidening(part.arg.type, part.type)) return true
  }
  return false
}

/** An expression that costs nothing to evaluate again: a column, a field, a constant. */
export function isTrivial(expression: Expression): boolean {
  const { kind } = expression
  return kind === 'column' || kind === 'literal' || (kind === 'field' && isTrivial(expression.arg))
}

/** Total over all values of whatever types they were resolved for. */
// biome-ignore format: a table
const TOTAL: ReadonlySet<string> = new Set([
  '=', '<>', '<', '<=', '>', '>=',
  'IS DISTINCT FROM', 'IS NOT DISTINCT FROM',
  'IS NULL', 'IS NOT NULL', 'IS TRUE', 'IS NOT TRUE', 'IS FALSE', 'IS NOT FALSE', 'IS UNKNOWN', 'IS NOT UNKNOWN',
  'NOT', 'BETWEEN', 'NOT BETWEEN', 'IN', 'NOT IN',
  'COALESCE', 'NULLIF', 'IF', '||', 'UPPER', 'LOWER', 'TRIM', 'CHAR_LENGTH', 'CONCAT',
])

/** Wrap around, overflow to NULL or stay within IEEE 754. */
const ARITHMETIC: ReadonlySet<string> = new Set(['+', '-', '*'])

function neverFails({ name, args, binding }: CallExpression): boolean {
  // Generated code comes with built-ins only: a user's function of the same name is not mistaken for one.
  if (!binding.emit) return false
  return TOTAL.has(name) || (ARITHMETIC.has(name) && args.every(a => a.type.kind !== 'decimal'))
}

const WIDTHS: readonly DataType['kind'][] = ['tinyint', 'smallint', 'int', 'bigint', 'double']

/** Between numbers when all values fit; to the same type NULL or not. */
function isWidening(from: DataType, to: DataType): boolean {
  if (from.kind === 'null') return true
  const [a, b] = [WIDTHS.indexOf(from.kind), WIDTHS.indexOf(to.kind)]
  if (a >= 0 && b >= 0) return a <= b
  const text = (t: DataType) => t.kind === 'char' || t.kind === 'varchar'
  return text(from) && to.kind === 'varchar'
}

/** The conditions of which a condition consists, in the order in which they are evaluated. */
export function conjunctsOf(condition: Expression): readonly Expression[] {
  return condition.kind === 'logical' && condition.op === 'and'
    ? condition.args.flatMap(conjunctsOf)
    : [condition]
}

/** Their AND; TRUE of none. */
export function allOf(conditions: readonly Expression[]): Expression {
  const args = conditions.flatMap(conjunctsOf)
  const [first] = args
  if (!first) return { kind: 'literal', type: notNull(types.boolean), value: true }
  if (args.length === 1) return first
  const type = withNullable(
    types.boolean,
    args.some(a => a.type.nullable || a.type.kind === 'null'),
  )
  return { kind: 'logical', op: 'and', type, args }
}

export const isConstant = (expression: Expression, value: boolean | null): boolean =>
  expression.kind === 'literal' && expression.value === value

// Comparisons of one value with several constants: those that follow from another one go, and what cannot hold is FALSE.

import type { Expression } from '../../plan/expression.ts'
import { comparatorOf } from '../../types/compare.ts'
import { type DataType, notNull, sameType, types, withNullable } from '../../types/data-type.ts'
import type { Value } from '../../types/value.ts'
import { canFail, isDeterministic } from '../expression-facts.ts'

type Operator = '=' | '<' | '<=' | '>' | '>='

/** `operand operator value`. */
interface Bound {
  readonly operand: string
  readonly operator: Operator
  readonly value: Value
  readonly type: DataType
}

const FLIPPED: Readonly<Record<string, Operator>> = {
  '=': '=',
  '<': '>',
  '<=': '>=',
  '>': '<',
  '>=': '<=',
}

/**
 * The conditions, all of which must be TRUE, without those that others imply; FALSE alone when they exclude each other.
 *
 * @param keyOf equal for expressions that mean the same
 */
export function narrowRanges(
  conditions: readonly Expression[],
  keyOf: (e: Expression) => string,
): readonly Expression[] {
  const bounds = conditions.map(c => boundOf(c, keyOf))
  const isExcluded = bounds.some((a, i) =>
    bounds.some((b, j) => i < j && a && b && isOfOne(a, b) && excludes(a, b)),
  )
  if (isExcluded && !conditions.some(canFail))
    return [{ kind: 'literal', type: notNull(types.boolean), value: false }]
  const isImplied = (bound: Bound | undefined, i: number): boolean =>
    bounds.some((other, j) => {
      if (!bound || !other || i === j || !isOfOne(bound, other)) return false
      // Of two that imply each other the first stays.
      return implies(other, bound) && (j < i || !implies(bound, other))
    })
  return conditions.filter((_, i) => !isImplied(bounds[i], i))
}

function boundOf(e: Expression, keyOf: (e: Expression) => string): Bound | undefined {
  if (e.kind !== 'call' || !e.binding.emit || !(e.name in FLIPPED)) return undefined
  const [a, b] = e.args as readonly [Expression, Expression]
  const [operand, constant] = b.kind === 'literal' ? [a, b] : [b, a]
  if (constant.kind !== 'literal' || constant.value === null || operand.kind === 'literal')
    return undefined
  const isComparable =
    sameType(withNullable(operand.type, true), withNullable(constant.type, true)) ||
    isText(operand.type, constant.type)
  if (!isComparable || !isDeterministic(operand) || canFail(operand)) return undefined
  const operator = (b.kind === 'literal' ? e.name : FLIPPED[e.name]) as Operator
  return { operand: keyOf(operand), operator, value: constant.value, type: operand.type }
}

/** Of which none is NaN, nor equal to another that is written differently. */
const isText = (a: DataType, b: DataType): boolean =>
  a.kind === 'varchar' && (b.kind === 'char' || b.kind === 'varchar')

const isOfOne = (a: Bound, b: Bound): boolean =>
  a.operand === b.operand && a.type.kind !== 'float' && a.type.kind !== 'double'

const isUpper = ({ operator }: Bound) => operator === '<' || operator === '<='
const isLower = ({ operator }: Bound) => operator === '>' || operator === '>='
const isStrict = ({ operator }: Bound) => operator === '<' || operator === '>'

/** Whether no value is within both. */
function excludes(a: Bound, b: Bound): boolean {
  const order = comparatorOf(a.type)(a.value, b.value)
  if (a.operator === '=') return !holds(b, order)
  if (b.operator === '=') return !holds(a, -order)
  if (isUpper(a) === isUpper(b)) return false
  const [upperToLower, anyStrict] = [isUpper(a) ? order : -order, isStrict(a) || isStrict(b)]
  return upperToLower < 0 || (upperToLower === 0 && anyStrict)
}

/** Whether `value operator bound.value` holds, given how the value compares with the bound's. */
function holds({ operator }: Bound, order: number): boolean {
  switch (operator) {
    case '=':
      return order === 0
    case '<':
      return order < 0
    case '<=':
      return order <= 0
    case '>':
      return order > 0
    default:
      return order >= 0
  }
}

/** Whether whatever is within `a` is within `b`. */
function implies(a: Bound, b: Bound): boolean {
  const order = comparatorOf(a.type)(a.value, b.value)
  if (a.operator === '=') return holds(b, order)
  if (b.operator === '=' || isUpper(a) !== isUpper(b)) return false
  const further = isLower(a) ? order : -order
  return further > 0 || (further === 0 && (isStrict(a) || !isStrict(b)))
}

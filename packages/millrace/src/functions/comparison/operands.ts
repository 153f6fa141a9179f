// How two operands are compared: the types both are cast to, and the code of equality and order over them.

import {
  compareBytes,
  compareStrings,
  comparatorOf,
  equalBytes,
  equalityOf,
} from '../../types/compare.ts'
import type { DataType } from '../../types/data-type.ts'
import {
  formatType,
  isApproximate,
  isBinary,
  isCharacter,
  isExact,
  isNumeric,
  isTimestamp,
  types,
} from '../../types/data-type.ts'
import { compareDecimal } from '../../types/decimal.ts'
import { asDecimal, comparisonType } from '../../types/type-rules.ts'
import type { Hybrid, Value } from '../../types/value.ts'
import type { CodeScope, SignatureProblem } from '../function-definition.ts'

/** A resolved comparison of non-NULL operands that were cast to `left` and `right`. */
export interface Operands {
  readonly left: DataType
  readonly right: DataType
  readonly equal: (a: Value, b: Value) => boolean
  /** Negative, 0, positive; NaN counts as equal to NaN and greater than anything else. */
  readonly compare: (a: Value, b: Value) => number
  readonly emitEqual: (scope: CodeScope, a: string, b: string) => string
  readonly emitOrder: (scope: CodeScope, op: OrderOperator, a: string, b: string) => string
}

export type OrderOperator = '<' | '<=' | '>' | '>='

/** Finds how values of two types are compared. */
export function resolveOperands(a: DataType, b: DataType): Operands | SignatureProblem {
  const common = comparisonType(a, b)
  if (common === undefined)
    return { problem: `cannot compare ${formatType(a)} with ${formatType(b)}` }
  if (isExact(a) && isExact(b) && common.kind === 'decimal') return decimalOperands(a, b)
  return { left: common, right: common, ...codeOf(common) }
}

/** How `=` compares: as {@link resolveOperands} says, but FLOAT and DOUBLE in the type of the first, as in Flink. */
export function resolveEqualOperands(a: DataType, b: DataType): Operands | SignatureProblem {
  return isApproximate(a) && isApproximate(b) ? resolveOperands(a, a) : resolveOperands(a, b)
}

/** How `<` compares: as {@link resolveOperands} says, but TIMESTAMP_LTZ with TIMESTAMP by the local time, as in Flink. */
export function resolveOrderedOperands(a: DataType, b: DataType): Operands | SignatureProblem {
  if (!isTimestamp(a) || !isTimestamp(b) || a.kind === b.kind) return resolveOperands(a, b)
  const local = types.timestamp(Math.max(a.precision, b.precision))
  return resolveOperands(local, local)
}

/** Whether `<` is defined: Flink orders scalars only. */
export function isOrdered(type: DataType): boolean {
  return !['array', 'map', 'multiset', 'row', 'raw'].includes(type.kind)
}

/** Both at the greater scale where 38 digits hold that; else each as it is, compared exactly. */
function decimalOperands(a: DataType, b: DataType): Operands {
  const left = asDecimal(a)
  const right = asDecimal(b)
  const scale = Math.max(left.scale, right.scale)
  const digits = (t: typeof left) => t.precision - t.scale + scale
  if (digits(left) <= 38 && digits(right) <= 38) {
    const toScale = (t: typeof left) => types.decimal(digits(t), scale)
    return { left: toScale(left), right: toScale(right), ...codeOf(toScale(left)) }
  }
  const compare = (x: Value, y: Value) =>
    compareDecimal(x as Hybrid, left.scale, y as Hybrid, right.scale)
  const emitCompare = (scope: CodeScope, x: string, y: string) =>
    `${scope.constant(compareDecimal, 'compareDecimal')}(${x}, ${left.scale}, ${y}, ${right.scale})`
  return {
    left,
    right,
    equal: (x, y) => compare(x, y) === 0,
    compare,
    emitEqual: (scope, x, y) => `(${emitCompare(scope, x, y)} === 0)`,
    emitOrder: (scope, op, x, y) => `(${emitCompare(scope, x, y)} ${op} 0)`,
  }
}

function codeOf(type: DataType): Omit<Operands, 'left' | 'right'> {
  const values = { equal: equalityOf(type), compare: comparatorOf(type) }
  const through = (compare: unknown, hint: string): Operands['emitOrder'] => {
    return (scope, op, a, b) => `(${scope.constant(compare, hint)}(${a}, ${b}) ${op} 0)`
  }
  const plainEqual: Operands['emitEqual'] = (_, a, b) => `(${a} === ${b})`
  if (isCharacter(type)) {
    return {
      ...values,
      emitEqual: plainEqual,
      emitOrder: through(compareStrings, 'compareStrings'),
    }
  }
  if (isBinary(type)) {
    return {
      ...values,
      emitEqual: (scope, a, b) => `${scope.constant(equalBytes, 'equalBytes')}(${a}, ${b})`,
      emitOrder: through(compareBytes, 'compareBytes'),
    }
  }
  if (!isOrdered(type)) {
    const { equal } = values
    return {
      ...values,
      emitEqual: (scope, a, b) => `${scope.constant(equal, 'equal')}(${a}, ${b})`,
      emitOrder: through(values.compare, 'compare'),
    }
  }
  // Numbers, hybrids, booleans: JavaScript compares a number with a bigint exactly.
  return {
    ...values,
    emitEqual:
      type.kind === 'double' || type.kind === 'float'
        ? (_, a, b) => `(${a} === ${b} || (${a} !== ${a} && ${b} !== ${b}))`
        : plainEqual,
    emitOrder: (_, op, a, b) => `(${a} ${op} ${b})`,
  }
}

/**
 * The one type in which all operands of BETWEEN or IN are compared.
 *
 * A text among numbers is read as a number, as Flink does for `<` too (but not for `=`).
 */
export function commonOperandType(list: readonly DataType[]): DataType | SignatureProblem {
  let common = list[0] as DataType
  for (const type of list.slice(1)) {
    const wider = comparisonType(common, type) ?? numberOfText(common, type)
    if (wider === undefined)
      return { problem: `cannot compare ${formatType(common)} with ${formatType(type)}` }
    common = wider
  }
  return common
}

/** The number type when one is a text and the other a number. */
export function numberOfText(a: DataType, b: DataType): DataType | undefined {
  if (isCharacter(a) && isNumeric(b)) return b
  return isCharacter(b) && isNumeric(a) ? a : undefined
}

// How tightly each form of expression binds, as the parser reads it; decides on parentheses.

import type { BinaryOperator, Expression } from '../ast/expression.ts'
import { assertNever } from '../../types/errors.ts'

const OF_OPERATOR: Readonly<Record<BinaryOperator, number>> = {
  OR: 1,
  AND: 2,
  'IS DISTINCT FROM': 4,
  'IS NOT DISTINCT FROM': 4,
  '=': 5,
  '<>': 5,
  '<': 5,
  '<=': 5,
  '>': 5,
  '>=': 5,
  OVERLAPS: 5,
  '+': 7,
  '-': 7,
  '*': 8,
  '/': 8,
  '%': 8,
  '||': 8,
}

export const NOT = 3
export const IS = 4
export const COMPARISON = 5
export const PREDICATE = 6
export const SIGN = 9
/** What needs no parentheses anywhere. */
export const PRIMARY = 10

export function precedence(expression: Expression): number {
  switch (expression.kind) {
    case 'unary':
      return expression.operator === 'NOT' ? NOT : SIGN
    case 'binary':
      return OF_OPERATOR[expression.operator]
    case 'is':
      return IS
    case 'quantified':
      return OF_OPERATOR[expression.operator]
    case 'between':
    case 'like':
    case 'in-list':
    case 'in-query':
      return PREDICATE
    case 'literal':
    case 'interval':
    case 'call':
    case 'column':
    case 'star':
    case 'symbol':
    case 'parameter':
    case 'exists':
    case 'subquery':
    case 'case':
    case 'cast':
    case 'array':
    case 'row':
    case 'map':
    case 'array-query':
    case 'multiset-query':
    case 'map-query':
    case 'field':
    case 'index':
    case 'named-argument':
    case 'descriptor':
    case 'table-argument':
      return PRIMARY
    default:
      return assertNever(expression)
  }
}

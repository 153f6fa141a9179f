// `/`: integers truncate, decimals round, floating-point numbers follow IEEE 754.

import { isApproximate } from '../../types/data-type.ts'
import { divideDecimal } from '../../types/decimal.ts'
import { divideLong } from '../../types/integer.ts'
import { decimalQuotientType } from '../../types/type-rules.ts'
import type { Hybrid } from '../../types/value.ts'
import { EvaluationError } from '../evaluation-error.ts'
import type { ScalarFunction } from '../function-definition.ts'
import { isProblem } from '../function-definition.ts'
import type { BinaryArithmetic } from './binary-operator.ts'
import { resolveNumeric } from './binary-operator.ts'

/** @throws {EvaluationError} when the divisor is zero */
export function checkDivisor<T extends Hybrid>(divisor: T): T {
  if (divisor === 0)
    throw new EvaluationError('division by zero', 'Guard the divisor, as in a / NULLIF(b, 0).')
  return divisor
}

const division: BinaryArithmetic = {
  symbol: '/',
  int: (a, b) => a / checkDivisor(b),
  emitInt: (scope, a, b) => `(${a} / ${scope.constant(checkDivisor, 'checkDivisor')}(${b}))`,
  long: (a, b) => divideLong(a, checkDivisor(b)),
  double: (a, b) => a / b,
  emitDouble: (a, b) => `(${a} / ${b})`,
  decimal: (a, scaleA, b, scaleB, precision, scale) =>
    divideDecimal(a, scaleA, checkDivisor(b), scaleB, precision, scale),
  decimalType: decimalQuotientType,
}

export const divide: ScalarFunction = {
  kind: 'scalar',
  name: '/',
  docs: {
    group: 'arithmetic',
    summary: 'The quotient; of two integers the integer part of it.',
    examples: [
      ['7 / 2', '3'],
      ['7 / 2.0', '3.500000'],
    ],
  },
  resolve(args) {
    const binding = resolveNumeric(division, args)
    if (isProblem(binding) || !isApproximate(binding.returns)) return binding
    const [a, b] = args
    // Flink answers Infinity for columns, but rejects a constant divided by the constant zero.
    if (a?.constant === undefined || Number(b?.constant?.value) !== 0) return binding
    const { emit: _, ...rest } = binding
    return { ...rest, evaluate: (_x: number, y: number) => checkDivisor(y) }
  },
}

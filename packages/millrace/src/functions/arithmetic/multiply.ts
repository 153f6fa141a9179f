// `*`: numbers; an interval and an integer.

import { multiplyDecimal } from '../../types/decimal.ts'
import { multiplyLong } from '../../types/integer.ts'
import { decimalProductType } from '../../types/type-rules.ts'
import type { ScalarFunction } from '../function-definition.ts'
import type { BinaryArithmetic } from './binary-operator.ts'
import { resolveNumeric } from './binary-operator.ts'
import { resolveIntervalProduct } from './interval-arithmetic.ts'

const multiplication: BinaryArithmetic = {
  symbol: '*',
  int: Math.imul,
  emitInt: (_, a, b) => `Math.imul(${a}, ${b})`,
  long: multiplyLong,
  emitFast: (a, b) => `${a} * ${b} + 0`, // + 0: never -0
  double: (a, b) => a * b,
  emitDouble: (a, b) => `(${a} * ${b})`,
  decimal: multiplyDecimal,
  decimalType: decimalProductType,
}

export const multiply: ScalarFunction = {
  kind: 'scalar',
  name: '*',
  docs: {
    group: 'arithmetic',
    summary: 'The product of two numbers, or of an interval and an integer.',
    examples: [['1.5 * 2', '3.0']],
  },
  resolve: args => resolveIntervalProduct(args) ?? resolveNumeric(multiplication, args),
}

// `+`: numbers, intervals, points in time and intervals; and the unary plus.

import { isNumeric } from '../../types/data-type.ts'
import { addDecimal } from '../../types/decimal.ts'
import { addLong } from '../../types/integer.ts'
import { decimalSumType } from '../../types/type-rules.ts'
import { strict } from '../binding.ts'
import type { ScalarFunction } from '../function-definition.ts'
import type { BinaryArithmetic } from './binary-operator.ts'
import { cannotApply, resolveNumeric } from './binary-operator.ts'
import { resolveIntervalSum } from './interval-arithmetic.ts'

const addition: BinaryArithmetic = {
  symbol: '+',
  int: (a, b) => a + b,
  emitInt: (_, a, b) => `(${a} + ${b})`,
  long: addLong,
  emitFast: (a, b) => `${a} + ${b}`,
  double: (a, b) => a + b,
  emitDouble: (a, b) => `(${a} + ${b})`,
  decimal: addDecimal,
  decimalType: decimalSumType,
  linear: true,
}

export const add: ScalarFunction = {
  kind: 'scalar',
  name: '+',
  docs: {
    group: 'arithmetic',
    summary: 'The sum of two numbers or intervals; a point in time moved by an interval.',
    examples: [
      ['1 + 2.5', '3.5'],
      ["DATE '2024-01-31' + INTERVAL '1' MONTH", "DATE '2024-02-29'"],
    ],
  },
  resolve(args) {
    const [only] = args
    if (only !== undefined && args.length === 1) {
      if (!isNumeric(only.type)) return cannotApply(args)
      return strict(args, {
        parameters: [only.type],
        returns: only.type,
        evaluate: (a: number) => a,
        emit: (_, [a = '']) => a,
      })
    }
    return resolveIntervalSum(args, 1) ?? resolveNumeric(addition, args)
  },
}

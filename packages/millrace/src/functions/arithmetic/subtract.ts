// `-`: numbers, intervals, points in time and intervals; and the negation.

import { formatType, isInterval, isNumeric } from '../../types/data-type.ts'
import { subtractDecimal } from '../../types/decimal.ts'
import { narrow, negateLong, subtractLong } from '../../types/integer.ts'
import { decimalSumType } from '../../types/type-rules.ts'
import type { Hybrid } from '../../types/value.ts'
import { problem, strict } from '../binding.ts'
import type {
  ArgumentInfo,
  ScalarBinding,
  ScalarFunction,
  SignatureProblem,
} from '../function-definition.ts'
import type { BinaryArithmetic } from './binary-operator.ts'
import { resolveNumeric } from './binary-operator.ts'
import { resolveIntervalSum, resolveTimeDifference } from './interval-arithmetic.ts'

const subtraction: BinaryArithmetic = {
  symbol: '-',
  int: (a, b) => a - b,
  emitInt: (_, a, b) => `(${a} - ${b})`,
  long: subtractLong,
  emitFast: (a, b) => `${a} - ${b}`,
  double: (a, b) => a - b,
  emitDouble: (a, b) => `(${a} - ${b})`,
  decimal: subtractDecimal,
  decimalType: decimalSumType,
  linear: true,
}

/** `(a - b) UNIT` between points in time reaches it as a call with the unit as a third argument. */
export const subtract: ScalarFunction = {
  kind: 'scalar',
  name: '-',
  docs: {
    group: 'arithmetic',
    summary:
      'The difference of two numbers or intervals; a point in time moved back; the negation.',
    examples: [
      ['10 - 2.50', '7.50'],
      ['-(3)', '-3'],
    ],
  },
  resolve(args) {
    const [only] = args
    if (only !== undefined && args.length === 1) return negation(args, only)
    if (args.length === 3) return resolveTimeDifference(args)
    return resolveIntervalSum(args, -1) ?? resolveNumeric(subtraction, args)
  },
}

function negation(
  args: readonly ArgumentInfo[],
  only: ArgumentInfo,
): ScalarBinding | SignatureProblem {
  const { type } = only
  const shared = { parameters: [type], returns: type }
  if (isInterval(type))
    return strict(args, {
      ...shared,
      evaluate: (a: number) => 0 - a,
      emit: (_, [a = '']) => `(0 - ${a})`,
    })
  if (!isNumeric(type)) return problem(`cannot negate ${formatType(type)}`)
  switch (type.kind) {
    case 'float':
    case 'double':
      return strict(args, {
        ...shared,
        evaluate: (a: number) => -a,
        emit: (_, [a = '']) => `(-${a})`,
      })
    case 'bigint':
      return strict(args, {
        ...shared,
        evaluate: negateLong,
        emit: (scope, [a = '']) =>
          `(typeof ${a} === 'number' ? 0 - ${a} : ${scope.constant(negateLong, 'negateLong')}(${a}))`,
      })
    case 'decimal':
      return strict(args, {
        ...shared,
        evaluate: (a: Hybrid) => (typeof a === 'number' ? 0 - a : -a),
        emit: (_, [a = '']) => `(typeof ${a} === 'number' ? 0 - ${a} : -${a})`,
      })
    default: {
      const bits = type.kind === 'tinyint' ? 8 : type.kind === 'smallint' ? 16 : 32
      return strict(args, {
        ...shared,
        evaluate: (a: number) => narrow(0 - a, bits),
        emit: (_, [a = '']) => `((0 - ${a}) << ${32 - bits} >> ${32 - bits})`,
      })
    }
  }
}

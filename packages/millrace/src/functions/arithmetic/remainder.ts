// `%` and MOD over exact numbers: the remainder has the dividend's sign and, of two integers, the divisor's type.

import { formatType, isExact, types } from '../../types/data-type.ts'
import { remainderDecimal } from '../../types/decimal.ts'
import { narrow, remainderLong } from '../../types/integer.ts'
import { decimalRemainderType } from '../../types/type-rules.ts'
import type { Hybrid } from '../../types/value.ts'
import { problem, strict } from '../binding.ts'
import type { ScalarFunction } from '../function-definition.ts'
import type { BinaryArithmetic } from './binary-operator.ts'
import { resolveNumeric } from './binary-operator.ts'
import { checkDivisor } from './divide.ts'

const remaindering: BinaryArithmetic = {
  symbol: '%',
  int: (a, b) => (a % checkDivisor(b)) + 0,
  emitInt: (scope, a, b) => `(${a} % ${scope.constant(checkDivisor, 'checkDivisor')}(${b}))`,
  long: (a, b) => remainderLong(a, checkDivisor(b)),
  double: (a, b) => a % b,
  emitDouble: (a, b) => `(${a} % ${b})`,
  decimal: (a, scaleA, b, scaleB, precision, scale) =>
    remainderDecimal(a, scaleA, checkDivisor(b), scaleB, precision, scale),
  decimalType: decimalRemainderType,
}

export const remainder: ScalarFunction = {
  kind: 'scalar',
  name: 'MOD',
  aliases: ['%'],
  docs: {
    group: 'arithmetic',
    summary: 'The remainder of a division; it has the sign of the dividend.',
    examples: [
      ['MOD(-7, 3)', '-1'],
      ['5.5 % 2', '1.5'],
    ],
  },
  resolve(args) {
    const [a, b] = args
    if (a === undefined || b === undefined || args.length !== 2)
      return problem('needs two operands')
    const wrong = args.find(x => !isExact(x.type))
    if (wrong) return problem(`needs exact numbers, not ${formatType(wrong.type)}`)
    if (a.type.kind === 'decimal' || b.type.kind === 'decimal' || a.type.kind === b.type.kind)
      return resolveNumeric(remaindering, args)
    // Computed over 64 bits, then narrowed to the divisor's type.
    const { kind } = b.type
    const bits = kind === 'tinyint' ? 8 : kind === 'smallint' ? 16 : 32
    return strict(args, {
      parameters: [types.bigint, types.bigint],
      returns: b.type,
      evaluate: (x: Hybrid, y: Hybrid) => {
        const rest = remainderLong(x, checkDivisor(y))
        return kind === 'bigint' ? rest : narrow(rest, bits)
      },
    })
  },
}

// ROUND (HALF_UP) and TRUNCATE (towards zero) to a number of decimals, which may be negative.

import type { DataType, DataTypeOf } from '../../types/data-type.ts'
import { formatType, isInteger, isNumeric, types } from '../../types/data-type.ts'
import { divideHalfUp, fits, pow10 } from '../../types/decimal.ts'
import { canonical, narrow, wrapLong } from '../../types/integer.ts'
import { decimalRoundType } from '../../types/type-rules.ts'
import type { Hybrid } from '../../types/value.ts'
import { problem, strict } from '../binding.ts'
import { EvaluationError } from '../evaluation-error.ts'
import type { ScalarFunction } from '../function-definition.ts'

/** Divides integers to an integer in one of the two manners. */
type Divide = (a: bigint, b: bigint) => bigint

export const round = digitsFunction(
  'ROUND',
  'rounded half up',
  ['ROUND(2.55, 1)', '2.6'],
  divideHalfUp,
)
export const truncate = digitsFunction(
  'TRUNCATE',
  'cut off',
  ['TRUNCATE(-42.345, 1)', '-42.3'],
  (a, b) => a / b,
)

function digitsFunction(
  name: string,
  words: string,
  example: readonly [string, string],
  divide: Divide,
): ScalarFunction {
  return {
    kind: 'scalar',
    name,
    docs: {
      group: 'arithmetic',
      summary: `A number ${words} to a number of decimals, to none unless given; negative ones count before the point.`,
      examples: [example],
    },
    resolve(args) {
      const [arg, digits] = args
      if (arg === undefined || args.length > 2)
        return problem('needs a number and at most its decimals')
      if (!isNumeric(arg.type)) return problem(`needs a number, not ${formatType(arg.type)}`)
      if (digits && !isInteger(digits.type) && digits.type.kind !== 'null')
        return problem(`needs an INT as its decimals, not ${formatType(digits.type)}`)
      const known = digits === undefined ? 0 : digits.constant?.value
      const returns = resultType(arg.type, typeof known === 'number' ? known : undefined)
      const compute = rounding(arg.type, returns, divide)
      return strict(args, {
        parameters: digits ? [arg.type, types.int] : [arg.type],
        returns,
        mayReturnNull: returns.kind === 'decimal',
        evaluate: (x: Hybrid, n = 0) => compute(x, n),
      })
    },
  }
}

function resultType(type: DataType, digits: number | undefined): DataType {
  return type.kind === 'decimal' && digits !== undefined ? decimalRoundType(type, digits) : type
}

function rounding(
  type: DataType,
  returns: DataType,
  divide: Divide,
): (x: Hybrid, digits: number) => Hybrid | null {
  if (type.kind === 'decimal') {
    const { precision, scale } = returns as DataTypeOf<'decimal'>
    return (x, digits) => {
      const rounded = roundUnscaled(BigInt(x), type.scale, digits, scale, divide)
      return fits(rounded, precision) ? rounded : null
    }
  }
  if (isInteger(type)) {
    const bits = type.kind === 'tinyint' ? 8 : type.kind === 'smallint' ? 16 : 32
    return (x, digits) => {
      const rounded = roundUnscaled(BigInt(x), 0, digits, 0, divide)
      return type.kind === 'bigint' ? wrapLong(BigInt(rounded)) : narrow(rounded, bits)
    }
  }
  const shorten = type.kind === 'float' ? Math.fround : (x: number) => x
  return (x, digits) => shorten(roundDouble(x as number, digits, divide))
}

/** Rounds value × 10^-scale to `digits` decimals; the result is at scale `to`. */
function roundUnscaled(
  x: bigint,
  scale: number,
  digits: number,
  to: number,
  divide: Divide,
): Hybrid {
  const kept = Math.min(digits, scale)
  const dropped = scale - kept
  if (dropped > 76) return 0
  const rounded = divide(x, pow10(dropped)) // at scale `kept`, which may be negative
  return canonical(to >= kept ? rounded * pow10(to - kept) : divide(rounded, pow10(kept - to)))
}

/** Rounds the shortest decimal text of the double, as Java's `BigDecimal.valueOf` has it. */
function roundDouble(x: number, digits: number, divide: Divide): number {
  if (!Number.isFinite(x))
    throw new EvaluationError(`cannot round ${x}`, 'Filter out NaN and infinities before.')
  const [mantissa = '0', exponent = '0'] = x.toExponential().split('e')
  const unscaled = BigInt(mantissa.replace('.', ''))
  const scale = (mantissa.split('.')[1]?.length ?? 0) - Number(exponent)
  if (digits >= scale) return x
  if (scale - digits > 76) return 0
  return Number(`${divide(unscaled, pow10(scale - digits))}e${-digits}`)
}

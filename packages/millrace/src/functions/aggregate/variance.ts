// VAR_POP, VAR_SAMP, STDDEV_POP, STDDEV_SAMP, as Calcite rewrites them: (Σx² - (Σx)² / n) / n, each step in SQL's own types.

import type { DataType, DataTypeOf } from '../../types/data-type.ts'
import { formatType, isNumeric, notNull, types } from '../../types/data-type.ts'
import {
  decimalFromNumber,
  decimalToNumber,
  divideDecimal,
  multiplyDecimal,
  rescale,
  subtractDecimal,
  toDecimal,
} from '../../types/decimal.ts'
import { divideLong, multiplyLong, narrow, saturate, subtractLong } from '../../types/integer.ts'
import {
  asDecimal,
  averageType,
  decimalProductType,
  decimalQuotientType,
  decimalSumType,
  sumType,
} from '../../types/type-rules.ts'
import type { Hybrid, Value } from '../../types/value.ts'
import { problem } from '../binding.ts'
import type { AggregateBinding, AggregateFunction } from '../function-definition.ts'
import { sumArithmetic } from './sum-arithmetic.ts'

export const varPop = varianceFunction('VAR_POP', [], 0, false, 'population variance')
export const varSamp = varianceFunction('VAR_SAMP', ['VARIANCE'], 1, false, 'sample variance')
export const stddevPop = varianceFunction(
  'STDDEV_POP',
  [],
  0,
  true,
  'population standard deviation',
)
export const stddevSamp = varianceFunction(
  'STDDEV_SAMP',
  ['STDDEV'],
  1,
  true,
  'sample standard deviation',
)

function varianceFunction(
  name: string,
  aliases: readonly string[],
  correction: 0 | 1,
  root: boolean,
  words: string,
): AggregateFunction {
  return {
    kind: 'aggregate',
    name,
    aliases,
    docs: {
      group: 'aggregate',
      summary: `The ${words} of all values that are not NULL, in their own type; NULL of fewer than ${correction + 1}.`,
    },
    resolve(args) {
      const [arg] = args
      if (arg === undefined || args.length !== 1) return problem('needs one argument')
      if (!isNumeric(arg.type)) return problem(`needs a number, not ${formatType(arg.type)}`)
      return varianceBinding(momentsOf(arg.type), arg.type, correction, root)
    },
  }
}

/** How a type computes: its squares, and the variance out of the two sums, a count and a divisor. */
interface Moments {
  readonly squareType: DataType
  readonly sumType: DataType
  square(x: Hybrid): Hybrid
  variance(squares: Hybrid, sum: Hybrid, count: number, divisor: number): Value
  root(variance: Hybrid): Value
}

function varianceBinding(
  moments: Moments,
  type: DataType,
  correction: 0 | 1,
  root: boolean,
): AggregateBinding {
  const total = sumArithmetic(moments.sumType)
  const squares = sumArithmetic(moments.squareType)
  const { square } = moments
  const finish = (sumOfSquares: Hybrid, sum: Hybrid, count: number): Value => {
    if (count <= correction) return null
    const variance = moments.variance(sumOfSquares, sum, count, count - correction)
    return root && variance !== null ? moments.root(variance as Hybrid) : variance
  }
  const step = (op: '+' | '-'): AggregateBinding['accumulate'] => {
    return (scope, [squared = '', sum = '', n = ''], [x = '']) => {
      const xx = scope.local('square')
      scope.statement(`const ${xx} = ${scope.constant(square, 'square')}(${x})`)
      squares.emit(scope, squared, op, xx)
      total.emit(scope, sum, op, x)
      scope.statement(`${n} = ${n} ${op} 1`)
    }
  }
  return {
    parameters: [type],
    returns: averageType(type),
    // Of a single value too, where the sample's is NULL: Flink types it so.
    isNullOnlyIfEmpty: true,
    skipsNulls: true,
    fields: [
      { name: 'squares', type: notNull(moments.squareType), initial: '0' },
      { name: 'sum', type: notNull(moments.sumType), initial: '0' },
      { name: 'count', type: notNull(types.bigint), initial: '0' },
    ],
    accumulate: step('+'),
    retract: step('-'),
    merge(scope, [squared = '', sum = '', n = ''], [fromSquared = '', fromSum = '', fromN = '']) {
      squares.emit(scope, squared, '+', fromSquared)
      total.emit(scope, sum, '+', fromSum)
      scope.statement(`${n} = ${n} + ${fromN}`)
    },
    result: (scope, [squared = '', sum = '', n = '']) =>
      `${scope.constant(finish, 'variance')}(${squared}, ${sum}, ${n})`,
    evaluate(rows) {
      const values = rows.map(([x]) => x as Hybrid)
      const sumOfSquares = values.map(square).reduce(squares.add, 0)
      return finish(sumOfSquares, values.reduce(total.add, 0), rows.length)
    },
  }
}

function momentsOf(type: DataType): Moments {
  if (type.kind === 'decimal') return decimalMoments(type)
  if (type.kind === 'double') return doubleMoments(type, x => x)
  if (type.kind === 'float') return doubleMoments(type, Math.fround)
  const wrap =
    type.kind === 'bigint'
      ? (x: Hybrid) => x
      : (x: Hybrid) => narrow(x, type.kind === 'tinyint' ? 8 : type.kind === 'smallint' ? 16 : 32)
  return {
    squareType: type,
    sumType: type,
    square: x => wrap(multiplyLong(x, x)),
    variance: (squares, sum, count, divisor) =>
      wrap(
        divideLong(subtractLong(squares, divideLong(wrap(multiplyLong(sum, sum)), count)), divisor),
      ),
    root: variance => wrap(saturate(Math.sqrt(Number(variance)), 64)),
  }
}

function doubleMoments(type: DataType, round: (x: number) => number): Moments {
  return {
    squareType: type,
    sumType: type,
    square: x => round((x as number) * (x as number)),
    variance(squares, sum, count, divisor) {
      const squareOfSum = round((sum as number) * (sum as number))
      return round(round((squares as number) - round(squareOfSum / count)) / divisor)
    },
    root: variance => round(Math.sqrt(variance as number)),
  }
}

function decimalMoments(type: DataTypeOf<'decimal'>): Moments {
  const n = asDecimal(types.bigint)
  const square = decimalProductType(type, type)
  const squares = sumType(square) as DataTypeOf<'decimal'>
  const sum = sumType(type) as DataTypeOf<'decimal'>
  const squareOfSum = decimalProductType(sum, sum)
  const meanSquare = decimalQuotientType(squareOfSum, n)
  const spread = decimalSumType(squares, meanSquare)
  const quotient = decimalQuotientType(spread, n)
  const result = averageType(type) as DataTypeOf<'decimal'>
  return {
    squareType: squares,
    sumType: sum,
    square: x =>
      rescale(
        multiplyDecimal(x, type.scale, x, type.scale, 76, 2 * type.scale) ?? 0,
        2 * type.scale,
        square.scale,
      ),
    variance(sumOfSquares, total, count, divisor) {
      const a = multiplyDecimal(
        total,
        sum.scale,
        total,
        sum.scale,
        squareOfSum.precision,
        squareOfSum.scale,
      )
      const b =
        a === null
          ? null
          : divideDecimal(a, squareOfSum.scale, count, 0, meanSquare.precision, meanSquare.scale)
      const c =
        b === null
          ? null
          : subtractDecimal(
              sumOfSquares,
              squares.scale,
              b,
              meanSquare.scale,
              spread.precision,
              spread.scale,
            )
      const d =
        c === null
          ? null
          : divideDecimal(c, spread.scale, divisor, 0, quotient.precision, quotient.scale)
      return d === null ? null : toDecimal(d, quotient.scale, result.precision, result.scale)
    },
    root: variance =>
      decimalFromNumber(
        Math.sqrt(decimalToNumber(variance, result.scale)),
        result.precision,
        result.scale,
      ),
  }
}

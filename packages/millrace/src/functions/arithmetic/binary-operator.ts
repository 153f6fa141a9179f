// What `+`, `-`, `*`, `/` and `%` share: how their types resolve and how each kind of number computes.

import type { DataType, DataTypeOf } from '../../types/data-type.ts'
import { formatType, isExact, isNumeric } from '../../types/data-type.ts'
import type { DecimalOperation } from '../../types/decimal.ts'
import { narrow } from '../../types/integer.ts'
import { asDecimal, leastRestrictive } from '../../types/type-rules.ts'
import type { Hybrid } from '../../types/value.ts'
import { problem, strict } from '../binding.ts'
import type {
  ArgumentInfo,
  CodeScope,
  EmitExpression,
  ScalarBinding,
  SignatureProblem,
} from '../function-definition.ts'

/** One operator over each kind of number. Emitters take atoms and give an expression. */
export interface BinaryArithmetic {
  readonly symbol: string
  /** Over INT and smaller, before the wrap to the type: any integer, exact. */
  readonly int: (a: number, b: number) => number
  readonly emitInt: (scope: CodeScope, a: string, b: string) => string
  readonly long: (a: Hybrid, b: Hybrid) => Hybrid
  /** The operator on two JS numbers, exact whenever its result is safe; without one, generated code calls `long`. */
  readonly emitFast?: (a: string, b: string) => string
  readonly double: (a: number, b: number) => number
  readonly emitDouble: (a: string, b: string) => string
  readonly decimal: DecimalOperation
  readonly decimalType: (
    a: DataTypeOf<'decimal'>,
    b: DataTypeOf<'decimal'>,
  ) => DataTypeOf<'decimal'>
  /** Whether code may compute decimals of one scale by `emitFast` on the unscaled numbers (`+`, `-`). */
  readonly linear?: boolean
}

/** Resolves the operator over two numeric operands. */
export function resolveNumeric(
  operator: BinaryArithmetic,
  args: readonly ArgumentInfo[],
): ScalarBinding | SignatureProblem {
  const [a, b] = args
  if (a === undefined || b === undefined) return problem('needs two operands')
  if (!isNumeric(a.type) || !isNumeric(b.type)) return cannotApply(args)
  if (
    isExact(a.type) &&
    isExact(b.type) &&
    (a.type.kind === 'decimal' || b.type.kind === 'decimal')
  )
    return decimalBinding(operator, args, asDecimal(a.type), asDecimal(b.type))
  const common = leastRestrictive([a.type, b.type])
  return common === undefined ? cannotApply(args) : primitiveBinding(operator, args, common)
}

export function cannotApply(args: readonly ArgumentInfo[]): SignatureProblem {
  const [a, b] = args.map(x => formatType(x.type))
  return problem(
    b === undefined ? `cannot be applied to ${a}` : `cannot be applied to ${a} and ${b}`,
  )
}

function primitiveBinding(
  operator: BinaryArithmetic,
  args: readonly ArgumentInfo[],
  type: DataType,
): ScalarBinding {
  const shared = { parameters: [type, type], returns: type }
  const { int, long, double } = operator
  switch (type.kind) {
    case 'bigint':
      return strict(args, { ...shared, evaluate: long, emit: emitLong(operator) })
    case 'float':
      return strict(args, {
        ...shared,
        evaluate: (a: number, b: number) => Math.fround(double(a, b)),
        emit: (_, [a = '', b = '']) => `Math.fround(${operator.emitDouble(a, b)})`,
      })
    case 'double':
      return strict(args, {
        ...shared,
        evaluate: double,
        emit: (_, [a = '', b = '']) => operator.emitDouble(a, b),
      })
    default: {
      const bits = type.kind === 'tinyint' ? 8 : type.kind === 'smallint' ? 16 : 32
      return strict(args, {
        ...shared,
        evaluate: (a: number, b: number) => narrow(int(a, b), bits),
        emit: (scope, [a = '', b = '']) => wrapCode(operator.emitInt(scope, a, b), bits),
      })
    }
  }
}

/** `code` gives an int32 or a safe integer; wraps it to the bits. */
function wrapCode(code: string, bits: 8 | 16 | 32): string {
  return bits === 32 ? `(${code} | 0)` : `(${code} << ${32 - bits} >> ${32 - bits})`
}

/** The result stays a JS number on the fast path; the bigint path is a call out of line. */
function emitLong({ emitFast, long, symbol }: BinaryArithmetic): EmitExpression {
  return (scope, [a = '', b = '']) => {
    const slow = `${scope.constant(long, LONG_NAMES[symbol] ?? 'long')}(${a}, ${b})`
    return emitFast ? emitGuarded(scope, a, b, emitFast(a, b), slow) : slow
  }
}

const LONG_NAMES: Record<string, string> = {
  '+': 'addLong',
  '-': 'subtractLong',
  '*': 'multiplyLong',
  '/': 'divideLong',
  '%': 'remainderLong',
}

/** `fast` when both operands are numbers and it is safe (NaN fails both comparisons), else `slow`. */
export function emitGuarded(
  scope: CodeScope,
  a: string,
  b: string,
  fast: string,
  slow: string,
): string {
  const r = scope.local('r')
  scope.statement(
    `const ${r} = typeof ${a} === 'number' && typeof ${b} === 'number' ? ${fast} : NaN`,
  )
  return `(${r} <= 9007199254740991 && ${r} >= -9007199254740991 ? ${r} : ${slow})`
}

function decimalBinding(
  operator: BinaryArithmetic,
  args: readonly ArgumentInfo[],
  a: DataTypeOf<'decimal'>,
  b: DataTypeOf<'decimal'>,
): ScalarBinding {
  const { decimal, decimalType, linear, emitFast } = operator
  const result = decimalType(a, b)
  const { precision, scale } = result
  // With 16 digits and more a safe integer always fits, so that the fast path needs no check of precision.
  const fast = linear && a.scale === scale && b.scale === scale && precision >= 16
  return strict(args, {
    parameters: [a, b],
    returns: result,
    mayReturnNull: precision === 38,
    evaluate: (x: Hybrid, y: Hybrid) => decimal(x, a.scale, y, b.scale, precision, scale),
    emit: (scope, [x = '', y = '']) => {
      const name = scope.constant(decimal, 'decimal')
      const slow = `${name}(${x}, ${a.scale}, ${y}, ${b.scale}, ${precision}, ${scale})`
      const exactProduct = operator.symbol === '*' && scale === a.scale + b.scale && precision >= 16
      return emitFast && (fast || exactProduct)
        ? emitGuarded(scope, x, y, emitFast(x, y), slow)
        : slow
    },
  })
}

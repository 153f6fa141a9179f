// ABS and SIGN, in the argument's own type.

import type { DataType } from '../../types/data-type.ts'
import { formatType, isNumeric } from '../../types/data-type.ts'
import { canonical, narrow, wrapLong } from '../../types/integer.ts'
import type { Hybrid } from '../../types/value.ts'
import { problem, strict } from '../binding.ts'
import type { EmitExpression, ScalarFunction } from '../function-definition.ts'

type Compute = (x: never) => Hybrid

/** The magnitude; that of an integer type's smallest value wraps to itself, as in Java. */
export const abs = ownTypeFunction(
  'ABS',
  'The magnitude of a number.',
  ['ABS(-1.5)', '1.5'],
  absolute,
  type =>
    type.kind === 'double' || type.kind === 'float' ? (_, [x = '']) => `Math.abs(${x})` : undefined,
)

export const sign = ownTypeFunction(
  'SIGN',
  'Minus one, zero or one, as the number is negative, zero or positive.',
  ['SIGN(-3)', '-1'],
  signum,
  () => undefined,
)

function ownTypeFunction(
  name: string,
  summary: string,
  example: readonly [string, string],
  compute: (type: DataType) => Compute,
  emitter: (type: DataType) => EmitExpression | undefined,
): ScalarFunction {
  return {
    kind: 'scalar',
    name,
    docs: { group: 'arithmetic', summary, examples: [example] },
    resolve(args) {
      const [arg] = args
      if (arg === undefined || args.length !== 1) return problem('needs one argument')
      if (!isNumeric(arg.type)) return problem(`needs a number, not ${formatType(arg.type)}`)
      const emit = emitter(arg.type)
      return strict(args, {
        parameters: [arg.type],
        returns: arg.type,
        evaluate: compute(arg.type),
        ...(emit ? { emit } : {}),
      })
    },
  }
}

function absolute(type: DataType): Compute {
  switch (type.kind) {
    case 'tinyint':
      return (x: number) => narrow(Math.abs(x), 8)
    case 'smallint':
      return (x: number) => narrow(Math.abs(x), 16)
    case 'int':
      return (x: number) => narrow(Math.abs(x), 32)
    case 'bigint':
      return (x: Hybrid) => (typeof x === 'number' ? Math.abs(x) : wrapLong(x < 0n ? -x : x))
    case 'decimal':
      return (x: Hybrid) => (typeof x === 'number' ? Math.abs(x) : canonical(x < 0n ? -x : x))
    default:
      return (x: number) => Math.abs(x)
  }
}

function signum(type: DataType): Compute {
  if (type.kind !== 'decimal')
    return (x: Hybrid) => (typeof x === 'number' ? Math.sign(x) : x < 0n ? -1 : 1)
  const one = canonical(10n ** BigInt(type.scale))
  return (x: Hybrid) => (x === 0 ? 0 : x < 0 ? -one : one)
}

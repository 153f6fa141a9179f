// CEIL and FLOOR: of numbers here; of points in time to a unit in the temporal functions.

import { formatType, isInteger, isNumeric, types } from '../../types/data-type.ts'
import { pow10 } from '../../types/decimal.ts'
import { canonical } from '../../types/integer.ts'
import type { Hybrid } from '../../types/value.ts'
import { problem, strict } from '../binding.ts'
import type {
  ArgumentInfo,
  ScalarBinding,
  ScalarFunction,
  SignatureProblem,
} from '../function-definition.ts'
import { resolveToUnit } from '../temporal/floor-to-unit.ts'

type Direction = 'CEIL' | 'FLOOR'

export const ceil: ScalarFunction = {
  kind: 'scalar',
  name: 'CEIL',
  aliases: ['CEILING'],
  docs: {
    group: 'arithmetic',
    summary:
      'The smallest whole number that is at least the number; a point in time rounded up to a unit.',
    examples: [['CEIL(1.2)', '2']],
  },
  resolve: (args, session) =>
    args.length === 2 ? resolveToUnit('ceil', args, session) : resolveRounding('CEIL', args),
}

export const floor: ScalarFunction = {
  kind: 'scalar',
  name: 'FLOOR',
  docs: {
    group: 'arithmetic',
    summary:
      'The greatest whole number that is at most the number; a point in time rounded down to a unit.',
    examples: [['FLOOR(-1.5)', '-2']],
  },
  resolve: (args, session) =>
    args.length === 2 ? resolveToUnit('floor', args, session) : resolveRounding('FLOOR', args),
}

/** CEIL or FLOOR of a number: of a DECIMAL(p, s) as DECIMAL(p, 0), of others in their own type. */
function resolveRounding(
  direction: Direction,
  args: readonly ArgumentInfo[],
): ScalarBinding | SignatureProblem {
  const [arg] = args
  if (arg === undefined || args.length !== 1)
    return problem('needs a number, or a point in time and a unit')
  const { type } = arg
  if (!isNumeric(type)) return problem(`needs a number, not ${formatType(type)}`)
  if (isInteger(type)) {
    return strict(args, {
      parameters: [type],
      returns: type,
      evaluate: (x: Hybrid) => x,
      emit: (_, [x = '']) => x,
    })
  }
  if (type.kind === 'decimal') {
    return strict(args, {
      parameters: [type],
      returns: types.decimal(type.precision, 0),
      evaluate: roundDecimal(direction, type.scale),
    })
  }
  const math = direction === 'CEIL' ? Math.ceil : Math.floor
  return strict(args, {
    parameters: [type],
    returns: type,
    evaluate: math,
    emit: (_, [x = '']) => `Math.${direction.toLowerCase()}(${x})`,
  })
}

function roundDecimal(direction: Direction, scale: number): (x: Hybrid) => Hybrid {
  const unit = pow10(scale)
  return x => {
    const whole = BigInt(x) / unit
    const rest = BigInt(x) - whole * unit
    if (direction === 'CEIL') return canonical(rest > 0n ? whole + 1n : whole)
    return canonical(rest < 0n ? whole - 1n : whole)
  }
}

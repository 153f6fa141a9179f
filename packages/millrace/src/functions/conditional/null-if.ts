// NULLIF.

import { afterComputation, withNullable } from '../../types/data-type.ts'
import type { Value } from '../../types/value.ts'
import { keepNullability, problem } from '../binding.ts'
import { resolveEqualOperands } from '../comparison/operands.ts'
import { findConversion } from '../conversion/find-conversion.ts'
import type { ScalarFunction } from '../function-definition.ts'
import { isProblem } from '../function-definition.ts'

/** CASE WHEN a = b THEN NULL ELSE a END, in the type of a. */
export const nullIf: ScalarFunction = {
  kind: 'scalar',
  name: 'NULLIF',
  docs: {
    group: 'conditional',
    summary: 'NULL when both arguments are equal, else the first.',
    examples: [['NULLIF(1, 2)', '1']],
  },
  resolve(args, session) {
    const [a, b] = args
    if (a === undefined || b === undefined || args.length !== 2)
      return problem('needs two arguments')
    const operands = resolveEqualOperands(a.type, b.type)
    if (isProblem(operands)) return operands
    // The first argument stays what it is, since it is also the answer; only for the test it is cast.
    const conversion = findConversion(a.type, operands.left, session)
    if (conversion === undefined) return problem('cannot compare its arguments')
    const convert = conversion.convert as (value: Value) => Value
    return {
      parameters: keepNullability([a.type, operands.right], args),
      returns: withNullable(afterComputation(a.type), true),
      nulls: 'own',
      evaluate: (x: Value, y: Value) =>
        x === null || (y !== null && operands.equal(convert(x), y)) ? null : x,
    }
  },
}

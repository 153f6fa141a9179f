// TYPEOF: the type of an expression as text, known before any row is.

import { formatType, types } from '../../types/data-type.ts'
import { keepNullability, problem, typesOf } from '../binding.ts'
import type { ScalarFunction } from '../function-definition.ts'

export const typeOf: ScalarFunction = {
  kind: 'scalar',
  name: 'TYPEOF',
  docs: {
    group: 'conversion',
    summary:
      'The type of the argument as text; with TRUE as a second argument in full, without short names.',
    examples: [["TYPEOF('abc')", "'CHAR(3) NOT NULL'"]],
  },
  resolve(args) {
    const [arg, inFull] = args
    if (arg === undefined || args.length > 2)
      return problem('needs an expression and at most a flag')
    if (inFull && typeof inFull.constant?.value !== 'boolean')
      return problem('needs a constant BOOLEAN as argument 2')
    const short = formatType(arg.type)
    const text = inFull?.constant?.value
      ? short
          .replaceAll(/\bSTRING\b/g, 'VARCHAR(2147483647)')
          .replaceAll(/\bBYTES\b/g, 'VARBINARY(2147483647)')
      : short
    return {
      parameters: keepNullability(typesOf(args), args),
      returns: types.string,
      nulls: 'own',
      evaluate: () => text,
    }
  },
}

// `UUID()`.

import { notNull, types } from '../../types/data-type.ts'
import { problem } from '../binding.ts'
import type { EvaluationContext, ScalarFunction } from '../function-definition.ts'

export const uuid: ScalarFunction = {
  kind: 'scalar',
  name: 'UUID',
  docs: { group: 'system', summary: 'A random UUID (version 4), another one for each record.' },
  resolve(args) {
    if (args.length > 0) return problem('takes no arguments')
    return {
      parameters: [],
      returns: notNull(types.char(36)),
      nulls: 'strict',
      usesContext: true,
      evaluate: (context: EvaluationContext) => {
        const digit = (mask: number, bits: number) =>
          ((Math.floor(context.random() * 16) & mask) | bits).toString(16)
        return 'xxxxxxxx-xxxx-4xxx-yxxx-xxxxxxxxxxxx'.replace(/[xy]/g, place =>
          place === 'x' ? digit(15, 0) : digit(3, 8),
        )
      },
    }
  },
}

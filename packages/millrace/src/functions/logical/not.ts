// `NOT`.

import { formatType, types } from '../../types/data-type.ts'
import { problem, strict } from '../binding.ts'
import type { ScalarFunction } from '../function-definition.ts'

export const notFunction: ScalarFunction = {
  kind: 'scalar',
  name: 'NOT',
  docs: {
    group: 'logical',
    summary: 'The opposite truth value; UNKNOWN stays UNKNOWN.',
    examples: [['NOT TRUE', 'FALSE']],
  },
  resolve(args) {
    const [arg] = args
    if (arg === undefined || args.length !== 1) return problem('needs one operand')
    if (arg.type.kind !== 'boolean' && arg.type.kind !== 'null')
      return problem(`needs a BOOLEAN, not ${formatType(arg.type)}`)
    return strict(args, {
      parameters: [types.boolean],
      returns: types.boolean,
      evaluate: (x: boolean) => !x,
      emit: (_, [x = '']) => `!${x}`,
    })
  },
}

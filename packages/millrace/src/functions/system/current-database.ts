// `CURRENT_DATABASE()`.

import { notNull, types } from '../../types/data-type.ts'
import { problem } from '../binding.ts'
import type { ScalarFunction } from '../function-definition.ts'

export const currentDatabase: ScalarFunction = {
  kind: 'scalar',
  name: 'CURRENT_DATABASE',
  docs: {
    group: 'system',
    summary: 'The database in which names without one are looked up.',
    examples: [['CURRENT_DATABASE()', "'default_database'"]],
  },
  resolve(args, { database = 'default_database' }) {
    if (args.length > 0) return problem('takes no arguments')
    return {
      parameters: [],
      returns: notNull(types.string),
      nulls: 'strict',
      evaluate: () => database,
    }
  },
}

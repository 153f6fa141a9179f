// APPROX_COUNT_DISTINCT, answered exactly.

import { notNull, types, withNullable } from '../../types/data-type.ts'
import { createMapKey } from '../../types/key-text.ts'
import type { Value } from '../../types/value.ts'
import { problem } from '../binding.ts'
import type { AggregateFunction } from '../function-definition.ts'
import type { CountedValues } from './counted-values.ts'
import { createCounter, emitCount, mergeCounts } from './counted-values.ts'

/** How many different values there are. Flink estimates; this counts, at the cost of a state as large as COUNT(DISTINCT x)'s. */
export const approxCountDistinct: AggregateFunction = {
  kind: 'aggregate',
  name: 'APPROX_COUNT_DISTINCT',
  docs: { group: 'aggregate', summary: 'How many different values there are that are not NULL.' },
  resolve(args) {
    const [arg] = args
    if (arg === undefined || args.length !== 1) return problem('needs one argument')
    const countValue = createCounter(arg.type)
    const mergeValues = mergeCounts(countValue)
    const sizeOf = (values: CountedValues): number => {
      let size = 0
      for (const n of values.values()) if (n > 0) size++
      return size
    }
    return {
      parameters: [arg.type],
      returns: notNull(types.bigint),
      skipsNulls: true,
      fields: [
        {
          name: 'values',
          type: withNullable(types.multiset(arg.type), false),
          initial: 'new Map()',
        },
      ],
      accumulate: emitCount(countValue, 1),
      retract: emitCount(countValue, -1),
      merge: (scope, [values = ''], [from = '']) =>
        scope.statement(`${scope.constant(mergeValues, 'mergeValues')}(${values}, ${from})`),
      result: (scope, [values = '']) => `${scope.constant(sizeOf, 'sizeOf')}(${values})`,
      evaluate(rows) {
        const key = createMapKey(arg.type)
        return new Set(rows.map(([x]) => key(x as Value))).size
      },
    }
  },
}

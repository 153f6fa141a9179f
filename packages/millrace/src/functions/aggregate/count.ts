// COUNT(*) and COUNT(x, …).

import { notNull, types } from '../../types/data-type.ts'
import { typesOf } from '../binding.ts'
import type { AggregateFunction } from '../function-definition.ts'

/** Counts rows; with arguments, those in which none of them is NULL. Never NULL. */
export const count: AggregateFunction = {
  kind: 'aggregate',
  name: 'COUNT',
  docs: {
    group: 'aggregate',
    summary: 'The number of rows, or of rows whose arguments are all not NULL.',
    examples: [['COUNT(*)', '3']],
  },
  resolve: args => ({
    parameters: typesOf(args),
    returns: notNull(types.bigint),
    skipsNulls: args.length > 0,
    fields: [{ name: 'count', type: notNull(types.bigint), initial: '0' }],
    accumulate: (scope, [n = '']) => scope.statement(`${n} = ${n} + 1`),
    retract: (scope, [n = '']) => scope.statement(`${n} = ${n} - 1`),
    merge: (scope, [n = ''], [from = '']) => scope.statement(`${n} = ${n} + ${from}`),
    unmerge: (scope, [n = ''], [from = '']) => scope.statement(`${n} = ${n} - ${from}`),
    result: (_, [n = '']) => n,
    evaluate: rows => rows.length,
  }),
}

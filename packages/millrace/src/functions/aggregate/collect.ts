// COLLECT and ARRAY_AGG: the values themselves.

import { afterComputation, types, withNullable, withoutAttribute } from '../../types/data-type.ts'
import { createMapKey } from '../../types/key-text.ts'
import type { Value } from '../../types/value.ts'
import { problem } from '../binding.ts'
import type { AggregateFunction } from '../function-definition.ts'
import type { CountedValues } from './counted-values.ts'
import { createCounter, emitCount, mergeCounts } from './counted-values.ts'
import { keepArrivals } from './arrivals.ts'
import { storeValues } from './stored-values.ts'

/** A MULTISET of all values that are not NULL; empty without any. */
export const collect: AggregateFunction = {
  kind: 'aggregate',
  name: 'COLLECT',
  docs: {
    group: 'aggregate',
    summary: 'A MULTISET of all values that are not NULL: each with how often it occurs.',
    examples: [['COLLECT(s)', "MAP['a', 1, 'b', 1, 'c', 1]"]],
  },
  resolve(args) {
    const [arg] = args
    if (arg === undefined || args.length !== 1) return problem('needs one argument')
    const type = withoutAttribute(arg.type)
    const multiset = withNullable(types.multiset(type), false)
    const returns = withNullable(types.multiset(afterComputation(arg.type)), false)
    const countValue = createCounter(type)
    const mergeValues = mergeCounts(countValue)
    const snapshot = (values: CountedValues): CountedValues =>
      new Map([...values].filter(([, n]) => n > 0))
    return {
      parameters: [type],
      returns,
      skipsNulls: true,
      fields: [{ name: 'values', type: multiset, initial: 'new Map()', mayGrow: true }],
      accumulate: emitCount(countValue, 1),
      retract: emitCount(countValue, -1),
      merge: (scope, [values = ''], [from = '']) =>
        scope.statement(`${scope.constant(mergeValues, 'mergeValues')}(${values}, ${from})`),
      result: (scope, [values = '']) => `${scope.constant(snapshot, 'snapshot')}(${values})`,
      evaluate(rows) {
        const key = createMapKey(type)
        const counts = new Map<ReturnType<typeof key>, [Value, number]>()
        for (const [x = null] of rows) {
          const entry = counts.get(key(x))
          counts.set(key(x), [entry?.[0] ?? x, (entry?.[1] ?? 0) + 1])
        }
        return new Map(counts.values())
      },
    }
  },
}

/** An ARRAY of all values in arrival order, NULLs included; NULL without any row. */
export const arrayAgg: AggregateFunction = {
  kind: 'aggregate',
  name: 'ARRAY_AGG',
  docs: {
    group: 'aggregate',
    summary: 'An ARRAY of all values, NULLs included, in the order in which they came.',
    examples: [['ARRAY_AGG(x)', 'ARRAY[3, 1, 2]']],
  },
  resolve(args, demands) {
    const [arg] = args
    if (arg === undefined || args.length !== 1) return problem('needs one argument')
    const type = withoutAttribute(arg.type)
    const stored = demands.retract ? keepArrivals(type).binding : storeValues(type)
    const [size, copy] = demands.retract ? ['size', '.values()'] : ['length', '']
    return {
      ...stored,
      parameters: [type],
      returns: withNullable(types.array(afterComputation(arg.type)), type.nullable),
      skipsNulls: false,
      result: (_, [values = '']) => `(${values}.${size} === 0 ? null : [...${values}${copy}])`,
      evaluate: rows => (rows.length === 0 ? null : rows.map(([x = null]) => x)),
    }
  },
}

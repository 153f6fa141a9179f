// FIRST_VALUE and LAST_VALUE: by arrival; NULLs are passed over, as in Flink.

import type { DataType } from '../../types/data-type.ts'
import { afterComputation, withNullable, withoutAttribute } from '../../types/data-type.ts'
import type { Value } from '../../types/value.ts'
import { problem } from '../binding.ts'
import type { AggregateBinding, AggregateFunction } from '../function-definition.ts'
import { keepArrivals } from './arrivals.ts'

export const firstValue = arrivalFunction('FIRST_VALUE', 'first')
export const lastValue = arrivalFunction('LAST_VALUE', 'last')

function arrivalFunction(name: string, which: 'first' | 'last'): AggregateFunction {
  return {
    kind: 'aggregate',
    name,
    docs: {
      group: 'aggregate',
      summary: `The value that is not NULL and came ${which}; NULL without any.`,
      examples: [[`${name}(x)`, which === 'first' ? '3' : '2']],
    },
    resolve(args, demands) {
      const [arg] = args
      if (arg === undefined || args.length !== 1) return problem('needs one argument')
      const type = withoutAttribute(arg.type)
      const binding = demands.retract ? overArrivals(type, which) : overOne(type, which)
      const returns = withNullable(afterComputation(arg.type), true)
      return { ...binding, returns, isNullOnlyIfEmpty: true }
    },
  }
}

const meaning = (which: 'first' | 'last') => (rows: readonly (readonly Value[])[]) =>
  rows.at(which === 'first' ? 0 : -1)?.[0] ?? null

function overOne(type: DataType, which: 'first' | 'last'): AggregateBinding {
  const nullable = withNullable(type, true)
  return {
    parameters: [type],
    returns: nullable,
    skipsNulls: true,
    fields: [{ name: 'value', type: nullable, initial: 'null' }],
    accumulate: (scope, [value = ''], [x = '']) =>
      scope.statement(
        which === 'first' ? `if (${value} === null) ${value} = ${x}` : `${value} = ${x}`,
      ),
    merge: (scope, [value = ''], [from = '']) =>
      scope.statement(
        which === 'first'
          ? `if (${value} === null) ${value} = ${from}`
          : `if (${from} !== null) ${value} = ${from}`,
      ),
    result: (_, [value = '']) => value,
    evaluate: meaning(which),
  }
}

function overArrivals(type: DataType, which: 'first' | 'last'): AggregateBinding {
  const { arrivals, binding } = keepArrivals(type)
  return {
    ...binding,
    parameters: [type],
    returns: withNullable(type, true),
    skipsNulls: true,
    result: (scope, [values = '']) => `${scope.constant(arrivals, 'arrivals')}.${which}(${values})`,
    evaluate: meaning(which),
  }
}

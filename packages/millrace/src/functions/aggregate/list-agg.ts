// LISTAGG.

import { formatType, isCharacter, types, withNullable } from '../../types/data-type.ts'
import type { Value } from '../../types/value.ts'
import { problem } from '../binding.ts'
import type { AggregateBinding, AggregateFunction } from '../function-definition.ts'
import { keepArrivals } from './arrivals.ts'

/** Joins texts in arrival order, with `,` or the given constant between them. NULL of no values. */
export const listAgg: AggregateFunction = {
  kind: 'aggregate',
  name: 'LISTAGG',
  docs: {
    group: 'aggregate',
    summary: 'All texts that are not NULL, joined by a separator, `,` unless given.',
    examples: [["LISTAGG(s, '|')", "'c|a|b'"]],
  },
  resolve(args, demands) {
    const [arg, separator] = args
    if (arg === undefined || args.length > 2) return problem('needs a text and at most a separator')
    if (!isCharacter(arg.type)) return problem(`needs a STRING, not ${formatType(arg.type)}`)
    if (separator && typeof separator.constant?.value !== 'string')
      return problem('needs a constant STRING as the separator')
    const between = (separator?.constant?.value as string | undefined) ?? ','
    const parameters = separator ? [types.string, separator.type] : [types.string]
    const shared = {
      parameters,
      // As Flink declares it: the argument's own type, though a longer text comes out.
      returns: arg.type,
      skipsNulls: true,
      evaluate: (rows: readonly (readonly Value[])[]) =>
        rows.length === 0 ? null : rows.map(([text]) => text).join(between),
    }
    return demands.retract ? overArrivals(shared, between) : overText(shared, between)
  },
}

type Shared = Pick<AggregateBinding, 'parameters' | 'returns' | 'skipsNulls' | 'evaluate'>

function overText(shared: Shared, between: string): AggregateBinding {
  const append = (text: string, next: string) =>
    `${text} = ${text} === null ? ${next} : ${text} + ${JSON.stringify(between)} + ${next}`
  return {
    ...shared,
    fields: [{ name: 'text', type: withNullable(types.string, true), initial: 'null' }],
    accumulate: (scope, [text = ''], [x = '']) => scope.statement(append(text, x)),
    merge: (scope, [text = ''], [from = '']) =>
      scope.statement(`if (${from} !== null) ${append(text, from)}`),
    result: (_, [text = '']) => text,
  }
}

function overArrivals(shared: Shared, between: string): AggregateBinding {
  return {
    ...shared,
    ...keepArrivals(types.string).binding,
    result: (_, [values = '']) =>
      `(${values}.size === 0 ? null : [...${values}.values()].join(${JSON.stringify(between)}))`,
  }
}

// PERCENTILE: exact, interpolated between the two nearest values.

import type { DataType } from '../../types/data-type.ts'
import { formatType, isInteger, isNumeric, notNull, types } from '../../types/data-type.ts'
import type { Value } from '../../types/value.ts'
import { problem } from '../binding.ts'
import type { AggregateBinding, AggregateFunction } from '../function-definition.ts'
import { type CountedValues, createCounter, mergeCounts } from './counted-values.ts'
import { SortedBags, type SortedCounts } from './sorted-counts.ts'

/** `PERCENTILE(value, part [, times])`: each value counts as often as `times` says, not at all for 0. */
export const percentile: AggregateFunction = {
  kind: 'aggregate',
  name: 'PERCENTILE',
  docs: {
    group: 'aggregate',
    summary:
      'The value below which the given part of all values lies, interpolated; for an ARRAY of parts an ARRAY of values. A third argument says how often a value counts.',
  },
  resolve(args) {
    const [value, part, times] = args
    if (value === undefined || part === undefined || args.length > 3)
      return problem('needs a value, a part of one, and at most how often the value counts')
    if (!isNumeric(value.type)) return problem(`needs a number, not ${formatType(value.type)}`)
    if (times && !isInteger(times.type))
      return problem(`needs an integer as its third argument, not ${formatType(times.type)}`)
    const parts = partsOf(part.type, part.constant?.value)
    if (parts === undefined)
      return problem('needs a constant part from 0 to 1, or an ARRAY of them')
    const many = part.type.kind === 'array'
    const finish = (sorted: SortedCounts): Value => {
      if (sorted.total === 0) return null
      const found = parts.map(p => interpolate(sorted, p))
      return many ? found : (found[0] ?? null)
    }
    return {
      ...countedBinding(finish),
      parameters: [types.double, part.type, ...(times ? [types.bigint] : [])],
      returns: many ? types.array(types.double) : types.double,
      skipsNulls: true,
    }
  },
}

/** State: value → how often. */
function countedBinding(
  finish: (sorted: SortedCounts) => Value,
): Pick<AggregateBinding, 'fields' | 'accumulate' | 'retract' | 'merge' | 'result' | 'evaluate'> {
  const compare = (a: Value, b: Value) => order(a as number, b as number)
  const bags = new SortedBags(compare)
  const countValue = createCounter(types.double)
  const change = (sign: 1 | -1) => (values: CountedValues, value: Value, times: Value) => {
    const by = sign * Number(times)
    if (sign * by <= 0) return
    countValue(values, value, by)
    bags.changed(values, value, by)
  }
  const mergeValues = mergeCounts(countValue)
  const merge = (values: CountedValues, from: CountedValues) => {
    mergeValues(values, from)
    bags.forget(values)
  }
  const result = (values: CountedValues) => finish(bags.of(values))
  const step =
    (by: 1 | -1): AggregateBinding['accumulate'] =>
    (scope, [values = ''], [x = '', , times = '1']) =>
      scope.statement(
        `${scope.constant(by === 1 ? add : remove, 'count')}(${values}, ${x}, ${times})`,
      )
  const [add, remove] = [change(1), change(-1)]
  return {
    fields: [
      {
        name: 'values',
        type: notNull(types.multiset(types.double)),
        initial: 'new Map()',
        mayGrow: true,
      },
    ],
    accumulate: step(1),
    retract: step(-1),
    merge: (scope, [values = ''], [from = '']) =>
      scope.statement(`${scope.constant(merge, 'merge')}(${values}, ${from})`),
    result: (scope, [values = '']) => `${scope.constant(result, 'percentile')}(${values})`,
    evaluate(rows) {
      const values: CountedValues = new Map()
      for (const [x = null, , times = 1] of rows) add(values, x, times)
      return finish(bags.of(values))
    },
  }
}

/** NaN last. */
function order(a: number, b: number): number {
  if (a === b) return 0
  if (Number.isNaN(a)) return Number.isNaN(b) ? 0 : 1
  return Number.isNaN(b) || a < b ? -1 : 1
}

/** The parts as numbers; a DECIMAL constant is its unscaled value. */
function partsOf(type: DataType, value: Value | undefined): number[] | undefined {
  if (type.kind === 'array' && Array.isArray(value)) {
    const parts = value.map((v: Value) => partsOf(type.element, v)?.[0])
    return parts.every(p => p !== undefined) ? parts : undefined
  }
  if (typeof value !== 'number') return undefined
  const part = type.kind === 'decimal' ? value / 10 ** type.scale : value
  const isPart = type.kind === 'decimal' || type.kind === 'double' || isInteger(type)
  return isPart && part >= 0 && part <= 1 ? [part] : undefined
}

function interpolate(sorted: SortedCounts, part: number): number {
  const position = (sorted.total - 1) * part
  const below = sorted.at(Math.floor(position)) as number
  const above = sorted.at(Math.ceil(position)) as number
  return below + (above - below) * (position - Math.floor(position))
}

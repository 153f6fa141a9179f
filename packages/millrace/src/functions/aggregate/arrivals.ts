// The values of a group in the order of their arrival, as state from which rows are taken back: number of arrival → value.

import type { DataType } from '../../types/data-type.ts'
import { notNull, types } from '../../types/data-type.ts'
import { createMapKey, type MapKey } from '../../types/key-text.ts'
import type { Value } from '../../types/value.ts'
import type { AccumulatorField, AggregateBinding } from '../function-definition.ts'

/** The state: numbers ascend in the map's own order. */
export type ArrivedValues = Map<number, Value>

/** Where values are found again; beside the state, made anew when it was read. */
interface Index {
  /** Numbers of equal values, the oldest first. */
  readonly numbers: Map<MapKey, number[]>
  first: number
  last: number
}

/** All steps take the time of one look-up, however many values there are. */
export class Arrivals {
  readonly #key: (value: Value) => MapKey
  readonly #indexes = new WeakMap<ArrivedValues, Index>()

  constructor(type: DataType) {
    this.#key = createMapKey(type)
  }

  add(values: ArrivedValues, value: Value): void {
    const index = this.#indexOf(values)
    const number = this.#last(values, index) + 1
    if (values.size === 0) index.first = number
    index.last = number
    values.set(number, value)
    this.#note(index, value, number)
  }

  /** Takes back the oldest of the equal values, if there is one. */
  remove(values: ArrivedValues, value: Value): void {
    const { numbers } = this.#indexOf(values)
    const key = this.#key(value)
    const equal = numbers.get(key)
    const number = equal?.shift()
    if (number === undefined) return
    if (equal?.length === 0) numbers.delete(key)
    values.delete(number)
  }

  /** The oldest value; NULL of none. */
  first(values: ArrivedValues): Value {
    const index = this.#indexOf(values)
    if (values.size === 0) return null
    // What was the first stays gone: each number is passed over once.
    while (!values.has(index.first)) index.first++
    return values.get(index.first) ?? null
  }

  /** The newest value; NULL of none. */
  last(values: ArrivedValues): Value {
    return values.get(this.#last(values, this.#indexOf(values))) ?? null
  }

  merge(values: ArrivedValues, from: ArrivedValues): void {
    for (const value of from.values()) this.add(values, value)
  }

  #last(values: ArrivedValues, index: Index): number {
    if (values.size === 0) return index.last
    while (!values.has(index.last)) index.last--
    return index.last
  }

  #note({ numbers }: Index, value: Value, number: number): void {
    const key = this.#key(value)
    const equal = numbers.get(key)
    if (equal) equal.push(number)
    else numbers.set(key, [number])
  }

  #indexOf(values: ArrivedValues): Index {
    const known = this.#indexes.get(values)
    if (known) return known
    const index: Index = { numbers: new Map(), first: 0, last: -1 }
    for (const [number, value] of values) {
      if (index.last < 0) index.first = number
      index.last = number
      this.#note(index, value, number)
    }
    this.#indexes.set(values, index)
    return index
  }
}

/** Accumulates, takes back and merges values of one argument of the type. */
export function keepArrivals(type: DataType): {
  readonly arrivals: Arrivals
  readonly binding: Pick<AggregateBinding, 'fields' | 'accumulate' | 'merge'> &
    Required<Pick<AggregateBinding, 'retract'>>
} {
  const arrivals = new Arrivals(type)
  const field: AccumulatorField = {
    name: 'values',
    type: notNull(types.map(notNull(types.bigint), type)),
    initial: 'new Map()',
    mayGrow: true,
  }
  const step =
    (name: 'add' | 'remove' | 'merge', at: number): AggregateBinding['accumulate'] =>
    (scope, [values = ''], args) =>
      scope.statement(`${scope.constant(arrivals, 'arrivals')}.${name}(${values}, ${args[at]})`)
  return {
    arrivals,
    binding: {
      fields: [field],
      accumulate: step('add', 0),
      retract: step('remove', 0),
      merge: step('merge', 0),
    },
  }
}

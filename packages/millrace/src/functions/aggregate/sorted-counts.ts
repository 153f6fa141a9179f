// The values of a bag in their order: what MIN, MAX and PERCENTILE look up when rows are taken back from large groups.

import type { Value } from '../../types/value.ts'
import type { CountedValues } from './counted-values.ts'

type Compare = (a: Value, b: Value) => number

/** Neighbouring values, in order, each with how often it occurs. */
interface Chunk {
  readonly values: Value[]
  readonly counts: number[]
  total: number
}

/** A chunk that grows beyond is halved: small enough to insert into, large enough to have few of. */
const MAX_CHUNK = 512

/**
 * A sorted bag in chunks. A change is a binary search for the chunk, one within it, and a move of half a chunk at most; the n-th value
 * is a walk over the chunks. Values must have counts above 0.
 */
export class SortedCounts {
  readonly #compare: Compare
  readonly #chunks: Chunk[] = []
  /** Of all counts. */
  total = 0

  constructor(bag: CountedValues, compare: Compare) {
    this.#compare = compare
    const entries = [...bag].filter(([, n]) => n > 0).sort(([a], [b]) => compare(a, b))
    for (let at = 0; at < entries.length; at += MAX_CHUNK / 2) {
      const part = entries.slice(at, at + MAX_CHUNK / 2)
      const counts = part.map(([, n]) => n)
      const total = counts.reduce((sum, n) => sum + n, 0)
      this.#chunks.push({ values: part.map(([value]) => value), counts, total })
      this.total += total
    }
  }

  /** The smallest value; NULL of none. */
  get first(): Value {
    return this.#chunks[0]?.values[0] ?? null
  }

  /** The greatest value; NULL of none. */
  get last(): Value {
    return this.#chunks.at(-1)?.values.at(-1) ?? null
  }

  /** The value at a position among all, equal ones counted each; positions start at 0. */
  at(position: number): Value {
    let before = 0
    for (const { values, counts, total } of this.#chunks) {
      if (before + total <= position) {
        before += total
        continue
      }
      for (const [i, n] of counts.entries()) {
        before += n
        if (position < before) return values[i] as Value
      }
    }
    return null
  }

  /** Changes how often a value occurs; one that comes to 0 is gone. */
  change(value: Value, by: number): void {
    this.total += by
    const at = this.#chunkOf(value)
    const chunk = this.#chunks[at]
    if (!chunk) {
      this.#chunks.push({ values: [value], counts: [by], total: by })
      return
    }
    chunk.total += by
    const { values, counts } = chunk
    const place = lowerBound(values.length, i => this.#compare(values[i] as Value, value))
    if (place === values.length || this.#compare(values[place] as Value, value) !== 0) {
      values.splice(place, 0, value)
      counts.splice(place, 0, by)
      if (values.length > MAX_CHUNK) this.#halve(at, chunk)
      return
    }
    const count = (counts[place] as number) + by
    if (count > 0) {
      counts[place] = count
      return
    }
    values.splice(place, 1)
    counts.splice(place, 1)
    if (values.length === 0) this.#chunks.splice(at, 1)
  }

  /** The chunk that has the value, or would: the first that does not end before it, else the last. */
  #chunkOf(value: Value): number {
    const at = lowerBound(this.#chunks.length, i =>
      this.#compare(this.#chunks[i]?.values.at(-1) as Value, value),
    )
    return Math.min(at, this.#chunks.length - 1)
  }

  #halve(at: number, { values, counts }: Chunk): void {
    const half = values.length >> 1
    const parts = [
      [values.slice(0, half), counts.slice(0, half)],
      [values.slice(half), counts.slice(half)],
    ] as const
    const chunks = parts.map(([values, counts]) => ({
      values,
      counts,
      total: counts.reduce((sum, n) => sum + n, 0),
    }))
    this.#chunks.splice(at, 1, ...chunks)
  }
}

/** The first position that does not compare below 0. */
function lowerBound(size: number, compare: (i: number) => number): number {
  let [from, to] = [0, size]
  while (from < to) {
    const middle = (from + to) >> 1
    if (compare(middle) < 0) from = middle + 1
    else to = middle
  }
  return from
}

/** Sorted bags beside the bags that are state: made when first asked for, then kept in step. */
export class SortedBags {
  readonly #compare: Compare
  readonly #sorted = new WeakMap<CountedValues, SortedCounts>()

  constructor(compare: Compare) {
    this.#compare = compare
  }

  of(bag: CountedValues): SortedCounts {
    const known = this.#sorted.get(bag)
    if (known) return known
    const made = new SortedCounts(bag, this.#compare)
    this.#sorted.set(bag, made)
    return made
  }

  /** Follows a change of a value in the bag, if it has been sorted; to be called after every one. */
  changed(bag: CountedValues, value: Value, by: number): void {
    this.#sorted.get(bag)?.change(value, by)
  }

  /** Lets go of the order of a bag of which much has changed. */
  forget(bag: CountedValues): void {
    this.#sorted.delete(bag)
  }
}

// The rows of one key in the order of their arrival; each is found, replaced and removed in constant time.

import type { MapKey } from '../../../types/key-text.ts'

/** A row among those of its key, linked to its neighbours. */
export interface Arrival<E> {
  readonly identity: MapKey
  before: E | undefined
  after: E | undefined
  /** The next one to have come with the same identity. */
  same: E | undefined
}

interface Chain<E> {
  first: E
  last: E
}

/**
 * A linked list with an index by identity: one that came twice is removed in the order in which it came. The index is made for the
 * second entry: most keys only ever have one.
 */
export class Arrivals<E extends Arrival<E>> {
  first: E | undefined
  last: E | undefined
  #chains: Map<MapKey, Chain<E>> | undefined

  /** The oldest entry of an identity. */
  find(identity: MapKey): E | undefined {
    if (this.#chains) return this.#chains.get(identity)?.first
    return this.last && isSameKey(this.last.identity, identity) ? this.last : undefined
  }

  append(entry: E): void {
    const { last } = this
    entry.before = last
    if (last) {
      last.after = entry
      this.#chains ??= new Map([[last.identity, { first: last, last }]])
    } else this.first = entry
    this.last = entry
    if (this.#chains) chain(this.#chains, entry)
  }

  /** Removes an entry that {@link find} gave. */
  remove(entry: E): void {
    if (entry.before) entry.before.after = entry.after
    else this.first = entry.after
    if (entry.after) entry.after.before = entry.before
    else this.last = entry.before
    const own = this.#chains?.get(entry.identity)
    if (own && entry.same) own.first = entry.same
    else this.#chains?.delete(entry.identity)
    if (!this.last) this.#chains = undefined
  }

  *[Symbol.iterator](): Generator<E> {
    for (let entry = this.first; entry; entry = entry.after) yield entry
  }
}

function chain<E extends Arrival<E>>(chains: Map<MapKey, Chain<E>>, entry: E): void {
  const known = chains.get(entry.identity)
  if (known) {
    known.last.same = entry
    known.last = entry
  } else chains.set(entry.identity, { first: entry, last: entry })
}

/** As a Map tells keys apart. */
const isSameKey = (a: MapKey, b: MapKey): boolean => a === b || (Number.isNaN(a) && Number.isNaN(b))

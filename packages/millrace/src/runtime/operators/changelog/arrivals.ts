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

/** A linked list with an index by identity: one that came twice is removed in the order in which it came. */
export class Arrivals<E extends Arrival<E>> {
  last: E | undefined
  readonly #chains = new Map<MapKey, Chain<E>>()

  /** The oldest entry of an identity. */
  find(identity: MapKey): E | undefined {
    return this.#chains.get(identity)?.first
  }

  append(entry: E): void {
    entry.before = this.last
    if (this.last) this.last.after = entry
    this.last = entry
    const chain = this.#chains.get(entry.identity)
    if (chain) {
      chain.last.same = entry
      chain.last = entry
    } else this.#chains.set(entry.identity, { first: entry, last: entry })
  }

  /** Removes an entry that {@link find} gave. */
  remove(entry: E): void {
    if (entry.before) entry.before.after = entry.after
    if (entry.after) entry.after.before = entry.before
    else this.last = entry.before
    const chain = this.#chains.get(entry.identity)
    if (chain && entry.same) chain.first = entry.same
    else this.#chains.delete(entry.identity)
  }
}

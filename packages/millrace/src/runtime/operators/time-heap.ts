// Entries waiting for their times: a binary heap by time, then by arrival.

/** Something due at a time; `id` grows with arrival and breaks ties. */
export interface Timed {
  readonly id: number
}

/** The entry that is due first is at the top. Removed entries stay until they come up: the owner skips them. */
export class TimeHeap<E extends Timed> {
  readonly #times: number[] = []
  readonly #entries: E[] = []

  get size(): number {
    return this.#entries.length
  }

  /** The earliest time; `+Infinity` when empty. */
  get earliest(): number {
    return this.#times[0] ?? Number.POSITIVE_INFINITY
  }

  peek(): E | undefined {
    return this.#entries[0]
  }

  push(time: number, entry: E): void {
    let at = this.#entries.length
    this.#times.push(time)
    this.#entries.push(entry)
    while (at > 0) {
      const parent = (at - 1) >> 1
      if (!this.#isBefore(at, parent)) return
      this.#swap(at, parent)
      at = parent
    }
  }

  pop(): E | undefined {
    const top = this.#entries[0]
    const lastEntry = this.#entries.pop()
    const lastTime = this.#times.pop()
    if (top === undefined || this.#entries.length === 0) return top
    this.#entries[0] = lastEntry as E
    this.#times[0] = lastTime as number
    this.#sink()
    return top
  }

  #sink(): void {
    const { length } = this.#entries
    let at = 0
    for (;;) {
      const left = 2 * at + 1
      const right = left + 1
      let first = at
      if (left < length && this.#isBefore(left, first)) first = left
      if (right < length && this.#isBefore(right, first)) first = right
      if (first === at) return
      this.#swap(at, first)
      at = first
    }
  }

  #isBefore(a: number, b: number): boolean {
    const difference = (this.#times[a] as number) - (this.#times[b] as number)
    if (difference !== 0) return difference < 0
    return (this.#entries[a] as E).id < (this.#entries[b] as E).id
  }

  #swap(a: number, b: number): void {
    const time = this.#times[a] as number
    const entry = this.#entries[a] as E
    this.#times[a] = this.#times[b] as number
    this.#entries[a] = this.#entries[b] as E
    this.#times[b] = time
    this.#entries[b] = entry
  }
}

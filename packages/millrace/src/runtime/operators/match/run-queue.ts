// A heap of runs by where they start, laid out as Java's PriorityQueue lays it out.
//
// Runs that start with the same row are equal to the heap. Which of two equal complete runs becomes the match follows from the
// layout, in Flink too: so the layout is part of the answer.

/** Something that starts at a position: partial matches and complete ones. */
export interface Started {
  /** The position of its first row; `+Infinity`: it has none yet. */
  readonly first: number
}

export class RunQueue<R extends Started> implements Iterable<R> {
  #items: R[] = []

  get size(): number {
    return this.#items.length
  }

  /** One of those that start first. */
  get head(): R | undefined {
    return this.#items[0]
  }

  /** In the order of the heap's layout. */
  [Symbol.iterator](): Iterator<R> {
    return this.#items[Symbol.iterator]()
  }

  add(run: R): void {
    this.#items.push(run)
    this.#rise(this.#items.length - 1, run)
  }

  poll(): R | undefined {
    const head = this.#items[0]
    const last = this.#items.pop()
    if (last !== undefined && this.#items.length > 0) this.#sink(0, last)
    return head
  }

  /** Takes out what `isGone` holds for, and hands it to `forget`. */
  removeIf(isGone: (run: R) => boolean, forget: (run: R) => void): void {
    const gone: R[] = []
    const kept: R[] = []
    for (const run of this.#items) (isGone(run) ? gone : kept).push(run)
    if (gone.length === 0) return
    this.#items = kept
    for (let i = (kept.length >>> 1) - 1; i >= 0; i--) this.#sink(i, kept[i] as R)
    gone.forEach(forget)
  }

  #rise(from: number, run: R): void {
    let at = from
    while (at > 0) {
      const parent = (at - 1) >>> 1
      const above = this.#items[parent] as R
      if (run.first >= above.first) break
      this.#items[at] = above
      at = parent
    }
    this.#items[at] = run
  }

  #sink(from: number, run: R): void {
    const { length } = this.#items
    let at = from
    while (at < length >>> 1) {
      let child = 2 * at + 1
      const right = child + 1
      if (right < length && (this.#items[child] as R).first > (this.#items[right] as R).first)
        child = right
      const below = this.#items[child] as R
      if (run.first <= below.first) break
      this.#items[at] = below
      at = child
    }
    this.#items[at] = run
  }
}

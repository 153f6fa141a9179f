// Which records of a partition belong to aborted transactions. @see Kafka's CompletedFetch, and the review of apache/kafka#2840

/** A transaction that was aborted, as a fetch response names it. */
export interface AbortedTransaction {
  readonly producerId: bigint
  readonly firstOffset: number
}

/**
 * Reads a partition in order: batch by batch, fetch by fetch. Producers stay aborted across fetches, until their marker comes.
 */
export class AbortFilter {
  /** Still to come, by first offset, the next one last. */
  #pending: AbortedTransaction[] = []
  readonly #aborted = new Set<bigint>()

  /** Takes the list of a fetch response, whose records follow. */
  begin(transactions: readonly AbortedTransaction[]): void {
    this.#pending = transactions.toSorted((a, b) => b.firstOffset - a.firstOffset)
  }

  /** Whether the records of a transactional batch are aborted. */
  isAborted(producerId: bigint, lastOffset: number): boolean {
    for (;;) {
      const next = this.#pending.at(-1)
      if (!next || next.firstOffset > lastOffset) break
      this.#aborted.add(next.producerId)
      this.#pending.pop()
    }
    return this.#aborted.has(producerId)
  }

  /** A producer's abort marker: what comes behind it is of another transaction. */
  ended(producerId: bigint, markerOffset: number): void {
    this.isAborted(producerId, markerOffset)
    this.#aborted.delete(producerId)
  }

  /** Reading goes on elsewhere. */
  reset(): void {
    this.#pending = []
    this.#aborted.clear()
  }
}

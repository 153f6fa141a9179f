// What commits leave besides keyed state: blobs by name, and outboxes until they are trimmed.

import type { RecoveredOutbox } from '../../state/state-backend.ts'
import type { StoredCommit } from './commit-codec.ts'

/** The sum of all commits applied to it. */
export class CommittedMetadata {
  readonly #blobs = new Map<string, Uint8Array>()
  #outboxes: RecoveredOutbox[] = []

  apply(commit: StoredCommit): void {
    for (const { name, bytes } of commit.blobs) {
      if (bytes) this.#blobs.set(name, bytes.slice())
      else this.#blobs.delete(name)
    }
    for (const { sink, appliedEpoch } of commit.trims)
      this.#outboxes = this.#outboxes.filter(o => o.sink !== sink || o.epoch > appliedEpoch)
    for (const outbox of commit.outboxes)
      this.#outboxes.push({ ...outbox, bytes: outbox.bytes.slice() })
  }

  clear(): void {
    this.#blobs.clear()
    this.#outboxes = []
  }

  /** Copies for the caller to keep. */
  recovered(): { blobs: ReadonlyMap<string, Uint8Array>; outboxes: readonly RecoveredOutbox[] } {
    return { blobs: new Map(this.#blobs), outboxes: [...this.#outboxes] }
  }

  /** One commit that stands for all. */
  toCommit(epoch: number): StoredCommit {
    const blobs = [...this.#blobs].map(([name, bytes]) => ({ name, bytes }))
    return { epoch, trims: [], blobs, outboxes: [...this.#outboxes], deltas: [] }
  }
}

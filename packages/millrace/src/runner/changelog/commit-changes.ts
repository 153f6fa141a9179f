// Commits as changes of a changelog.

import type { StateChangelog } from '../../connector/state-changelog.ts'
import { DELETE_KEY, DeltaReader, encodeFullKey, PUT } from '../../state/delta-format.ts'
import type { EpochCommit, RecoveredState, StateBackend } from '../../state/state-backend.ts'
import { InternalError } from '../../types/errors.ts'
import { ChangeKeys } from './change-codec.ts'

/** A transaction holds about this much of state that is written as a whole. */
const PART_BYTES = 8 * 1024 * 1024

/** Appends changes of one generation. */
export class CommitChanges {
  readonly #changelog: Pick<StateChangelog, 'append' | 'commitPart'>
  readonly #keys: ChangeKeys
  /** By sink: epochs of the outboxes that are not trimmed. */
  readonly #outboxes = new Map<string, number[]>()
  #partBytes = 0

  constructor(changelog: Pick<StateChangelog, 'append' | 'commitPart'>, generation: string) {
    this.#changelog = changelog
    this.#keys = new ChangeKeys(generation)
  }

  /** Goes on from a state that the changelog holds. */
  resume({ outboxes }: RecoveredState): void {
    for (const { sink, epoch } of outboxes) this.#noteOutbox(sink, epoch)
  }

  /** Adds the changes of an epoch to the transaction that is open. */
  append({ epoch, deltas, blobs, outboxes, trims }: EpochCommit): void {
    for (const { operator, bytes } of deltas) this.#appendDelta(operator, bytes)
    for (const { name, bytes } of blobs) this.#put(this.#keys.blob(name), bytes)
    for (const { sink, appliedEpoch } of trims) this.#trim(sink, appliedEpoch)
    for (const { sink, bytes } of outboxes) {
      this.#put(this.#keys.outbox(sink, epoch), bytes)
      this.#noteOutbox(sink, epoch)
    }
  }

  /** Writes the whole state, in as many transactions as it takes, all of them apart from any epoch. */
  async appendAll(backend: StateBackend, recovered: RecoveredState): Promise<void> {
    for (const operator of recovered.operators)
      for await (const chunk of backend.scan(operator)) {
        for (const entry of chunk) {
          const fullKey = encodeFullKey(entry)
          this.#put(this.#keys.entry(operator, fullKey, 0, fullKey.length), entry.value)
        }
        if (this.#partBytes > PART_BYTES) await this.#endPart()
      }
    for (const [name, bytes] of recovered.blobs) this.#put(this.#keys.blob(name), bytes)
    for (const { sink, epoch, bytes } of recovered.outboxes)
      this.#put(this.#keys.outbox(sink, epoch), bytes)
    if (this.#partBytes > 0) await this.#endPart()
  }

  async #endPart(): Promise<void> {
    await this.#changelog.commitPart()
    this.#partBytes = 0
  }

  #appendDelta(operator: string, bytes: Uint8Array): void {
    const reader = new DeltaReader(bytes)
    while (reader.next()) {
      const { tag, keyStart, keyEnd, valueStart, valueEnd } = reader
      if (tag !== PUT && tag !== DELETE_KEY)
        throw new InternalError(`${operator} deletes state without naming its keys`)
      const value = tag === PUT ? bytes.subarray(valueStart, valueEnd) : undefined
      this.#put(this.#keys.entry(operator, bytes, keyStart, keyEnd), value)
    }
  }

  #put(key: Uint8Array, value: Uint8Array | undefined): void {
    this.#changelog.append(key, value)
    this.#partBytes += key.length + (value?.length ?? 0)
  }

  #noteOutbox(sink: string, epoch: number): void {
    const epochs = this.#outboxes.get(sink)
    if (epochs) epochs.push(epoch)
    else this.#outboxes.set(sink, [epoch])
  }

  #trim(sink: string, appliedEpoch: number): void {
    const epochs = this.#outboxes.get(sink) ?? []
    for (const epoch of epochs)
      if (epoch <= appliedEpoch) this.#put(this.#keys.outbox(sink, epoch), undefined)
    this.#outboxes.set(
      sink,
      epochs.filter(e => e > appliedEpoch),
    )
  }
}

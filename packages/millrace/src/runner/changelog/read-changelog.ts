// State as a changelog has it: its changes as deltas for a state backend, and what goes beside them.

import type { StateChangelog } from '../../connector/state-changelog.ts'
import { DeltaWriter } from '../../state/delta-format.ts'
import type { OperatorDelta, RecoveredOutbox } from '../../state/state-backend.ts'
import { generationOf, partOf } from './change-codec.ts'

/** Deltas are given on at about this size. */
const DELTA_BYTES = 4 * 1024 * 1024

/** Reads one generation, once: `deltas` to its end, then the rest. */
export class ChangelogReader {
  readonly blobs = new Map<string, Uint8Array>()
  /** Changes of keyed state. */
  changes = 0
  readonly #changelog: StateChangelog
  readonly #generation: string
  readonly #outboxes = new Map<string, RecoveredOutbox>()

  constructor(changelog: StateChangelog, generation: string) {
    this.#changelog = changelog
    this.#generation = generation
  }

  /** Oldest first. */
  get outboxes(): readonly RecoveredOutbox[] {
    return [...this.#outboxes.values()].toSorted((a, b) => a.epoch - b.epoch)
  }

  async *deltas(): AsyncGenerator<readonly OperatorDelta[]> {
    const writers = new Map<string, DeltaWriter>()
    let bytes = 0
    for await (const changes of this.#changelog.read()) {
      for (const { key, value } of changes) {
        if (generationOf(key) !== this.#generation) continue
        this.#take(key, value, writers)
        bytes += key.length + (value?.length ?? 0)
      }
      if (bytes < DELTA_BYTES) continue
      yield taken(writers)
      bytes = 0
    }
    yield taken(writers)
  }

  #take(key: Uint8Array, value: Uint8Array | undefined, writers: Map<string, DeltaWriter>): void {
    const part = partOf(key)
    switch (part.kind) {
      case 'entry': {
        const writer = writers.get(part.operator) ?? new DeltaWriter(1 << 16)
        writers.set(part.operator, writer)
        this.changes++
        if (value) writer.putFullKey(part.fullKey, value)
        else writer.deleteFullKey(part.fullKey)
        return
      }
      case 'blob':
        if (value) this.blobs.set(part.name, value.slice())
        else this.blobs.delete(part.name)
        return
      case 'outbox': {
        const { sink, epoch } = part
        const name = JSON.stringify([sink, epoch])
        if (value) this.#outboxes.set(name, { sink, epoch, bytes: value.slice() })
        else this.#outboxes.delete(name)
      }
    }
  }
}

function taken(writers: ReadonlyMap<string, DeltaWriter>): OperatorDelta[] {
  return [...writers]
    .filter(([, writer]) => writer.entries > 0)
    .map(([operator, writer]) => ({ operator, bytes: writer.take() }))
}

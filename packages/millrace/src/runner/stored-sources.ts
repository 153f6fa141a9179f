// Positions and watermarks of sources in the commit: one JSON blob per source.

import type { SourceInput, StoredSource } from '../runtime/source-input.ts'
import type { BlobChange, RecoveredState } from '../state/state-backend.ts'

const encoder = new TextEncoder()
const decoder = new TextDecoder()

export function storeSources(inputs: readonly SourceInput[]): readonly BlobChange[] {
  return inputs.map(input => ({
    name: `source/${input.compiled.id}`,
    bytes: encoder.encode(JSON.stringify(input.store())),
  }))
}

export function readSource({ blobs }: RecoveredState, id: string): StoredSource | undefined {
  const bytes = blobs.get(`source/${id}`)
  return bytes && (JSON.parse(decoder.decode(bytes)) as StoredSource)
}

/** Takes note of how far the sources are; what it gives tells those of them that want to know. */
export function noteRead(inputs: readonly SourceInput[]): () => void {
  const read = inputs.flatMap(input =>
    input.source.committed ? [{ source: input.source, splits: input.takeRead() }] : [],
  )
  return () => {
    for (const { source, splits } of read) source.committed?.(splits)
  }
}

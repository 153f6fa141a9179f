// Positions and watermarks in the commit: one JSON blob per source, and one for operators with several inputs.

import type { SourceInput, StoredSource } from '../runtime/source-input.ts'
import type { Timeline } from '../runtime/timeline.ts'
import type { BlobChange, RecoveredState } from '../state/state-backend.ts'

const WATERMARKS = 'watermarks'

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

/** Nothing, where no operator has several inputs. */
export function storeWatermarks(timeline: Timeline): readonly BlobChange[] {
  const stored = timeline.storeWatermarks()
  if (Object.keys(stored).length === 0) return []
  return [{ name: WATERMARKS, bytes: encoder.encode(JSON.stringify(stored)) }]
}

export function restoreWatermarks(timeline: Timeline, { blobs }: RecoveredState): void {
  const bytes = blobs.get(WATERMARKS)
  if (bytes) timeline.restoreWatermarks(JSON.parse(decoder.decode(bytes)))
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

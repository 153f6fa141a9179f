// A record with all that came with it, copied out of the batch that it lies in.

import type { RecordOrigin } from 'millrace'
import type { TopicPartition } from '../client/cluster.ts'
import { listHeaders } from './read-headers.ts'
import type { RecordFrames } from './record-frames.ts'

export function recordOrigin(
  { topic, partition }: TopicPartition,
  frames: RecordFrames,
  bytes: Uint8Array,
  index: number,
): RecordOrigin {
  const part = (starts: Int32Array, ends: Int32Array): Uint8Array | null =>
    (starts[index] as number) < 0 ? null : bytes.slice(starts[index], ends[index])
  return {
    topic,
    partition,
    offset: frames.offsets[index] as number,
    timestamp: frames.timestamps[index] as number,
    key: part(frames.keyStarts, frames.keyEnds),
    value: part(frames.valueStarts, frames.valueEnds),
    headers: listHeaders(bytes, frames.headerStarts[index] as number),
  }
}

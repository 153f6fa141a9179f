// How far a partition has been read, as it is stored.

import type { JsonValue } from 'millrace'

export interface PartitionPosition {
  /** Of the next record to read. */
  readonly offset: number
  /**
   * Of the leader that wrote the record before; absent where none was read, or it is not known. By it a broker tells whether its log is
   * still the one that was read (KIP-320).
   */
  readonly leaderEpoch?: number | undefined
}

const NOT_KNOWN = -1

export function positionAt(offset: number, leaderEpoch = NOT_KNOWN): JsonValue {
  return leaderEpoch < 0 ? offset : { record: offset, leaderEpoch }
}

/** Undefined for what is none. Of partitions that nothing was read of, and of earlier versions, it is the offset alone. */
export function positionIn(stored: JsonValue | undefined): PartitionPosition | undefined {
  if (typeof stored === 'number') return { offset: stored }
  if (typeof stored !== 'object' || stored === null || !('record' in stored)) return undefined
  const { record, leaderEpoch } = stored as { readonly [name: string]: JsonValue }
  return { offset: Number(record), leaderEpoch: Number(leaderEpoch) }
}

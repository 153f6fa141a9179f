// Deltas of one operator, oldest first, brought into key order: of each key the last entry.

import { DELETE_ALL, DELETE_SLICE, DeltaReader, sliceId } from '../../state/delta-format.ts'
import { KEY_GROUPS } from '../../state/key-group.ts'
import { compareRefs, EntryRef, type EntrySource, NO_SLICES } from './state-cursor.ts'

/** Lets other work run; called every few ms of work. */
export type Pace = () => Promise<void>

/**
 * The entries of the deltas as a source, one key group a chunk.
 *
 * @param prefix keep only full keys that start so
 */
export async function sortDeltas(
  deltas: readonly Uint8Array[],
  pace: Pace,
  prefix: Uint8Array = new Uint8Array(),
): Promise<EntrySource> {
  const groups: EntryRef[][] = Array.from({ length: KEY_GROUPS }, () => [])
  const deletedAt = new Map<string, number>()
  let clearedAt = -1
  let order = 0
  for (const bytes of deltas) {
    const reader = new DeltaReader(bytes)
    while (reader.next()) {
      order++
      if (reader.tag === DELETE_SLICE) deletedAt.set(reader.deletedSlice, order)
      else if (reader.tag === DELETE_ALL) {
        for (const group of groups) group.length = 0
        deletedAt.clear()
        clearedAt = order
      } else if (startsWith(bytes, reader.keyStart, reader.keyEnd, prefix)) {
        const ref = new EntryRef(reader, order)
        groups[ref.keyGroup % KEY_GROUPS]?.push(ref)
      }
      if (order % 4096 === 0) await pace()
    }
  }
  let next = 0
  return {
    isCleared: clearedAt >= 0,
    deletedSlices: deletedAt.size === 0 ? NO_SLICES : new Set(deletedAt.keys()),
    async nextChunk() {
      while (next < groups.length) {
        const group = groups[next] as EntryRef[]
        groups[next++] = []
        const sorted = newestInOrder(group, deletedAt)
        await pace()
        if (sorted.length > 0) return sorted
      }
      return undefined
    },
  }
}

function newestInOrder(group: EntryRef[], deletedAt: ReadonlyMap<string, number>): EntryRef[] {
  group.sort((a, b) => compareRefs(a, b) || b.order - a.order)
  const kept: EntryRef[] = []
  let previous: EntryRef | undefined
  for (const ref of group) {
    if (previous && compareRefs(previous, ref) === 0) continue
    previous = ref
    if (deletedAt.size > 0 && isDeletedLater(ref, deletedAt)) continue
    kept.push(ref)
  }
  return kept
}

function isDeletedLater(ref: EntryRef, deletedAt: ReadonlyMap<string, number>): boolean {
  const slice = sliceId(ref.bytes, ref.keyStart)
  return slice !== undefined && ref.order < (deletedAt.get(slice) ?? 0)
}

function startsWith(bytes: Uint8Array, start: number, end: number, prefix: Uint8Array): boolean {
  if (end - start < prefix.length) return false
  for (let i = 0; i < prefix.length; i++) if (bytes[start + i] !== prefix[i]) return false
  return true
}

// Ordered entries as restores see them: merged, deletions left out, keys taken apart.

import { decodeFullKey } from '../../state/delta-format.ts'
import type { StateEntry } from '../../state/state-backend.ts'
import { type EntryRef, type EntrySource, mergeEntries } from './state-cursor.ts'

/** @param sources newest first */
export async function* scanEntries(
  sources: readonly EntrySource[],
): AsyncGenerator<readonly StateEntry[]> {
  for await (const chunk of mergeEntries(sources)) {
    const entries: StateEntry[] = []
    for (const ref of chunk) if (!ref.isDelete) entries.push(toEntry(ref))
    if (entries.length > 0) yield entries
  }
}

function toEntry({ bytes, keyStart, keyEnd, valueStart, valueEnd }: EntryRef): StateEntry {
  const { keyGroup, table, slice, key } = decodeFullKey(bytes, keyStart, keyEnd)
  return { keyGroup, table, slice, key, value: bytes.subarray(valueStart, valueEnd) }
}

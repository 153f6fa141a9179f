// Ordered entries as restores see them: merged, deletions left out.

import type { StateEntry } from '../../state/state-backend.ts'
import { type EntrySource, mergeEntries } from './state-cursor.ts'

/** @param sources newest first */
export async function* scanEntries(
  sources: readonly EntrySource[],
): AsyncGenerator<readonly StateEntry[]> {
  for await (const chunk of mergeEntries(sources)) {
    const entries = chunk.some(e => e.isDelete) ? chunk.filter(e => !e.isDelete) : chunk
    if (entries.length > 0) yield entries
  }
}

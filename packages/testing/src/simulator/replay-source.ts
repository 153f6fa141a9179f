// The source `replay`: rows held in memory, in splits, read in chunks of any size and replayed from any position.

import type { Row, Source, SourceFactory, SplitReader } from 'millrace'
import { InternalError } from 'millrace'

/** The attachment of a `replay` table. */
export interface ReplayRows {
  /** The rows of each split, physical columns in table order. */
  readonly splits: readonly (readonly Row[])[]
  /** One split is read to its end before the next is opened, as files are. */
  readonly oneByOne?: boolean
  /** How many rows the next read gives, 1 at least. */
  readonly nextChunk: () => number
  /** Awaited by each read. */
  readonly turn?: () => Promise<void>
}

/** Bounded; ids and positions are stable, so that a run goes on where an earlier one was. */
export const replaySource: SourceFactory = {
  connector: 'replay',
  options: [],
  takesFormat: false,
  create({ table }): Source {
    const data = table.attachment as ReplayRows | undefined
    if (!data) throw new InternalError(`replay table "${table.name}" has no rows attached`)
    return {
      boundedness: 'bounded',
      payload: 'rows',
      ...(data.oneByOne ? { maxOpenSplits: 1 } : {}),
      discover: async known =>
        data.splits.map((_, i) => ({ id: `split-${i}`, spec: i })).filter(s => !known.has(s.id)),
      open: async (split, position) =>
        openSplit(data, split.spec as number, typeof position === 'number' ? position : 0),
      describe: () => `replay (${data.splits.length} splits)`,
    }
  },
}

function openSplit(data: ReplayRows, split: number, from: number): SplitReader {
  const rows = data.splits[split] ?? []
  let next = from
  return {
    async read() {
      await data.turn?.()
      if (next >= rows.length) return 'finished'
      const first = next
      next = Math.min(rows.length, first + Math.max(1, data.nextChunk()))
      return {
        kind: 'rows',
        rows: rows.slice(first, next).map(r => [...r]),
        positionAt: count => first + count,
      }
    },
    async wait() {
      await data.turn?.()
    },
    async close() {},
  }
}

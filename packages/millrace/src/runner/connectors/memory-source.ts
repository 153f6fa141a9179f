// The source `memory`: rows that the program holds, given as the table's attachment.

import type {
  RowsBatch,
  Source,
  SourceContext,
  SourceFactory,
  SplitReader,
} from '../../connector/source.ts'
import { MillraceError } from '../../types/errors.ts'
import type { Row } from '../../types/value.ts'

/** The attachment of a `memory` source table. */
export interface MemoryRows {
  readonly rows: readonly Row[]
  /** Row kinds, one for each row; absent: all +I. */
  readonly kinds?: Uint8Array
}

const BATCH_ROWS = 1024

/** Reads the attached rows in order; bounded. */
export const memorySource: SourceFactory = {
  connector: 'memory',
  options: [],
  takesFormat: false,
  create: context => new MemorySource(rowsOf(context)),
}

function rowsOf({ table }: SourceContext): MemoryRows {
  const attached = table.attachment as MemoryRows | undefined
  if (!Array.isArray(attached?.rows))
    throw new MillraceError('MR_OPTION_MISSING', `table "${table.name}" has no rows attached`, {
      remedy: 'A memory table is made by the TypeScript API, not by DDL.',
    })
  return attached
}

class MemorySource implements Source {
  readonly boundedness = 'bounded'
  readonly payload = 'rows'
  readonly #data: MemoryRows

  constructor(data: MemoryRows) {
    this.#data = data
  }

  async discover(known: ReadonlySet<string>) {
    return known.has('rows') ? [] : [{ id: 'rows', spec: null }]
  }

  async open(_split: unknown, position: unknown): Promise<SplitReader> {
    const { rows, kinds } = this.#data
    let next = typeof position === 'number' ? position : 0
    return {
      async read() {
        if (next >= rows.length) return 'finished'
        const first = next
        next = Math.min(rows.length, first + BATCH_ROWS)
        return {
          kind: 'rows',
          rows: rows.slice(first, next),
          ...(kinds ? { kinds: kinds.slice(first, next) } : {}),
          positionAt: count => first + count,
        } satisfies RowsBatch
      },
      async wait() {},
      async close() {},
    }
  }

  describe(): string {
    return `memory (${this.#data.rows.length} rows)`
  }
}

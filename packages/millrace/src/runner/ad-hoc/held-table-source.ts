// Reads a table that the running program holds in memory: all its rows, then, in streaming mode, its changes.

import type { HeldTable } from '../../connector/sink.ts'
import type { Source, SourceFactory, SplitReader } from '../../connector/source.ts'
import type { TableDescriptor } from '../../types/table-descriptor.ts'
import { INSERT, type Row, type RowKindCode } from '../../types/value.ts'
import { FellBehindError } from './ad-hoc-errors.ts'

const BATCH_ROWS = 1_024
/** Changes that wait for the query; the program does not wait for it. */
const MOST_WAITING = 50_000

/** The source of all held tables that `heldBy` finds, under the connector that they are written by. */
export function heldTableSource(
  connector: string,
  mode: 'streaming' | 'batch',
  heldBy: (table: string) => HeldTable | undefined,
): SourceFactory {
  const isAppended = (table: TableDescriptor) =>
    mode === 'batch' || heldBy(table.name)?.isAppended !== false
  return {
    connector,
    options: [],
    takesFormat: false,
    changelogMode: table => (isAppended(table) ? 'append' : 'retract'),
    create({ table }): Source {
      return {
        boundedness: mode === 'batch' ? 'bounded' : 'unbounded',
        payload: 'rows',
        discover: async known => (known.has('rows') ? [] : [{ id: 'rows', spec: null }]),
        open: async () => new HeldTableReader(table.name, heldBy(table.name), mode),
        describe: () => `${connector} ${table.name}`,
      }
    },
  }
}

class HeldTableReader implements SplitReader {
  readonly #name: string
  readonly #isBounded: boolean
  readonly #unfollow: () => void
  #rows: Row[] = []
  #kinds: RowKindCode[] = []
  #next = 0
  #wake: () => void = () => {}

  constructor(name: string, held: HeldTable | undefined, mode: 'streaming' | 'batch') {
    this.#name = name
    this.#isBounded = mode === 'batch'
    this.#rows = [...(held?.rows() ?? [])]
    this.#kinds = this.#rows.map(() => INSERT)
    this.#unfollow =
      (!this.#isBounded && held?.follow((kind, row) => this.#take(kind, row))) || none
  }

  #take(kind: RowKindCode, row: Row): void {
    // One more than may wait: the next read fails by it.
    if (this.#rows.length - this.#next > MOST_WAITING) {
      this.#unfollow()
      return
    }
    this.#rows.push(row)
    this.#kinds.push(kind)
    this.#wake()
  }

  async read() {
    const waiting = this.#rows.length - this.#next
    if (!this.#isBounded && waiting > MOST_WAITING) throw new FellBehindError({ table: this.#name })
    if (waiting === 0) return this.#isBounded ? 'finished' : 'idle'
    const first = this.#next
    const end = Math.min(this.#rows.length, first + BATCH_ROWS)
    const rows = this.#rows.slice(first, end)
    const kinds = Uint8Array.from(this.#kinds.slice(first, end))
    this.#next = end
    if (end === this.#rows.length) {
      this.#rows = []
      this.#kinds = []
      this.#next = 0
    }
    return { kind: 'rows' as const, rows, kinds, positionAt: (count: number) => first + count }
  }

  wait(signal: AbortSignal): Promise<void> {
    if (this.#rows.length > this.#next || signal.aborted) return Promise.resolve()
    return new Promise(resolve => {
      const wake = (): void => {
        signal.removeEventListener('abort', wake)
        resolve()
      }
      this.#wake = wake
      signal.addEventListener('abort', wake)
    })
  }

  async close(): Promise<void> {
    this.#unfollow()
    this.#rows = []
    this.#kinds = []
  }
}

const none = (): void => {}

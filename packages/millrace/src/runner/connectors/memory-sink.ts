// The sink `memory`: hands committed changes to a callback of the program; `collect()` and `forEach` are made of it.

import { deserialize, serialize } from 'node:v8'
import type {
  PreparedEpoch,
  RecoveredSink,
  SinkContext,
  SinkFactory,
  SinkWriter,
} from '../../connector/sink.ts'
import { BinaryReader } from '../../state/binary-reader.ts'
import { BinaryWriter } from '../../state/binary-writer.ts'
import { createRowCodec, type ValueCodec } from '../../state/value-codec.ts'
import { MillraceError } from '../../types/errors.ts'
import type { RowKindCode, Row } from '../../types/value.ts'

/** The attachment of a `memory` sink table. */
export interface MemoryCollector {
  /** Called for each change in order, once its epoch is committed. A promise holds back the next change. */
  onChange(kind: RowKindCode, row: Row): void | Promise<void>
}

/** Delivers all kinds of changes, at least once across restarts. */
export const memorySink: SinkFactory = {
  connector: 'memory',
  options: [],
  takesFormat: false,
  accepts: () => ['retract', 'upsert', 'append'],
  guarantee: () => 'at-least-once',
  create: context => new MemoryWriter(collectorOf(context), codecOf(context)),
}

function collectorOf({ table }: SinkContext): MemoryCollector {
  const attached = table.attachment as MemoryCollector | undefined
  if (typeof attached?.onChange !== 'function')
    throw new MillraceError('MR_OPTION_MISSING', `table "${table.name}" has no callback attached`, {
      remedy: 'A memory table is made by the TypeScript API, not by DDL.',
    })
  return attached
}

/** The codec of outboxes; undefined where nothing outlives the process. */
function codecOf({ table, isDurable }: SinkContext): ValueCodec | undefined {
  if (!isDurable) return undefined
  const raw = { encode: (value: unknown) => serialize(value), decode: deserialize }
  return createRowCodec(
    table.schema.map(c => c.type),
    { raw },
  )
}

interface Changes {
  readonly kinds: RowKindCode[]
  readonly rows: Row[]
}

/** Rows have no known size; a guess that counts their texts is enough to bound how many wait. */
function heldBytes(row: Row): number {
  let bytes = 32 + row.length * 16
  for (const value of row) if (typeof value === 'string') bytes += value.length
  return bytes
}

/** Outbox: (u8 row kind, row)*. */
class MemoryWriter implements SinkWriter {
  appliedEpoch = 0
  bufferedBytes = 0
  readonly #collector: MemoryCollector
  readonly #codec: ValueCodec | undefined
  #open: Changes = { kinds: [], rows: [] }
  readonly #cuts: { readonly epoch: number; readonly changes: Changes }[] = []

  constructor(collector: MemoryCollector, codec: ValueCodec | undefined) {
    this.#collector = collector
    this.#codec = codec
  }

  /** What was committed and perhaps not handed over goes before the next epoch: nobody may be listening yet. */
  async open({ outboxes }: RecoveredSink): Promise<void> {
    for (const { epoch, bytes } of outboxes) {
      const input = new BinaryReader(bytes)
      while (input.remaining > 0)
        this.write(input.u8() as RowKindCode, this.#codec?.read(input) as unknown as Row)
      this.cut(epoch)
    }
  }

  write(kind: RowKindCode, row: Row): void {
    this.#open.kinds.push(kind)
    this.#open.rows.push(row)
    this.bufferedBytes += heldBytes(row)
  }

  cut(epoch: number): void {
    if (this.#open.rows.length === 0) return
    this.#cuts.push({ epoch, changes: this.#open })
    this.#open = { kinds: [], rows: [] }
  }

  async prepare(epoch: number): Promise<PreparedEpoch> {
    const changes = this.#cuts.find(c => c.epoch === epoch)?.changes
    if (!this.#codec || !changes) return {}
    const out = new BinaryWriter()
    for (const [i, row] of changes.rows.entries()) {
      out.u8(changes.kinds[i] as RowKindCode)
      this.#codec.write(out, row as never)
    }
    return { outbox: out.take() }
  }

  async apply(epoch: number): Promise<void> {
    while (this.#cuts[0] && this.#cuts[0].epoch <= epoch) {
      const { kinds, rows } = (this.#cuts.shift() as { changes: Changes }).changes
      for (let i = 0; i < rows.length; i++) {
        const row = rows[i] as Row
        this.bufferedBytes -= heldBytes(row)
        const waiting = this.#collector.onChange(kinds[i] as RowKindCode, row)
        if (waiting) await waiting
      }
    }
    this.appliedEpoch = epoch
  }

  async finish(): Promise<void> {}
  async close(): Promise<void> {}
}

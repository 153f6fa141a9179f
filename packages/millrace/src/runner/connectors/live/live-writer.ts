// The writer of a live table. What is visible is what is committed; after a restart it is there again.
//
// Each epoch's changes are its outbox. Now and then the commit takes the whole table as the writer's state instead, and the outboxes
// before it may go: a log with snapshots, made of the sinks' contract alone.
//
//     outbox = u32 layout, (u8 row kind, row)*       state = u32 layout, varint through epoch, varint rows, row*
//
// `layout` stands for names and types of the columns. Rows of another layout cannot be read: the table then begins empty.

import { deserialize, serialize } from 'node:v8'
import type {
  HeldTable,
  PreparedEpoch,
  RecoveredSink,
  SinkContents,
  SinkContext,
  SinkWriter,
} from '../../../connector/sink.ts'
import { BinaryReader } from '../../../state/binary-reader.ts'
import { BinaryWriter } from '../../../state/binary-writer.ts'
import { hashBytes } from '../../../state/key-group.ts'
import { createRowCodec, type ValueCodec } from '../../../state/value-codec.ts'
import { formatType } from '../../../types/data-type.ts'
import { INSERT, type Row, type RowKindCode } from '../../../types/value.ts'
import { createRowCells } from './json-cells.ts'
import { type LiveIdentity, LiveRows } from './live-rows.ts'

/** A snapshot is taken once the changes since the last are larger than it, and than this. */
const LEAST_CHANGES_BYTES = 256 * 1024

const LAYOUT_BYTES = 4

interface Cut {
  readonly epoch: number
  readonly changes: Uint8Array
}

export class LiveWriter implements SinkWriter {
  /** The newest epoch that is in a committed snapshot: its outbox, and those before, are needed no more. */
  appliedEpoch = 0
  readonly #context: SinkContext
  readonly #codec: ValueCodec
  readonly #layout: number
  readonly #rows: LiveRows
  readonly #cells: ReturnType<typeof createRowCells>
  #written = new BinaryWriter()
  /** Cut, not yet applied. */
  #cuts: Cut[] = []
  #cutBytes = 0
  /** The newest epoch whose changes are in the rows. */
  #visible = 0
  #changesBytes = 0
  #snapshotBytes = 0
  /** The epoch whose commit holds a snapshot, and how far that one goes. */
  #snapshot: { readonly epoch: number; readonly through: number } | undefined

  constructor(context: SinkContext, maxRows: number) {
    const { schema } = context.table
    this.#context = context
    this.#codec = createRowCodec(
      schema.map(c => c.type),
      { raw: { encode: serialize, decode: deserialize } },
    )
    this.#layout = hashBytes(
      new TextEncoder().encode(JSON.stringify(schema.map(c => [c.name, formatType(c.type)]))),
    )
    this.#rows = new LiveRows(schema, identityOf(context), maxRows)
    this.#cells = createRowCells(schema)
    this.#begin()
  }

  async open({ state, outboxes }: RecoveredSink): Promise<void> {
    if (state) this.#restore(state)
    for (const { epoch, bytes } of outboxes) {
      if (epoch <= this.appliedEpoch) continue
      this.#applyChanges(bytes)
      this.#visible = epoch
      this.#changesBytes += bytes.length
    }
  }

  #restore(state: Uint8Array): void {
    const input = new BinaryReader(state)
    const layout = input.u32()
    this.#visible = this.appliedEpoch = input.varint()
    this.#snapshotBytes = state.length
    if (layout !== this.#layout) return
    for (let left = input.varint(); left > 0; left--)
      this.#rows.apply(INSERT, this.#codec.read(input) as Row)
  }

  write(kind: RowKindCode, row: Row): void {
    this.#written.u8(kind)
    this.#codec.write(this.#written, row)
  }

  cut(epoch: number): void {
    if (this.#written.length === LAYOUT_BYTES) return
    const changes = this.#written.take()
    this.#begin()
    this.#cuts.push({ epoch, changes })
    this.#cutBytes += changes.length
  }

  async prepare(epoch: number): Promise<PreparedEpoch> {
    if (!this.#context.isDurable) return {}
    const outbox = this.#cuts.find(c => c.epoch === epoch)?.changes
    const state = this.#takeSnapshot(epoch)
    return { ...(outbox && { outbox }), ...(state && { state }) }
  }

  /** The rows that are visible now, when the changes since the last snapshot have outgrown it. */
  #takeSnapshot(epoch: number): Uint8Array | undefined {
    if (this.#snapshot !== undefined) return undefined
    if (this.#changesBytes < Math.max(LEAST_CHANGES_BYTES, this.#snapshotBytes)) return undefined
    const out = new BinaryWriter(this.#snapshotBytes)
    out.u32(this.#layout)
    out.varint(this.#visible)
    out.varint(this.#rows.count)
    for (const row of this.#rows.all()) this.#codec.write(out, row)
    this.#snapshot = { epoch, through: this.#visible }
    this.#snapshotBytes = out.length
    this.#changesBytes = 0
    return out.take()
  }

  async apply(epoch: number): Promise<void> {
    while (this.#cuts[0] && this.#cuts[0].epoch <= epoch) {
      const { changes } = this.#cuts.shift() as Cut
      this.#applyChanges(changes)
      this.#cutBytes -= changes.length
      this.#changesBytes += changes.length
    }
    this.#visible = epoch
    if (this.#snapshot && this.#snapshot.epoch <= epoch) {
      this.appliedEpoch = this.#snapshot.through
      this.#snapshot = undefined
    }
    if (!this.#context.isDurable) this.appliedEpoch = epoch
  }

  #applyChanges(bytes: Uint8Array): void {
    const input = new BinaryReader(bytes)
    if (input.u32() !== this.#layout) return
    while (input.remaining > 0) {
      const kind = input.u8() as RowKindCode
      this.#rows.apply(kind, this.#codec.read(input) as Row)
    }
  }

  #begin(): void {
    this.#written.u32(this.#layout)
  }

  async finish(): Promise<void> {}
  async close(): Promise<void> {}

  async read({ limit }: { readonly limit: number }): Promise<SinkContents> {
    return {
      columns: this.#context.table.schema.map(c => ({ name: c.name, type: formatType(c.type) })),
      rows: this.#rows.newest(limit).map(this.#cells),
      rowCount: this.#rows.count,
    }
  }

  get heldTable(): HeldTable {
    const rows = this.#rows
    return {
      isAppended: identityOf(this.#context).kind === 'append',
      rows: () => [...rows.all()],
      follow(listener) {
        rows.followers.add(listener)
        return () => rows.followers.delete(listener)
      },
    }
  }

  get bufferedBytes(): number {
    return this.#written.length + this.#cutBytes
  }
}

function identityOf({ table, upsertKey, changelogMode }: SinkContext): LiveIdentity {
  const columns = upsertKey.length > 0 ? upsertKey : table.primaryKey
  if (columns.length > 0) return { kind: 'key', columns }
  return { kind: changelogMode === 'retract' ? 'row' : 'append' }
}

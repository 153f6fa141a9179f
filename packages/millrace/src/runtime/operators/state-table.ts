// A table of small state entries that an operator indexes as it likes: typed keys and values, changes written once an epoch.

import { BinaryReader } from '../../state/binary-reader.ts'
import { BinaryWriter } from '../../state/binary-writer.ts'
import type { DeltaWriter } from '../../state/delta-format.ts'
import { createKeyCodec, type KeyCodec } from '../../state/key-codec.ts'
import { keyGroupOf } from '../../state/key-group.ts'
import type { StateEntry } from '../../state/state-backend.ts'
import { createRowCodec, type ValueCodec } from '../../state/value-codec.ts'
import { type DataType, notNull, types } from '../../types/data-type.ts'
import type { Row } from '../../types/value.ts'
import { StoredEntries } from './stored-entries.ts'
import { readStamp, type TimeLine, writeStamp } from './state-ttl.ts'

/** The type of the numbers that tell the entries of one key apart and keep the order of arrival. */
export const ID_TYPE = notNull(types.bigint)

/** An entry that a {@link StateTable} follows. */
export interface StateRecord {
  /** Changed since the last commit. */
  dirty: boolean
  /** Still in the table. */
  live: boolean
  /** Among what earlier commits wrote, so that its removal must be written. */
  stored: boolean
  /** When it was last written, where that decides how long it stays. */
  stamp: number
}

/** What a {@link StateRecord} starts as. */
export const fresh = (): StateRecord => ({
  dirty: false,
  live: true,
  stored: false,
  stamp: 0,
})

export interface StateTableLayout<E extends StateRecord> {
  /** Tells the tables of one operator apart: its position among them. */
  readonly table: number
  /** The key's first columns, which alone decide the key group: entries that work together stay together. */
  readonly groupTypes: readonly DataType[]
  /** The key's other columns. */
  readonly memberTypes: readonly DataType[]
  readonly valueTypes: readonly DataType[]
  /** All key columns. */
  readonly keyOf: (entry: E) => Row
  readonly valueOf: (entry: E) => Row
  /** Of windowed state: the window's end. */
  readonly sliceOf?: (entry: E) => number
  /** Of entries that expire: what their stamps are measured by. */
  readonly timeLine?: TimeLine | undefined
}

/** A stored entry, decoded. */
export interface StoredRow {
  readonly table: number
  readonly slice: number | undefined
  readonly key: Row
  readonly value: Row
  /** Of entries that expire. */
  readonly stamp: number
}

/** Takes a decoded entry of the recovered state into the operator's indexes. */
export type PutStored = (stored: StoredRow) => void

/** A table whatever its entries: what the operator's base needs of it. */
export interface CollectedTable {
  readonly size: number
  readonly bytes: number
  /** Entries that are kept as they were stored, until their group is recalled. */
  readonly stored: StoredEntries | undefined
  collect(writer: DeltaWriter): void
  read(stored: StateEntry): StoredRow
  /** Keeps an unwindowed entry as it was stored. */
  store(stored: StateEntry): void
  /** Decodes the stored entries of a group. */
  recall(group: Row, put: PutStored): void
  /** Decodes the stored entries of some groups: `max` or a few more. */
  recallSome(max: number, put: PutStored): void
}

/** Follows which entries have changed; holds none but these. A change of an entry costs one small write, whatever its key holds. */
export class StateTable<E extends StateRecord> implements CollectedTable {
  readonly layout: StateTableLayout<E>
  /** Live entries. */
  size = 0
  #dirty: E[] = []
  /** How many of these are gone without a trace, at most. */
  #forgotten = 0
  #droppedSlices: { readonly slice: number; readonly entries: readonly E[] }[] = []
  #stored: StoredEntries | undefined
  #sampledEntries = 0
  #sampledBytes = 0
  readonly #group: KeyCodec
  readonly #key: KeyCodec
  readonly #value: ValueCodec
  readonly #scratch = new BinaryWriter(64)
  readonly #reader = new BinaryReader(new Uint8Array())

  constructor(layout: StateTableLayout<E>) {
    this.layout = layout
    this.#group = createKeyCodec(layout.groupTypes)
    this.#key = createKeyCodec([...layout.groupTypes, ...layout.memberTypes])
    this.#value = createRowCodec(layout.valueTypes)
  }

  /** Notes a new entry. */
  add(entry: E): void {
    this.size++
    this.touch(entry)
  }

  /** Notes that an entry has changed. */
  touch(entry: E): void {
    if (entry.dirty) return
    entry.dirty = true
    this.#dirty.push(entry)
  }

  /** Notes that an entry is gone. */
  remove(entry: E): void {
    if (!entry.live) return
    entry.live = false
    this.size--
    if (entry.stored) this.touch(entry)
  }

  /** Notes that all entries of a slice are gone: one write, however many they are. */
  removeSlice(slice: number, entries: Iterable<E>): void {
    const stored: E[] = []
    for (const entry of entries) {
      if (!entry.live) continue
      if (entry.stored) stored.push(entry)
      entry.live = false
      entry.stored = false
      this.size--
      if (entry.dirty) this.#forgotten++
    }
    if (stored.length > 0) this.#droppedSlices.push({ slice, entries: stored })
    this.#forget()
  }

  /** Lets go of entries that came and went within an epoch, so that they die young: `bench`, nexmark-q5. */
  #forget(): void {
    if (this.#forgotten * 2 <= this.#dirty.length) return
    this.#dirty = this.#dirty.filter(e => e.live || e.stored)
    this.#forgotten = 0
  }

  collect(writer: DeltaWriter): void {
    for (const { slice, entries } of this.#droppedSlices)
      if (writer.namesKeys) for (const entry of entries) writer.deleteBytes(this.#stateKey(entry))
      else writer.deleteSlice(this.layout.table, slice)
    this.#droppedSlices = []
    for (const entry of this.#dirty) {
      entry.dirty = false
      if (entry.live) this.#put(writer, entry)
      else if (entry.stored) writer.deleteBytes(this.#stateKey(entry))
      entry.stored = entry.live
    }
    this.#dirty = []
    this.#forgotten = 0
  }

  /** Decodes an entry of this table; the operator puts what it makes of it into its indexes, `stored` and live. */
  read(stored: StateEntry): StoredRow {
    this.size++
    this.#reader.reset(stored.value)
    return this.#decode(stored.slice, stored.key, this.#reader)
  }

  get stored(): StoredEntries | undefined {
    return this.#stored
  }

  store({ key, value }: StateEntry): void {
    this.size++
    this.#stored ??= new StoredEntries()
    const isWhole = this.layout.memberTypes.length === 0
    this.#stored.add(key, value, isWhole ? key.length : this.#group.lengthIn(key))
  }

  recall(group: Row, put: PutStored): void {
    if (!this.#stored) return
    const out = this.#scratch
    out.reset()
    this.#group.write(out, group)
    this.#stored.take(out.bytes, out.length, (key, value) =>
      put(this.#decode(undefined, key, value)),
    )
    if (this.#stored.size === 0) this.#stored = undefined
  }

  recallSome(max: number, put: PutStored): void {
    this.#stored?.drain(max, (key, value) => put(this.#decode(undefined, key, value)))
    if (this.#stored?.size === 0) this.#stored = undefined
  }

  #decode(slice: number | undefined, key: Uint8Array, value: BinaryReader): StoredRow {
    return {
      table: this.layout.table,
      slice,
      key: this.#key.read(key),
      value: this.#value.read(value) as Row,
      stamp: readStamp(value, this.layout.timeLine),
    }
  }

  /** An estimate, from the sizes of entries written so far. */
  get bytes(): number {
    const each = this.#sampledEntries === 0 ? 64 : this.#sampledBytes / this.#sampledEntries
    return Math.round(this.size * each)
  }

  #put(writer: DeltaWriter, entry: E): void {
    const value = this.#encode(entry)
    const stateKey = this.#stateKey(entry)
    writer.putBytes(stateKey, value)
    this.#sampledEntries++
    this.#sampledBytes += stateKey.key.length + value.length
  }

  #encode(entry: E): Uint8Array {
    const { valueOf, timeLine } = this.layout
    const out = this.#scratch
    out.reset()
    this.#value.write(out, valueOf(entry))
    if (timeLine) writeStamp(out, timeLine, entry.stamp)
    return out.view().slice()
  }

  #stateKey(entry: E) {
    const { table, keyOf, sliceOf } = this.layout
    const key = keyOf(entry)
    const out = this.#scratch
    out.reset()
    this.#key.write(out, key)
    const bytes = out.view()
    return { keyGroup: this.#keyGroup(key), table, slice: sliceOf?.(entry), key: bytes.slice() }
  }

  #keyGroup(key: Row): number {
    const out = this.#scratch
    out.reset()
    this.#group.write(out, key)
    return keyGroupOf(out.bytes, 0, out.length)
  }
}

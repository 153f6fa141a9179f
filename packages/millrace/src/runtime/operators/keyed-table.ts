// A table of keyed state: entries in memory, the changed ones written at each epoch.

import type { BinaryReader } from '../../state/binary-reader.ts'
import { BinaryWriter } from '../../state/binary-writer.ts'
import type { DeltaWriter } from '../../state/delta-format.ts'
import type { KeyCodec } from '../../state/key-codec.ts'
import type { StateEntry } from '../../state/state-backend.ts'
import type { ValueCodec } from '../../state/value-codec.ts'
import type { MapKey } from '../../types/key-text.ts'
import type { Row } from '../../types/value.ts'
import { KeyedMap } from '../keyed-map.ts'
import { RECALLED_PER_EPOCH, StoredEntries } from './stored-entries.ts'
import type { MapMembers } from './map-members.ts'
import { type Expiring, Expiry, readStamp, type TtlTime, writeStamp } from './state-ttl.ts'

/** An entry of state; generated classes have its fields beside their own. */
export interface TableEntry {
  /** Changed since the last commit. */
  dirty: boolean
  /** Still in the table. */
  live: boolean
}

/** How entries are turned to bytes and back. */
export interface TableLayout<E extends TableEntry> {
  /** Tells the tables of one operator apart. */
  readonly table: number
  /** Of all key columns. */
  readonly keyCodec: KeyCodec
  readonly valueCodec: ValueCodec
  readonly keyOf: (entry: E) => Row
  readonly valueOf: (entry: E) => Row
  readonly mapKeyOf: (key: Row) => MapKey
  readonly make: (key: Row, value: Row) => E
  /** Of values with maps that may grow large: how these are stored. */
  readonly members?: MapMembers | undefined
}

/** Writes an entry that is in the table. */
export function writeEntry<E extends TableEntry>(
  writer: DeltaWriter,
  layout: TableLayout<E>,
  entry: E,
  slice: number | undefined,
): void {
  const { table, keyCodec, valueCodec, keyOf } = layout
  writer.put(table, slice, keyCodec, keyOf(entry), valueCodec, storedValue(layout, entry))
}

function storedValue<E extends TableEntry>({ valueOf, members }: TableLayout<E>, entry: E): Row {
  const value = valueOf(entry)
  return members ? members.within(value) : value
}

/** Writes that an entry is gone. */
export function deleteEntry<E extends TableEntry>(
  writer: DeltaWriter,
  { table, keyCodec, keyOf }: TableLayout<E>,
  entry: E,
  slice: number | undefined,
): void {
  writer.delete(table, slice, keyCodec, keyOf(entry))
}

/** The entry of a stored key and value. */
export function readEntry<E extends TableEntry>(layout: TableLayout<E>, stored: StateEntry): E {
  const key = layout.keyCodec.read(stored.key)
  return layout.make(key, layout.valueCodec.decode(stored.value) as Row)
}

/** Unwindowed state: one map of entries, which may expire. Recovered ones get into it when they are asked for. */
export class KeyedTable<E extends TableEntry> {
  readonly map = new KeyedMap<E>()
  /** Generated code pushes changed entries here. */
  dirty: E[] = []
  readonly layout: TableLayout<E>
  /** Absent where entries stay; else they have stamps. */
  readonly expiry: Expiry<E & Expiring> | undefined
  /** Recovered entries that are not in the map; generated code looks here before it makes a new one. Undefined: none is left. */
  stored: StoredEntries | undefined
  readonly #time: TtlTime | undefined
  readonly #key = new BinaryWriter(64)

  constructor(layout: TableLayout<E>, time?: TtlTime) {
    this.layout = layout
    this.#time = time
    this.expiry =
      time &&
      new Expiry<E & Expiring>({
        time,
        drop: entry => this.remove(layout.mapKeyOf(layout.keyOf(entry)), entry),
        stamped: entry => this.touch(entry),
      })
  }

  /** The entry of a key, if its time to live is not over; for tables whose entries expire. */
  find(mapKey: unknown): E | undefined {
    const entry = this.map.get(mapKey) as (E & Expiring) | undefined
    if (entry === undefined || !this.expiry?.isExpired(entry)) return entry
    this.expiry.drop(entry)
    return undefined
  }

  /** Puts the recovered entry of a key into the map, if there is one and its time to live is not over. */
  recall(key: Row): E | undefined {
    const { stored } = this
    if (!stored) return undefined
    const { keyCodec, mapKeyOf } = this.layout
    this.#key.reset()
    keyCodec.write(this.#key, key)
    stored.take(this.#key.bytes, this.#key.length, (_, value) => this.#put(key, value))
    this.#letGo()
    return this.find(mapKeyOf(key))
  }

  get size(): number {
    return this.map.size + (this.stored?.size ?? 0)
  }

  /** All entries, recovered ones among them. */
  values(): Iterable<E> {
    this.#recallSome(Number.POSITIVE_INFINITY)
    return this.map.values()
  }

  /** Notes that the entry has changed. */
  touch(entry: E): void {
    if (entry.dirty) return
    entry.dirty = true
    this.dirty.push(entry)
  }

  remove(mapKey: unknown, entry: E): void {
    this.map.delete(mapKey)
    entry.live = false
    this.touch(entry)
    this.expiry?.removed()
  }

  collect(writer: DeltaWriter): void {
    // What may expire must come where sweeps see it, and a few entries must not keep the bytes of many.
    if (this.stored && (this.expiry || this.stored.isSparse)) this.#recallSome(RECALLED_PER_EPOCH)
    this.expiry?.sweep()
    for (const entry of this.dirty) {
      entry.dirty = false
      this.#collectMembers(writer, entry)
      if (!entry.live) deleteEntry(writer, this.layout, entry, undefined)
      else if (this.#time) this.#writeStamped(writer, entry as E & Expiring, this.#time)
      else writeEntry(writer, this.layout, entry, undefined)
    }
    this.dirty = []
  }

  #collectMembers(writer: DeltaWriter, entry: E): void {
    const { members, keyOf, valueOf } = this.layout
    members?.collect(writer, keyOf(entry), valueOf(entry), entry.live)
  }

  restore(entry: StateEntry): void {
    if (entry.table > this.layout.table) {
      this.layout.members?.restore(entry)
      return
    }
    this.stored ??= new StoredEntries()
    this.stored.add(entry.key, entry.value)
  }

  #recallSome(max: number): void {
    const { keyCodec } = this.layout
    this.stored?.drain(max, (key, value) => this.#put(keyCodec.read(key), value))
    this.#letGo()
  }

  #letGo(): void {
    if (this.stored?.size === 0) this.stored = undefined
  }

  #put(key: Row, value: BinaryReader): void {
    const { valueCodec, mapKeyOf, make, members } = this.layout
    const read = valueCodec.read(value) as Row
    const entry = make(key, members ? members.whole(key, read) : read)
    const stamp = readStamp(value, this.#time?.line)
    this.map.set(mapKeyOf(key), entry)
    this.expiry?.restore(Object.assign(entry, { stamp }))
  }

  #writeStamped(writer: DeltaWriter, entry: E & Expiring, { line }: TtlTime): void {
    const { table, keyCodec, valueCodec, keyOf } = this.layout
    const stamped = {
      write(out: BinaryWriter, value: Row) {
        valueCodec.write(out, value)
        writeStamp(out, line, entry.stamp)
      },
    }
    writer.put(table, undefined, keyCodec, keyOf(entry), stamped, storedValue(this.layout, entry))
  }
}

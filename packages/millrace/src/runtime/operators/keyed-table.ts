// A table of keyed state: entries in memory, the changed ones written at each epoch.

import type { DeltaWriter } from '../../state/delta-format.ts'
import type { KeyCodec } from '../../state/key-codec.ts'
import type { StateEntry } from '../../state/state-backend.ts'
import type { ValueCodec } from '../../state/value-codec.ts'
import type { MapKey } from '../../types/key-text.ts'
import type { Row } from '../../types/value.ts'
import { KeyedMap } from '../keyed-map.ts'

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
}

/** Writes an entry that is in the table. */
export function writeEntry<E extends TableEntry>(
  writer: DeltaWriter,
  layout: TableLayout<E>,
  entry: E,
  slice: number | undefined,
): void {
  const { table, keyCodec, valueCodec, keyOf, valueOf } = layout
  writer.put(table, slice, keyCodec, keyOf(entry), valueCodec, valueOf(entry))
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

/** Unwindowed state: one map of entries. */
export class KeyedTable<E extends TableEntry> {
  readonly map = new KeyedMap<E>()
  /** Generated code pushes changed entries here. */
  dirty: E[] = []
  readonly layout: TableLayout<E>

  constructor(layout: TableLayout<E>) {
    this.layout = layout
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
  }

  collect(writer: DeltaWriter): void {
    for (const entry of this.dirty) {
      entry.dirty = false
      if (entry.live) writeEntry(writer, this.layout, entry, undefined)
      else deleteEntry(writer, this.layout, entry, undefined)
    }
    this.dirty = []
  }

  restore(stored: StateEntry): E {
    const entry = readEntry(this.layout, stored)
    this.map.set(this.layout.mapKeyOf(this.layout.keyOf(entry)), entry)
    return entry
  }
}

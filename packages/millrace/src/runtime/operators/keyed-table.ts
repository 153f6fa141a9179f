// A table of keyed state: entries in memory, the changed ones written at each epoch.

import type { KeyCodec } from '../../state/key-codec.ts'
import type { DeltaWriter } from '../../state/delta-format.ts'
import type { ValueCodec } from '../../state/value-codec.ts'
import type { MapKey } from '../../types/key-text.ts'
import type { Row, Value } from '../../types/value.ts'
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
  readonly keyCodec: KeyCodec
  readonly valueCodec: ValueCodec
  readonly keyOf: (entry: E) => Row
  readonly valueOf: (entry: E) => Row
  readonly mapKeyOf: (key: Row) => MapKey
  readonly make: (key: Row, value: Row) => E
}

export class KeyedTable<E extends TableEntry> {
  readonly map = new KeyedMap<E>()
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
    const { table, keyCodec, valueCodec, keyOf, valueOf } = this.layout
    for (const entry of this.dirty) {
      entry.dirty = false
      const key = keyOf(entry)
      if (entry.live) writer.put(table, undefined, keyCodec, key, valueCodec, valueOf(entry))
      else writer.delete(table, undefined, keyCodec, key)
    }
    this.dirty = []
  }

  restore(key: Row, value: Row): void {
    const entry = this.layout.make(key, value)
    this.map.set(this.layout.mapKeyOf(key), entry)
  }
}

/** The values of a row as the state's codecs take them. */
export const asValue = (row: Row): Value => row

// One side of a regular join in memory: rows by join key, found again when they are taken back.

import type { DataType } from '../../../types/data-type.ts'
import { createRowKey, type MapKey } from '../../../types/key-text.ts'
import type { Row } from '../../../types/value.ts'
import { KeyedMap } from '../../keyed-map.ts'
import type { JoinKey } from './join-key.ts'
import type { Expiry, TimeLine } from '../state-ttl.ts'
import { fresh, ID_TYPE, type StateRecord, StateTable, type StoredRow } from '../state-table.ts'

/** A row of one side. Equal rows of an updating side share one, with a count. */
export interface JoinRow extends StateRecord {
  readonly id: number
  readonly keyValues: Row
  /** Tells the row apart among those of its join key; undefined on a side that only grows. */
  readonly rowKey: MapKey | undefined
  row: Row
  count: number
  /** How many rows (with counts) of the other side it matches; kept on outer, semi and anti sides. */
  matches: number
}

/** What changes reach a side, and so how a row is found again. */
export type SideIdentity =
  | { readonly kind: 'append' }
  /** Rows are taken back whole. */
  | { readonly kind: 'row' }
  /** At most one row per key; `upsert`: a new row replaces the one of its key without taking it back first. */
  | { readonly kind: 'unique-key'; readonly columns: readonly number[]; readonly upsert: boolean }

export interface JoinSideSettings {
  readonly table: number
  readonly key: JoinKey
  readonly rowTypes: readonly DataType[]
  readonly identity: SideIdentity
  /** Of a side whose rows expire: what their stamps are measured by. */
  readonly timeLine: TimeLine | undefined
}

/** Rows of one join key in the order of arrival. Removed ones stay, not live, until they are the majority. */
export class JoinBucket {
  rows: JoinRow[] = []
  #removed = 0
  #index: Map<MapKey, JoinRow> | undefined

  get isEmpty(): boolean {
    return this.#removed === this.rows.length
  }

  add(entry: JoinRow): void {
    this.rows.push(entry)
    if (entry.rowKey === undefined) return
    if (this.#index) this.#index.set(entry.rowKey, entry)
    else if (this.rows.length > 16) this.#buildIndex()
  }

  find(rowKey: MapKey): JoinRow | undefined {
    if (this.#index) return this.#index.get(rowKey)
    for (const entry of this.rows) if (entry.live && entry.rowKey === rowKey) return entry
    return undefined
  }

  /** Called when an entry of the bucket is no longer live. */
  removed(entry: JoinRow): void {
    this.#removed++
    if (entry.rowKey !== undefined) this.#index?.delete(entry.rowKey)
    if (this.#removed < 8 || this.#removed * 2 < this.rows.length) return
    // A new array: whoever walks the old one goes on undisturbed.
    this.rows = this.rows.filter(r => r.live)
    this.#removed = 0
  }

  #buildIndex(): void {
    this.#index = new Map()
    for (const entry of this.rows) if (entry.live) this.#index.set(entry.rowKey as MapKey, entry)
  }
}

export class JoinSide {
  readonly table: StateTable<JoinRow>
  readonly key: JoinKey
  readonly identity: SideIdentity
  readonly width: number
  /** Set when its rows expire. */
  expiry: Expiry<JoinRow> | undefined
  readonly #buckets = new KeyedMap<JoinBucket>()
  readonly #rowKeyOf: ((row: Row) => MapKey) | undefined

  constructor({ table, key, rowTypes, identity, timeLine }: JoinSideSettings) {
    this.key = key
    this.identity = identity
    this.width = rowTypes.length
    this.#rowKeyOf = rowKeyReader(identity, rowTypes)
    this.table = new StateTable<JoinRow>({
      table,
      groupTypes: key.types,
      memberTypes: [ID_TYPE],
      valueTypes: [...rowTypes, ID_TYPE, ID_TYPE],
      keyOf: e => [...e.keyValues, e.id],
      valueOf: e => [...e.row, e.count, e.matches],
      timeLine,
    })
  }

  /** The rows of a key for which a condition holds, in the order of arrival. */
  select(mapKey: MapKey, isMatch: (row: Row) => boolean): readonly JoinRow[] {
    const { expiry } = this
    const rows = this.#buckets.get(mapKey)?.rows
    if (!rows) return []
    if (!expiry) return rows.filter(r => r.live && isMatch(r.row))
    return rows.filter(r => r.live && !expiry.isExpired(r) && isMatch(r.row))
  }

  find(mapKey: MapKey, row: Row): JoinRow | undefined {
    if (!this.#rowKeyOf) return undefined
    const found = this.#buckets.get(mapKey)?.find(this.#rowKeyOf(row))
    if (!found || !this.expiry?.isExpired(found)) return found
    this.expiry.drop(found)
    return undefined
  }

  /** Notes that a row has changed. */
  touch(entry: JoinRow): void {
    this.expiry?.stamp(entry)
    this.table.touch(entry)
  }

  /** Takes out a row whose time to live is over. */
  drop(entry: JoinRow): void {
    this.remove(this.key.mapKeyOf(entry.keyValues) as MapKey, entry)
  }

  add(mapKey: MapKey, keyValues: Row, row: Row, id: number, matches: number): void {
    const rowKey = this.#rowKeyOf?.(row)
    const entry: JoinRow = { ...fresh(), id, keyValues, rowKey, row, count: 1, matches }
    this.#bucketFor(mapKey).add(entry)
    this.table.add(entry)
    this.expiry?.add(entry)
  }

  remove(mapKey: MapKey, entry: JoinRow): void {
    this.table.remove(entry)
    this.expiry?.removed()
    const bucket = this.#buckets.get(mapKey)
    bucket?.removed(entry)
    if (bucket?.isEmpty) this.#buckets.delete(mapKey)
  }

  /** Puts a stored row back; returns its id. */
  put({ key, value, stamp }: StoredRow, mapKey: MapKey): number {
    const id = key.at(-1) as number
    const row = value.slice(0, this.width)
    const entry: JoinRow = {
      ...fresh(),
      stored: true,
      stamp,
      id,
      keyValues: key.slice(0, -1),
      rowKey: this.#rowKeyOf?.(row),
      row,
      count: value[this.width] as number,
      matches: value[this.width + 1] as number,
    }
    this.#bucketFor(mapKey).add(entry)
    this.expiry?.restore(entry)
    return id
  }

  #bucketFor(mapKey: MapKey): JoinBucket {
    const known = this.#buckets.get(mapKey)
    if (known) return known
    const bucket = new JoinBucket()
    this.#buckets.set(mapKey, bucket)
    return bucket
  }
}

function rowKeyReader(
  identity: SideIdentity,
  rowTypes: readonly DataType[],
): ((row: Row) => MapKey) | undefined {
  switch (identity.kind) {
    case 'append':
      return undefined
    case 'row':
      return createRowKey(rowTypes)
    default: {
      const { columns } = identity
      const text = createRowKey(columns.map(i => rowTypes[i] as DataType))
      return row => text(columns.map(i => row[i] as Row[number]))
    }
  }
}

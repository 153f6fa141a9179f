// Keeps the first or the last row of each key, by event time or by arrival.

import { type DataType, notNull, types } from '../../../types/data-type.ts'
import type { MapKey } from '../../../types/key-text.ts'
import {
  DELETE,
  INSERT,
  MAX_WATERMARK,
  type Row,
  type RowKindCode,
  UPDATE_AFTER,
  UPDATE_BEFORE,
} from '../../../types/value.ts'
import { KeyedMap } from '../../keyed-map.ts'
import type { JoinKey } from '../joins/join-key.ts'
import { fresh, ID_TYPE, type StateRecord, StateTable, type StoredRow } from '../state-table.ts'
import type { Expiry } from '../state-ttl.ts'
import { type OperatorPlace, StatefulRowOperator } from '../stateful-row-operator.ts'
import { TimeHeap } from '../time-heap.ts'

export interface DeduplicateSettings {
  readonly place: OperatorPlace
  /** All its columns NULL-safe: NULLs are one key. */
  readonly key: JoinKey
  readonly rowTypes: readonly DataType[]
  readonly keep: 'first' | 'last'
  /** Undefined: rows are ordered by arrival. */
  readonly timeOf: ((row: Row) => number) | undefined
  /** Appends the row number, which is 1. */
  readonly withRank: boolean
  /** A new last row is preceded by the old one as -U. */
  readonly emitsUpdateBefore: boolean
}

interface KeptRow extends StateRecord {
  readonly id: number
  readonly keyValues: Row
  /** `undefined` once a first row has left: only its key is remembered. */
  row: Row | undefined
}

const BOOLEAN = notNull(types.boolean)

/**
 * By event time the first row of a key waits until the watermark reaches it, so that the output only grows; rows late by then are
 * dropped and counted. The last row is replaced by any row that is not older. By arrival, rows leave at once.
 *
 * @see Flink's row-time and processing-time deduplicate functions
 */
export class DeduplicateOperator extends StatefulRowOperator {
  readonly #settings: DeduplicateSettings
  readonly #kept = new KeyedMap<KeptRow>()
  readonly #waiting = new TimeHeap<KeptRow & { readonly row: Row }>()
  readonly #table: StateTable<KeptRow>
  readonly #expiry: Expiry<KeptRow> | undefined

  constructor(settings: DeduplicateSettings) {
    super(settings.place)
    this.#settings = settings
    const { key, rowTypes } = settings
    const noRow = new Array<null>(rowTypes.length).fill(null)
    this.#table = new StateTable<KeptRow>({
      table: 0,
      groupTypes: key.types,
      memberTypes: [],
      valueTypes: [...rowTypes, ID_TYPE, BOOLEAN],
      keyOf: e => e.keyValues,
      valueOf: e => [...(e.row ?? noRow), e.id, e.row !== undefined],
      timeLine: settings.place.ttl?.line,
    })
    this.tables = [this.#table]
    // First rows by event time may wait for the watermark: all of them must be there.
    this.recoversByKey = settings.keep === 'last' || !settings.timeOf
    this.#expiry = this.expiring<KeptRow>({
      drop: kept => this.#remove(key.mapKeyOf(kept.keyValues) as MapKey, kept),
      stamped: kept => this.#table.touch(kept),
      isHeld: kept => this.#isWaiting(kept),
    })
  }

  process(_input: number, kind: RowKindCode, row: Row): void {
    this.recordsIn++
    const { key, keep, timeOf } = this.#settings
    const keyValues = key.valuesOf(row)
    const mapKey = key.mapKeyOf(keyValues) as MapKey
    this.recall(keyValues)
    const kept = this.#find(mapKey)
    if ((kind & 1) === 1) this.#takeBack(kind, mapKey, kept)
    else if (keep === 'last') this.#keepLast(mapKey, keyValues, row, kept)
    else if (timeOf) this.#keepFirst(mapKey, keyValues, row, timeOf(row), kept)
    else if (!kept) {
      this.#set(mapKey, keyValues, undefined)
      this.#give(INSERT, row)
    }
  }

  /** What is kept of the key; a row of it has come, so that its time to live starts anew. */
  #find(mapKey: MapKey): KeptRow | undefined {
    const expiry = this.#expiry
    expiry?.observe()
    const kept = this.#kept.get(mapKey)
    if (!kept || !expiry) return kept
    if (expiry.isExpired(kept)) {
      expiry.drop(kept)
      return undefined
    }
    expiry.stamp(kept)
    this.#table.touch(kept)
    return kept
  }

  #isWaiting({ row }: KeptRow): boolean {
    const { keep, timeOf } = this.#settings
    return row !== undefined && keep === 'first' && timeOf !== undefined
  }

  #keepLast(mapKey: MapKey, keyValues: Row, row: Row, kept: KeptRow | undefined): void {
    const { timeOf, emitsUpdateBefore } = this.#settings
    if (!kept) {
      this.#set(mapKey, keyValues, row)
      this.#give(INSERT, row)
      return
    }
    const before = kept.row as Row
    if (timeOf && timeOf(row) < timeOf(before)) return
    kept.row = row
    this.#table.touch(kept)
    if (emitsUpdateBefore) this.#give(UPDATE_BEFORE, before)
    this.#give(UPDATE_AFTER, row)
  }

  #keepFirst(
    mapKey: MapKey,
    keyValues: Row,
    row: Row,
    time: number,
    kept: KeptRow | undefined,
  ): void {
    if (kept && kept.row === undefined) return
    if (time <= this.place.clock.watermark) {
      this.late++
      return
    }
    const { timeOf } = this.#settings
    if (kept?.row && timeOf && timeOf(kept.row) <= time) return
    if (kept) this.#remove(mapKey, kept)
    this.#wait(this.#set(mapKey, keyValues, row), time)
  }

  #wait(entry: KeptRow, time: number): void {
    this.#waiting.push(time, entry as KeptRow & { readonly row: Row })
    this.expect(time)
  }

  override advance(watermark: number): void {
    while (this.#waiting.size > 0 && watermark >= this.#waiting.earliest) {
      const entry = this.#waiting.pop() as KeptRow
      // An earlier row of the key took its place.
      if (!entry.live) continue
      const row = entry.row as Row
      entry.row = undefined
      this.#expiry?.release(entry, watermark)
      this.#table.touch(entry)
      this.#give(INSERT, row)
    }
    this.deadline = this.#waiting.size > 0 ? this.#waiting.earliest : MAX_WATERMARK
  }

  /** -U is answered by the +U that follows it. */
  #takeBack(kind: RowKindCode, mapKey: MapKey, kept: KeptRow | undefined): void {
    if (kind !== DELETE || !kept) return
    this.#remove(mapKey, kept)
    if (kept.row && this.#settings.keep === 'last') this.#give(DELETE, kept.row)
  }

  #set(mapKey: MapKey, keyValues: Row, row: Row | undefined): KeptRow {
    const entry: KeptRow = { ...fresh(), id: this.nextId++, keyValues, row }
    this.#kept.set(mapKey, entry)
    this.#table.add(entry)
    this.#expiry?.add(entry)
    return entry
  }

  #remove(mapKey: MapKey, kept: KeptRow): void {
    this.#kept.delete(mapKey)
    this.#table.remove(kept)
    this.#expiry?.removed()
  }

  #give(kind: RowKindCode, row: Row): void {
    this.give(kind, this.#settings.withRank ? [...row, 1] : [...row])
  }

  protected put({ key, value, stamp }: StoredRow): void {
    const width = this.#settings.rowTypes.length
    const id = value[width] as number
    const row = value[width + 1] === true ? value.slice(0, width) : undefined
    const entry: KeptRow = { ...fresh(), stored: true, stamp, id, keyValues: key, row }
    this.reserveId(id)
    this.#kept.set(this.#settings.key.mapKeyOf(key), entry)
    this.#expiry?.restore(entry)
    const { timeOf } = this.#settings
    if (row && timeOf && this.#isWaiting(entry)) this.#wait(entry, timeOf(row))
  }
}

// Makes a whole changelog of one that tells less: rows that replace each other by key, deletions by key, repeated changes.

import type { DataType } from '../../../types/data-type.ts'
import { rowEqualityOf } from '../../../types/compare.ts'
import type { MapKey } from '../../../types/key-text.ts'
import {
  DELETE,
  INSERT,
  type Row,
  type RowKindCode,
  UPDATE_AFTER,
  UPDATE_BEFORE,
} from '../../../types/value.ts'
import { KeyedMap } from '../../keyed-map.ts'
import type { JoinKey } from '../joins/join-key.ts'
import { fresh, type StateRecord, StateTable, type StoredRow } from '../state-table.ts'
import type { Expiry } from '../state-ttl.ts'
import { type OperatorPlace, StatefulRowOperator } from '../stateful-row-operator.ts'

export interface NormalizeSettings {
  readonly place: OperatorPlace
  /** The primary key's columns, NULL-safe. */
  readonly key: JoinKey
  readonly rowTypes: readonly DataType[]
  readonly emitsUpdateBefore: boolean
}

interface CurrentRow extends StateRecord {
  readonly keyValues: Row
  row: Row
}

/**
 * Keeps the current row of each key. A row replaces that of its key; one that is the same changes nothing; a deletion takes back
 * the row as it is known here, and is ignored when there is none. -U says nothing that the next row does not. Where rows expire,
 * one that is the same is given out again: what is below counts its time from it.
 *
 * @see Flink's ChangelogNormalize
 */
export class NormalizeOperator extends StatefulRowOperator {
  readonly #key: JoinKey
  readonly #current = new KeyedMap<CurrentRow>()
  readonly #table: StateTable<CurrentRow>
  readonly #expiry: Expiry<CurrentRow> | undefined
  readonly #isSame: (a: Row, b: Row) => boolean
  readonly #emitsUpdateBefore: boolean

  constructor({ place, key, rowTypes, emitsUpdateBefore }: NormalizeSettings) {
    super(place)
    this.#emitsUpdateBefore = emitsUpdateBefore
    this.#key = key
    this.#isSame = rowEqualityOf(rowTypes)
    this.#table = new StateTable<CurrentRow>({
      table: 0,
      groupTypes: key.types,
      memberTypes: [],
      valueTypes: rowTypes,
      keyOf: e => e.keyValues,
      valueOf: e => e.row,
      timeLine: place.ttl?.line,
    })
    this.tables = [this.#table]
    this.recoversByKey = true
    this.#expiry = this.expiring<CurrentRow>({
      drop: current => this.#forget(current),
      stamped: current => this.#table.touch(current),
    })
  }

  process(_input: number, kind: RowKindCode, row: Row): void {
    this.recordsIn++
    if (kind === UPDATE_BEFORE) return
    const keyValues = this.#key.valuesOf(row)
    const mapKey = this.#key.mapKeyOf(keyValues) as MapKey
    this.recall(keyValues)
    const current = this.#find(mapKey)
    if (kind === DELETE) {
      if (!current) return
      this.#forget(current)
      this.give(DELETE, current.row)
    } else if (!current) {
      this.#keep({ ...fresh(), keyValues, row })
      this.give(INSERT, [...row])
    } else if (this.#expiry || !this.#isSame(current.row, row)) {
      if (this.#emitsUpdateBefore) this.give(UPDATE_BEFORE, current.row)
      current.row = row
      this.#expiry?.stamp(current)
      this.#table.touch(current)
      this.give(UPDATE_AFTER, [...row])
    }
  }

  #find(mapKey: MapKey): CurrentRow | undefined {
    this.#expiry?.observe()
    const current = this.#current.get(mapKey)
    if (!current || !this.#expiry?.isExpired(current)) return current
    this.#expiry.drop(current)
    return undefined
  }

  #keep(entry: CurrentRow): void {
    this.#current.set(this.#key.mapKeyOf(entry.keyValues), entry)
    this.#table.add(entry)
    this.#expiry?.add(entry)
  }

  #forget(current: CurrentRow): void {
    this.#current.delete(this.#key.mapKeyOf(current.keyValues))
    this.#table.remove(current)
    this.#expiry?.removed()
  }

  protected put({ key, value, stamp }: StoredRow): void {
    const entry: CurrentRow = { ...fresh(), stored: true, stamp, keyValues: key, row: value }
    this.#current.set(this.#key.mapKeyOf(key), entry)
    this.#expiry?.restore(entry)
  }
}

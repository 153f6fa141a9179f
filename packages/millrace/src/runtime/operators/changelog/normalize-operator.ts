// Makes a whole changelog of one that tells less: rows that replace each other by key, deletions by key, repeated changes.

import type { DataType } from '../../../types/data-type.ts'
import { equalityOf } from '../../../types/compare.ts'
import type { MapKey } from '../../../types/key-text.ts'
import {
  DELETE,
  INSERT,
  type Row,
  type RowKindCode,
  UPDATE_AFTER,
  UPDATE_BEFORE,
  type Value,
} from '../../../types/value.ts'
import { KeyedMap } from '../../keyed-map.ts'
import type { JoinKey } from '../joins/join-key.ts'
import { fresh, type StateRecord, StateTable, type StoredRow } from '../state-table.ts'
import { type OperatorPlace, StatefulRowOperator } from '../stateful-row-operator.ts'

export interface NormalizeSettings {
  readonly place: OperatorPlace
  /** The primary key's columns, NULL-safe. */
  readonly key: JoinKey
  readonly rowTypes: readonly DataType[]
}

interface CurrentRow extends StateRecord {
  readonly keyValues: Row
  row: Row
}

/**
 * Keeps the current row of each key. A row replaces that of its key; one that is the same changes nothing; a deletion takes back
 * the row as it is known here, and is ignored when there is none. -U says nothing that the next row does not.
 *
 * @see Flink's ChangelogNormalize
 */
export class NormalizeOperator extends StatefulRowOperator {
  readonly #key: JoinKey
  readonly #current = new KeyedMap<CurrentRow>()
  readonly #table: StateTable<CurrentRow>
  readonly #equal: readonly ((a: Value, b: Value) => boolean)[]

  constructor({ place, key, rowTypes }: NormalizeSettings) {
    super(place)
    this.#key = key
    this.#equal = rowTypes.map(equalityOf)
    this.#table = new StateTable<CurrentRow>({
      table: 0,
      groupTypes: key.types,
      memberTypes: [],
      valueTypes: rowTypes,
      keyOf: e => e.keyValues,
      valueOf: e => e.row,
    })
    this.tables = [this.#table]
  }

  process(_input: number, kind: RowKindCode, row: Row): void {
    this.recordsIn++
    if (kind === UPDATE_BEFORE) return
    const keyValues = this.#key.valuesOf(row)
    const mapKey = this.#key.mapKeyOf(keyValues) as MapKey
    const current = this.#current.get(mapKey)
    if (kind === DELETE) {
      if (current) this.#remove(mapKey, current)
    } else if (!current) {
      const entry: CurrentRow = { ...fresh(), keyValues, row }
      this.#current.set(mapKey, entry)
      this.#table.add(entry)
      this.give(INSERT, [...row])
    } else if (!this.#isSame(current.row, row)) {
      this.give(UPDATE_BEFORE, current.row)
      current.row = row
      this.#table.touch(current)
      this.give(UPDATE_AFTER, [...row])
    }
  }

  #remove(mapKey: MapKey, current: CurrentRow): void {
    this.#current.delete(mapKey)
    this.#table.remove(current)
    this.give(DELETE, current.row)
  }

  #isSame(a: Row, b: Row): boolean {
    return this.#equal.every((equal, i) => {
      const [x, y] = [a[i] as Value, b[i] as Value]
      return x === null || y === null ? x === y : equal(x, y)
    })
  }

  protected put({ key, value }: StoredRow): void {
    const entry: CurrentRow = { ...fresh(), stored: true, keyValues: key, row: value }
    this.#current.set(this.#key.mapKeyOf(key) as MapKey, entry)
  }
}

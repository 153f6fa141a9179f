// INTERSECT ALL and EXCEPT ALL: each row as often as both sides together say.

import type { DataType } from '../../../types/data-type.ts'
import type { MapKey } from '../../../types/key-text.ts'
import { DELETE, INSERT, type Row, type RowKindCode } from '../../../types/value.ts'
import { KeyedMap } from '../../keyed-map.ts'
import type { JoinKey } from './join-key.ts'
import { fresh, ID_TYPE, type StateRecord, StateTable, type StoredRow } from '../state-table.ts'
import type { Expiry } from '../state-ttl.ts'
import { type OperatorPlace, StatefulRowOperator } from '../stateful-row-operator.ts'

export interface SetOperationSettings {
  readonly place: OperatorPlace
  readonly operation: 'intersect' | 'except'
  /** The whole row, NULLs equal. */
  readonly key: JoinKey
}

interface CountedRow extends StateRecord {
  readonly mapKey: MapKey
  readonly row: Row
  /** How often it is in the left and in the right input. */
  readonly counts: [number, number]
}

const COUNT_TYPES: readonly DataType[] = [ID_TYPE, ID_TYPE]

/**
 * Counts each distinct row on both sides; the result has it `min(left, right)` times (INTERSECT ALL), or `max(left - right, 0)` times
 * (EXCEPT ALL). One change of an input changes the result by one row at most. State: row → (count, count).
 *
 * @see Flink's rewrite of both to UNION ALL, an aggregation and a function that repeats rows
 */
export class SetOperationOperator extends StatefulRowOperator {
  readonly #key: JoinKey
  readonly #rows = new KeyedMap<CountedRow>()
  readonly #table: StateTable<CountedRow>
  readonly #expiry: Expiry<CountedRow> | undefined
  readonly #timesOf: (left: number, right: number) => number

  constructor({ place, operation, key }: SetOperationSettings) {
    super(place)
    this.#key = key
    this.#timesOf =
      operation === 'intersect'
        ? (left, right) => Math.max(0, Math.min(left, right))
        : (left, right) => Math.max(0, left - right)
    this.#table = new StateTable<CountedRow>({
      table: 0,
      groupTypes: key.types,
      memberTypes: [],
      valueTypes: COUNT_TYPES,
      keyOf: e => e.row,
      valueOf: e => e.counts,
      timeLine: place.ttl?.line,
    })
    this.tables = [this.#table]
    this.recoversByKey = true
    this.#expiry = this.expiring<CountedRow>({
      drop: entry => this.#remove(entry),
      stamped: entry => this.#table.touch(entry),
    })
  }

  process(input: number, kind: RowKindCode, row: Row): void {
    this.recordsIn++
    this.#expiry?.observe()
    this.recall(row)
    const entry = this.#entryOf(row)
    const { counts } = entry
    const before = this.#timesOf(counts[0], counts[1])
    counts[input === 0 ? 0 : 1] += (kind & 1) === 1 ? -1 : 1
    const after = this.#timesOf(counts[0], counts[1])
    if (counts[0] === 0 && counts[1] === 0) this.#remove(entry)
    else {
      this.#expiry?.stamp(entry)
      this.#table.touch(entry)
    }
    if (after > before) this.give(INSERT, [...entry.row])
    else if (after < before) this.give(DELETE, [...entry.row])
  }

  #entryOf(row: Row): CountedRow {
    const mapKey = this.#key.mapKeyOf(row) as MapKey
    const known = this.#rows.get(mapKey)
    if (known && !this.#expiry?.isExpired(known)) return known
    if (known) this.#expiry?.drop(known)
    const entry: CountedRow = { ...fresh(), mapKey, row: [...row], counts: [0, 0] }
    this.#rows.set(mapKey, entry)
    this.#table.add(entry)
    this.#expiry?.add(entry)
    return entry
  }

  #remove(entry: CountedRow): void {
    this.#rows.delete(entry.mapKey)
    this.#table.remove(entry)
    this.#expiry?.removed()
  }

  protected put({ key, value, stamp }: StoredRow): void {
    const mapKey = this.#key.mapKeyOf(key) as MapKey
    const counts: [number, number] = [value[0] as number, value[1] as number]
    const entry: CountedRow = { ...fresh(), stored: true, stamp, mapKey, row: key, counts }
    this.#rows.set(mapKey, entry)
    this.#expiry?.restore(entry)
  }
}

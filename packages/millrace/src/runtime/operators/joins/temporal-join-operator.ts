// Event-time temporal join: each left row meets the version of its key's right row that was valid at the left row's time.

import type { DataType } from '../../../types/data-type.ts'
import { notNull, types } from '../../../types/data-type.ts'
import type { MapKey } from '../../../types/key-text.ts'
import {
  DELETE,
  MAX_WATERMARK,
  type Row,
  type RowKindCode,
  UPDATE_BEFORE,
} from '../../../types/value.ts'
import { KeyedMap } from '../../keyed-map.ts'
import type { IntervalSide } from './interval-join-operator.ts'
import { fresh, ID_TYPE, type StateRecord, StateTable, type StoredRow } from '../state-table.ts'
import { type OperatorPlace, StatefulRowOperator } from '../stateful-row-operator.ts'
import { TimeHeap } from '../time-heap.ts'

export interface TemporalJoinSettings {
  readonly place: OperatorPlace
  readonly join: 'inner' | 'left'
  readonly left: IntervalSide
  readonly right: IntervalSide
  readonly matches: (left: Row, right: Row) => boolean
}

interface WaitingRow extends StateRecord {
  readonly id: number
  readonly mapKey: MapKey | undefined
  readonly keyValues: Row
  readonly row: Row
  readonly kind: RowKindCode
}

/** What the key held from `time` on. */
interface Version extends StateRecord {
  readonly keyValues: Row
  readonly time: number
  row: Row
  isDeleted: boolean
}

const TIME_TYPE: DataType = notNull(types.bigint)

/**
 * A left row waits until the watermark reaches its time: then all versions up to it have come. Rows leave in the order of their
 * times; a late one leaves at once, joined with what is kept. Of a key's versions those stay that a left row after the watermark
 * can still need: the last one up to it, and later ones.
 *
 * @see Flink's TemporalRowTimeJoinOperator
 */
export class TemporalJoinOperator extends StatefulRowOperator {
  readonly #settings: TemporalJoinSettings
  readonly #waiting = new TimeHeap<WaitingRow>()
  /** By key, ascending by time. */
  readonly #versions = new KeyedMap<Version[]>()
  readonly #waitingTable: StateTable<WaitingRow>
  readonly #versionTable: StateTable<Version>

  constructor(settings: TemporalJoinSettings) {
    super(settings.place)
    this.#settings = settings
    const { left, right } = settings
    this.#waitingTable = new StateTable<WaitingRow>({
      table: 0,
      groupTypes: left.key.types,
      memberTypes: [ID_TYPE],
      valueTypes: [...left.rowTypes, ID_TYPE],
      keyOf: e => [...e.keyValues, e.id],
      valueOf: e => [...e.row, e.kind],
    })
    this.#versionTable = new StateTable<Version>({
      table: 1,
      groupTypes: right.key.types,
      memberTypes: [TIME_TYPE],
      valueTypes: [...right.rowTypes, ID_TYPE],
      keyOf: e => [...e.keyValues, e.time],
      valueOf: e => [...e.row, e.isDeleted ? 1 : 0],
    })
    this.tables = [this.#waitingTable, this.#versionTable]
  }

  process(input: number, kind: RowKindCode, row: Row): void {
    this.recordsIn++
    if (input === 1) {
      // The version that follows ends the one before it.
      if (kind !== UPDATE_BEFORE) this.#addVersion(kind, row)
      return
    }
    const { key, timeOf } = this.#settings.left
    const time = timeOf(row)
    const keyValues = key.valuesOf(row)
    const mapKey = key.mapKeyOf(keyValues)
    if (time <= this.place.clock.watermark) {
      this.#join(kind, mapKey, row, time)
      return
    }
    if (mapKey === undefined && this.#settings.join === 'inner') return
    const entry = { ...fresh(), id: this.nextId++, mapKey, keyValues, row, kind }
    this.#waitingTable.add(entry)
    this.#waiting.push(time, entry)
    this.expect(time)
  }

  override advance(watermark: number): void {
    while (this.#waiting.size > 0 && watermark >= this.#waiting.earliest) {
      const time = this.#waiting.earliest
      const entry = this.#waiting.pop() as WaitingRow
      this.#waitingTable.remove(entry)
      this.#join(entry.kind, entry.mapKey, entry.row, time)
    }
    this.deadline = this.#waiting.size > 0 ? this.#waiting.earliest : MAX_WATERMARK
  }

  #join(kind: RowKindCode, mapKey: MapKey | undefined, row: Row, time: number): void {
    const { join, right, matches } = this.#settings
    const versions = mapKey === undefined ? undefined : this.#versions.get(mapKey)
    const version = versions?.findLast(v => v.time <= time)
    if (version && !version.isDeleted && matches(row, version.row))
      this.give(kind, [...row, ...version.row])
    else if (join === 'left')
      this.give(kind, [...row, ...new Array<null>(right.rowTypes.length).fill(null)])
  }

  #addVersion(kind: RowKindCode, row: Row): void {
    const { key, timeOf } = this.#settings.right
    const keyValues = key.valuesOf(row)
    const mapKey = key.mapKeyOf(keyValues)
    if (mapKey === undefined) return
    const time = timeOf(row)
    const versions = this.#versions.get(mapKey) ?? []
    const isDeleted = kind === DELETE
    const at = versions.findLastIndex(v => v.time <= time)
    const same = versions[at]
    if (same?.time === time) {
      same.row = row
      same.isDeleted = isDeleted
      this.#versionTable.touch(same)
    } else {
      const version = { ...fresh(), keyValues, time, row, isDeleted }
      versions.splice(at + 1, 0, version)
      this.#versionTable.add(version)
      this.#versions.set(mapKey, versions)
    }
    this.#dropOld(mapKey, versions)
  }

  #dropOld(mapKey: MapKey, versions: Version[]): void {
    const { watermark } = this.place.clock
    const current = versions.findLastIndex(v => v.time <= watermark)
    if (current < 0) return
    // A deletion that is past says no more than no version at all.
    const isGone = (versions[current] as Version).isDeleted
    for (const version of versions.splice(0, isGone ? current + 1 : current))
      this.#versionTable.remove(version)
    if (versions.length === 0) this.#versions.delete(mapKey)
  }

  protected put({ table, key, value }: StoredRow): void {
    const keyValues = key.slice(0, -1)
    const row = value.slice(0, -1)
    const state = { ...fresh(), stored: true, keyValues, row }
    const last = key.at(-1) as number
    if (table === 1) {
      const mapKey = this.#settings.right.key.mapKeyOf(keyValues) as MapKey
      const versions = this.#versions.get(mapKey) ?? []
      // Stored keys come in the order of their times.
      versions.push({ ...state, time: last, isDeleted: value.at(-1) === 1 })
      this.#versions.set(mapKey, versions)
      return
    }
    this.reserveId(last)
    const { key: leftKey, timeOf } = this.#settings.left
    const mapKey = leftKey.mapKeyOf(keyValues)
    const time = timeOf(row)
    this.#waiting.push(time, { ...state, id: last, mapKey, kind: value.at(-1) as RowKindCode })
    this.expect(time)
  }
}

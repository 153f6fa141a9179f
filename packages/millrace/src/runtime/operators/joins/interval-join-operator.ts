// Interval join: append-only rows of both sides whose event times are within bounds of each other. State ends with the bounds.

import type { DataType } from '../../../types/data-type.ts'
import type { MapKey } from '../../../types/key-text.ts'
import { INSERT, MAX_WATERMARK, type Row, type RowKindCode } from '../../../types/value.ts'
import type { JoinKey } from './join-key.ts'
import { fresh, ID_TYPE, type StateRecord, StateTable, type StoredRow } from '../state-table.ts'
import { type OperatorPlace, StatefulRowOperator } from '../stateful-row-operator.ts'
import { TimeHeap } from '../time-heap.ts'

export interface IntervalSide {
  readonly key: JoinKey
  readonly rowTypes: readonly DataType[]
  readonly timeOf: (row: Row) => number
}

export interface IntervalJoinSettings {
  readonly place: OperatorPlace
  readonly join: 'inner' | 'left' | 'right' | 'full'
  readonly left: IntervalSide
  readonly right: IntervalSide
  readonly matches: (left: Row, right: Row) => boolean
  /** A pair joins when left time + lower <= right time <= left time + upper. */
  readonly lowerMs: number
  readonly upperMs: number
}

interface WaitingRow extends StateRecord {
  readonly id: number
  readonly input: number
  readonly mapKey: MapKey | undefined
  readonly keyValues: Row
  readonly row: Row
  readonly time: number
  isMatched: boolean
}

/**
 * Joins rows as they come with the rows of the other side that are still awaited.
 *
 * A left row waits while right rows up to `time + upper` can come without being late, a right row while left rows up to
 * `time - lower` can. A row past its bound by the watermark goes; unmatched on an outer side, it leaves NULL-padded, so the
 * output's watermark is `outputDelayMs` behind. A row that comes later than all its bounds still meets what is kept.
 *
 * @see Flink's TimeIntervalJoin
 */
export class IntervalJoinOperator extends StatefulRowOperator {
  override readonly outputDelayMs: number
  readonly #settings: IntervalJoinSettings
  readonly #sides: readonly [IntervalSide, IntervalSide]
  readonly #outer: readonly [boolean, boolean]
  /** Per side: how long after its own time a row waits for the other side. */
  readonly #waitMs: readonly [number, number]
  readonly #rows = [new Map<MapKey, WaitingRow[]>(), new Map<MapKey, WaitingRow[]>()] as const
  readonly #expiry = new TimeHeap<WaitingRow>()
  readonly #stateTables: readonly StateTable<WaitingRow>[]

  constructor(settings: IntervalJoinSettings) {
    super(settings.place)
    const { join, left, right, lowerMs, upperMs } = settings
    this.#settings = settings
    this.#sides = [left, right]
    this.#outer = [join === 'left' || join === 'full', join === 'right' || join === 'full']
    this.#waitMs = [upperMs, -lowerMs]
    this.outputDelayMs = Math.max(0, upperMs, -lowerMs)
    this.#stateTables = this.#sides.map(
      ({ key, rowTypes }, table) =>
        new StateTable<WaitingRow>({
          table,
          groupTypes: key.types,
          memberTypes: [ID_TYPE],
          valueTypes: [...rowTypes, ID_TYPE],
          keyOf: e => [...e.keyValues, e.id],
          valueOf: e => [...e.row, e.isMatched ? 1 : 0],
        }),
    )
    this.tables = this.#stateTables
  }

  process(input: number, _kind: RowKindCode, row: Row): void {
    this.recordsIn++
    const side = this.#sides[input] as IntervalSide
    const time = side.timeOf(row)
    const keyValues = side.key.valuesOf(row)
    const mapKey = side.key.mapKeyOf(keyValues)
    let isMatched = mapKey !== undefined && this.#joinWith(input, mapKey, row, time)
    const { watermark } = this.place.clock
    if (watermark < time + (this.#waitMs[input] as number)) {
      // A row that matches nothing waits only to be padded in its turn.
      if (mapKey === undefined && !this.#outer[input]) return
      const id = this.nextId++
      const entry = { ...fresh(), id, input, mapKey, keyValues, row, time, isMatched }
      this.#stateTables[input]?.add(entry)
      this.#keep(entry)
      return
    }
    if (this.#outer[input] && !isMatched) {
      this.#givePadded(input, row)
      isMatched = true
    }
    if (!isMatched) this.late++
  }

  #joinWith(input: number, mapKey: MapKey, row: Row, time: number): boolean {
    const partners = this.#rows[1 - input]?.get(mapKey)
    if (!partners) return false
    const { matches, lowerMs, upperMs } = this.#settings
    let isMatched = false
    for (const partner of partners) {
      const distance = input === 0 ? partner.time - time : time - partner.time
      if (distance < lowerMs || distance > upperMs) continue
      const [left, right] = input === 0 ? [row, partner.row] : [partner.row, row]
      if (!matches(left, right)) continue
      isMatched = true
      if (!partner.isMatched) {
        partner.isMatched = true
        if (this.#outer[1 - input]) this.#stateTables[1 - input]?.touch(partner)
      }
      this.give(INSERT, [...left, ...right])
    }
    return isMatched
  }

  #keep(entry: WaitingRow): void {
    const { input, mapKey, time } = entry
    if (mapKey !== undefined) {
      const rows = this.#rows[input] as Map<MapKey, WaitingRow[]>
      const known = rows.get(mapKey)
      if (known) known.push(entry)
      else rows.set(mapKey, [entry])
    }
    const expiry = time + (this.#waitMs[input] as number) + 1
    this.#expiry.push(expiry, entry)
    this.expect(expiry)
  }

  override advance(watermark: number): void {
    while (this.#expiry.size > 0 && watermark >= this.#expiry.earliest) {
      const entry = this.#expiry.pop() as WaitingRow
      this.#forget(entry)
      if (this.#outer[entry.input] && !entry.isMatched) this.#givePadded(entry.input, entry.row)
    }
    this.deadline = this.#expiry.size > 0 ? this.#expiry.earliest : MAX_WATERMARK
  }

  #forget(entry: WaitingRow): void {
    this.#stateTables[entry.input]?.remove(entry)
    if (entry.mapKey === undefined) return
    const rows = this.#rows[entry.input] as Map<MapKey, WaitingRow[]>
    const left = (rows.get(entry.mapKey) as WaitingRow[]).filter(r => r !== entry)
    if (left.length > 0) rows.set(entry.mapKey, left)
    else rows.delete(entry.mapKey)
  }

  #givePadded(input: number, row: Row): void {
    const nulls: Row = new Array((this.#sides[1 - input] as IntervalSide).rowTypes.length).fill(
      null,
    )
    this.give(INSERT, input === 0 ? [...row, ...nulls] : [...nulls, ...row])
  }

  protected put({ table, key, value }: StoredRow): void {
    const side = this.#sides[table] as IntervalSide
    const keyValues = key.slice(0, -1)
    const id = key.at(-1) as number
    const row = value.slice(0, -1)
    this.reserveId(id)
    this.#keep({
      ...fresh(),
      stored: true,
      id,
      input: table,
      mapKey: side.key.mapKeyOf(keyValues),
      keyValues,
      row,
      time: side.timeOf(row),
      isMatched: value.at(-1) === 1,
    })
  }
}

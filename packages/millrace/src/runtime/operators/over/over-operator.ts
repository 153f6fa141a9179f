// OVER aggregates of a stream, ordered by event time or by arrival: the frame ends at the current row.

import { type DataType, notNull, types } from '../../../types/data-type.ts'
import type { MapKey } from '../../../types/key-text.ts'
import { INSERT, MAX_WATERMARK, type Row, type RowKindCode } from '../../../types/value.ts'
import { KeyedMap } from '../../keyed-map.ts'
import type { JoinKey } from '../joins/join-key.ts'
import { aggregateRows, type OverAggregates } from './over-frame.ts'
import type { Alarm, OverRow, Partition } from './over-partition.ts'
import { fresh, ID_TYPE, StateTable, type StoredRow } from '../state-table.ts'
import type { Expiry } from '../state-ttl.ts'
import { type OperatorPlace, StatefulRowOperator } from '../stateful-row-operator.ts'
import { TimeHeap } from '../time-heap.ts'

export interface OverSettings {
  readonly place: OperatorPlace
  /** The partition, all its columns NULL-safe. */
  readonly key: JoinKey
  readonly rowTypes: readonly DataType[]
  /** Rows in the order of processing time are answered as they come. */
  readonly time: 'event' | 'processing'
  readonly timeOf: (row: Row) => number
  /** ROWS, or RANGE over time, where rows of one time are in each other's frames. */
  readonly unit: 'rows' | 'range'
  /** Rows, or ms, before the current row; `+Infinity`: all. */
  readonly preceding: number
  readonly aggregates: OverAggregates
}

const TIMES = notNull({ kind: 'array', element: notNull(types.double), nullable: true })

/**
 * A row waits until the watermark reaches its time. Rows that are not later than the last one answered of their partition are
 * late, dropped and counted; with an unbounded frame, all that the watermark has reached.
 *
 * The rows of a bounded RANGE frame go once none of them can be in a frame any more. Alarms look for that, at times that follow
 * from the rows; as in Flink, an alarm that comes too early makes everything before it late.
 *
 * State: table 0 rows that wait or are in frames to come, table 1 the partition's progress.
 *
 * @see Flink's RowTimeRowsBoundedPrecedingFunction, RowTimeRangeBoundedPrecedingFunction, AbstractRowTimeUnboundedPrecedingOver
 */
export class OverOperator extends StatefulRowOperator {
  readonly #settings: OverSettings
  readonly #isBounded: boolean
  readonly #partitions = new KeyedMap<Partition>()
  readonly #due = new TimeHeap<OverRow>()
  readonly #alarms = new TimeHeap<Alarm>()
  readonly #rowTable: StateTable<OverRow>
  readonly #partitionTable: StateTable<Partition>
  readonly #expiry: Expiry<Partition> | undefined

  constructor(settings: OverSettings) {
    super(settings.place)
    this.#settings = settings
    const { key, rowTypes, aggregates, preceding } = settings
    this.#isBounded = preceding < Number.POSITIVE_INFINITY
    this.#rowTable = new StateTable<OverRow>({
      table: 0,
      groupTypes: key.types,
      memberTypes: [ID_TYPE],
      valueTypes: [...rowTypes, notNull(types.boolean)],
      keyOf: e => [...e.keyValues, e.id],
      valueOf: e => [...e.row, e.isPast],
    })
    this.#partitionTable = new StateTable<Partition>({
      table: 1,
      groupTypes: key.types,
      memberTypes: [],
      valueTypes: [...aggregates.fieldTypes, TIMES, notNull(types.double)],
      keyOf: p => p.keyValues,
      valueOf: p => [...aggregates.fieldsOf(p.accumulator), p.alarms, p.lastTime],
      timeLine: settings.place.ttl?.line,
    })
    this.tables = [this.#rowTable, this.#partitionTable]
    this.#expiry = this.expiring<Partition>({
      drop: p => this.#drop(p),
      stamped: p => this.#partitionTable.touch(p),
      isHeld: p => p.waiting.size > 0,
    })
  }

  process(_input: number, _kind: RowKindCode, row: Row): void {
    this.recordsIn++
    const { key, timeOf } = this.#settings
    const keyValues = key.valuesOf(row)
    const mapKey = key.mapKeyOf(keyValues) as MapKey
    const { watermark } = this.place.clock
    this.#expiry?.observe()
    const id = this.nextId++
    const time = timeOf(row)
    const partition = this.#partition(mapKey, keyValues)
    const isByEvents = this.#settings.time === 'event'
    const reached = this.#isBounded ? partition.lastTime : watermark
    if (isByEvents && time <= reached) {
      this.late++
      return
    }
    const entry: OverRow = { ...fresh(), id, keyValues, mapKey, row, time, isPast: false }
    this.#rowTable.add(entry)
    if (isByEvents) this.#setAlarm(partition, time)
    if (!isByEvents || time <= watermark) this.#answer(partition, [entry])
    else this.#wait(partition, entry)
  }

  #wait(partition: Partition, entry: OverRow): void {
    const peers = partition.waiting.get(entry.time)
    if (peers) peers.push(entry)
    else {
      partition.waiting.set(entry.time, [entry])
      this.#due.push(entry.time, entry)
      this.expect(entry.time)
    }
  }

  /** @see Flink's RowTimeRangeBoundedPrecedingFunction, registerCleanupTimer */
  #setAlarm(partition: Partition, time: number): void {
    const { unit, preceding } = this.#settings
    if (!this.#isBounded || unit !== 'range') return
    const least = time + preceding + 1
    if ((partition.alarms.at(-1) ?? Number.NEGATIVE_INFINITY) >= least) return
    const alarm = time + Math.floor(preceding * 1.5) + 1
    partition.alarms.push(alarm)
    this.#partitionTable.touch(partition)
    this.#alarms.push(alarm, { id: this.nextId++, partition })
    this.expect(alarm)
  }

  #soundAlarm(): void {
    const time = this.#alarms.earliest
    const { partition } = this.#alarms.pop() as Alarm
    if (!partition.live) return
    partition.alarms = partition.alarms.filter(alarm => alarm !== time)
    if (partition.alarms.length > 0) partition.lastTime = Math.max(partition.lastTime, time)
    else {
      this.#drop(partition)
      this.#expiry?.removed()
      return
    }
    this.#partitionTable.touch(partition)
  }

  override advance(watermark: number): void {
    for (;;) {
      const next = Math.min(this.#due.earliest, this.#alarms.earliest)
      if (next > watermark || next === MAX_WATERMARK) break
      if (this.#alarms.earliest === next) {
        this.#soundAlarm()
        continue
      }
      const first = this.#due.pop() as OverRow
      const partition = this.#partitions.get(first.mapKey) as Partition
      const peers = partition.waiting.get(first.time) as OverRow[]
      partition.waiting.delete(first.time)
      this.#expiry?.release(partition, watermark)
      this.#answer(partition, peers)
    }
    this.deadline = Math.min(this.#due.earliest, this.#alarms.earliest)
  }

  /** Gives out rows of one time. */
  #answer(partition: Partition, peers: readonly OverRow[]): void {
    const isRange = this.#settings.unit === 'range'
    for (const group of isRange ? [peers] : peers.map(p => [p])) {
      const results = this.#isBounded
        ? this.#slide(partition, group)
        : this.#accumulate(partition, group)
      for (const { row } of group) this.give(INSERT, [...row, ...results])
    }
    partition.lastTime = (peers[0] as OverRow).time
    this.#partitionTable.touch(partition)
  }

  #accumulate(partition: Partition, group: readonly OverRow[]): Row {
    const { aggregates } = this.#settings
    for (const entry of group) {
      aggregates.accumulate(partition.accumulator, entry.row)
      this.#rowTable.remove(entry)
    }
    return aggregates.results(partition.accumulator)
  }

  #slide(partition: Partition, group: readonly OverRow[]): Row {
    const { preceding, unit, aggregates } = this.#settings
    const { past } = partition
    for (const entry of group) {
      entry.isPast = true
      this.#rowTable.touch(entry)
      past.push(entry)
    }
    const time = (group[0] as OverRow).time
    const start =
      unit === 'rows'
        ? Math.max(0, past.length - 1 - preceding)
        : past.findIndex(p => p.time >= time - preceding)
    for (const gone of past.splice(0, start)) this.#rowTable.remove(gone)
    return aggregateRows(aggregates, past, 0, past.length)
  }

  #partition(mapKey: MapKey, keyValues: Row): Partition {
    const known = this.#partitions.get(mapKey)
    if (known && this.#expiry?.isExpired(known)) this.#expiry.drop(known)
    else if (known) {
      this.#refresh(known)
      return known
    }
    const partition = this.#begin(mapKey, keyValues, false)
    this.#partitionTable.add(partition)
    this.#expiry?.add(partition)
    return partition
  }

  /** Notes that a row of the partition has come. */
  #refresh(partition: Partition): void {
    if (!this.#expiry) return
    this.#expiry.stamp(partition)
    this.#partitionTable.touch(partition)
  }

  #drop(partition: Partition): void {
    this.#partitions.delete(partition.mapKey)
    for (const row of partition.past) this.#rowTable.remove(row)
    this.#partitionTable.remove(partition)
  }

  protected put({ table, key, value, stamp }: StoredRow): void {
    const { key: partitionKey, aggregates, timeOf } = this.#settings
    if (table === 1) {
      const partition = this.#restoredPartition(partitionKey.mapKeyOf(key) as MapKey, key)
      partition.lastTime = value.at(-1) as number
      partition.stamp = stamp
      partition.accumulator = aggregates.restore(value.slice(0, -2))
      partition.alarms = value.at(-2) as number[]
      for (const alarm of partition.alarms) {
        this.#alarms.push(alarm, { id: this.nextId++, partition })
        this.expect(alarm)
      }
      return
    }
    const keyValues = key.slice(0, -1)
    const id = key.at(-1) as number
    this.reserveId(id)
    const mapKey = partitionKey.mapKeyOf(keyValues) as MapKey
    const row = value.slice(0, -1)
    const time = timeOf(row)
    const isPast = value.at(-1) === true
    const entry = { ...fresh(), stored: true, id, keyValues, mapKey, row, time, isPast }
    const partition = this.#restoredPartition(mapKey, keyValues)
    if (isPast) partition.past.push(entry)
    else this.#wait(partition, entry)
  }

  /** A partition's rows are read before its own entry is: that one counts it, and fills it in. */
  #restoredPartition(mapKey: MapKey, keyValues: Row): Partition {
    return this.#partitions.get(mapKey) ?? this.#begin(mapKey, keyValues, true)
  }

  #begin(mapKey: MapKey, keyValues: Row, stored: boolean): Partition {
    const partition: Partition = {
      ...fresh(),
      stored,
      keyValues,
      mapKey,
      past: [],
      waiting: new Map(),
      accumulator: this.#settings.aggregates.fresh(),
      lastTime: Number.NEGATIVE_INFINITY,
      alarms: [],
    }
    this.#partitions.set(mapKey, partition)
    return partition
  }

  override restored(): void {
    for (const partition of this.#partitions.values()) {
      partition.past.sort((a, b) => a.time - b.time || a.id - b.id)
      this.#expiry?.restore(partition)
    }
  }
}

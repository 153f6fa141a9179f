// MATCH_RECOGNIZE: rows wait for the watermark, are searched in order, and matches leave as one row each.

import type { MatchDefinition } from '../../../plan/match.ts'
import type { DataType } from '../../../types/data-type.ts'
import type { MapKey } from '../../../types/key-text.ts'
import { INSERT, MAX_WATERMARK, type Row, type RowKindCode } from '../../../types/value.ts'
import { KeyedMap } from '../../keyed-map.ts'
import type { JoinKey } from '../joins/join-key.ts'
import type { CompareOrder } from '../ranks/sorted-rows.ts'
import { fresh, type StoredRow } from '../state-table.ts'
import { type OperatorPlace, StatefulRowOperator } from '../stateful-row-operator.ts'
import { TimeHeap } from '../time-heap.ts'
import type { MatchAutomaton } from './automaton.ts'
import { type MatchPaths, MatchSearch } from './match-search.ts'
import {
  type MatchPartition,
  MatchRestore,
  MatchTables,
  type StoredMatchRow,
  type StoredNode,
} from './match-state.ts'
import { type MatchValue, readMatch } from './match-values.ts'

export interface MatchSettings {
  readonly place: OperatorPlace
  readonly key: JoinKey
  readonly rowTypes: readonly DataType[]
  readonly time: 'event' | 'processing'
  /** Epoch ms, by which the search goes first. */
  readonly timeOf: (row: Row) => number
  /** The order of rows of one time; undefined: that of their arrival. */
  readonly further:
    | { readonly orderOf: (row: Row) => Row; readonly compare: CompareOrder }
    | undefined
  readonly automaton: MatchAutomaton
  readonly definition: Pick<MatchDefinition, 'skip' | 'withinMs'>
  readonly variableNames: readonly string[]
  /** By variable; undefined: any row will do. */
  readonly conditions: readonly (
    | { readonly values: readonly MatchValue[]; readonly holds: (values: Row) => boolean }
    | undefined
  )[]
  readonly measures: {
    readonly values: readonly MatchValue[]
    readonly resultOf: (values: Row) => Row
  }
}

/** A partition to look after at a time, because a partial match will be too old then. */
interface Expiry {
  readonly id: number
  readonly partition: MatchPartition
}

/**
 * Event time: a row waits until the watermark reaches its time; rows that it has reached already are late, dropped and counted.
 * Processing time: rows are searched as they come, or with further keys once the clock has passed their time.
 *
 * State: rows that wait or are part of a run, the runs' paths, and the runs, per partition that has any. WITHIN drops runs by time.
 *
 * @see Flink's CepOperator
 */
export class MatchOperator
  extends StatefulRowOperator
  implements MatchPaths<StoredMatchRow, StoredNode>
{
  readonly #settings: MatchSettings
  readonly #search: MatchSearch<StoredMatchRow, StoredNode>
  readonly #tables: MatchTables
  readonly #partitions = new KeyedMap<MatchPartition>()
  readonly #due = new TimeHeap<StoredMatchRow>()
  readonly #expiries = new TimeHeap<Expiry>()
  readonly #isByEvents: boolean
  #restore: MatchRestore | undefined
  processingDeadline = MAX_WATERMARK

  constructor(settings: MatchSettings) {
    super(settings.place)
    this.#settings = settings
    const { automaton, definition, variableNames } = settings
    this.#search = new MatchSearch({ automaton, variableNames, ...definition }, this)
    this.#isByEvents = settings.time === 'event'
    this.#tables = new MatchTables(settings.key, settings.rowTypes)
    this.tables = [this.#tables.rows, this.#tables.nodes, this.#tables.partitions]
  }

  process(_input: number, _kind: RowKindCode, row: Row): void {
    this.recordsIn++
    const { key, timeOf, further } = this.#settings
    const time = timeOf(row)
    if (this.#isByEvents && time <= this.place.clock.watermark) {
      this.late++
      return
    }
    const keyValues = key.valuesOf(row)
    const partition = this.#partition(key.mapKeyOf(keyValues) as MapKey, keyValues)
    const id = this.nextId++
    const entry = { ...fresh(), id, partition, row, time, position: 0, holders: 0 }
    this.#tables.rows.add(entry)
    if (!this.#isByEvents && !further) {
      this.#searchRows(partition, time, [entry])
      this.#settle(partition)
    } else this.#wait(entry)
    this.#awaitNext()
  }

  override advance(watermark: number): void {
    if (this.#isByEvents || watermark === MAX_WATERMARK) this.#advanceTo(watermark)
  }

  advanceProcessingTime(nowMs: number): void {
    // Rows of this very millisecond may still come.
    this.#advanceTo(nowMs - 1)
  }

  #advanceTo(time: number): void {
    while (this.#due.size > 0 && this.#due.earliest <= time) {
      const { partition, time: dueTime } = this.#due.pop() as StoredMatchRow
      const rows = partition.waiting.get(dueTime) as StoredMatchRow[]
      partition.waiting.delete(dueTime)
      this.#searchRows(partition, dueTime, this.#inOrder(rows))
      this.#settle(partition)
    }
    while (this.#expiries.size > 0 && this.#expiries.earliest <= time) {
      const { partition } = this.#expiries.pop() as Expiry
      if (!partition.live) continue
      this.#search.expire(partition, time)
      this.#settle(partition)
    }
    if (this.#isByEvents) this.deadline = this.#earliest
    this.#awaitNext()
  }

  #searchRows(partition: MatchPartition, time: number, rows: readonly StoredMatchRow[]): void {
    this.#search.expire(partition, time)
    for (const row of rows) {
      row.position = ++partition.position
      this.#search.advance(partition, row)
      if (row.holders === 0) this.#tables.rows.remove(row)
      else this.#tables.rows.touch(row)
    }
    this.#awaitExpiry(partition, time)
  }

  /** Runs that began now must be dropped in time. */
  #awaitExpiry(partition: MatchPartition, time: number): void {
    const { withinMs } = this.#settings.definition
    if (withinMs === 0) return
    for (const run of partition.partial)
      if (run.startTime === time) {
        this.#expiries.push(time + withinMs, { id: this.nextId, partition })
        return
      }
  }

  #inOrder(rows: StoredMatchRow[]): readonly StoredMatchRow[] {
    const { further } = this.#settings
    if (!further || rows.length === 1) return rows
    const keyed = rows.map(row => ({ row, order: further.orderOf(row.row) }))
    return keyed.sort((a, b) => further.compare(a.order, b.order)).map(k => k.row)
  }

  /** Keeps the partition in the state as long as a run has begun. */
  #settle(partition: MatchPartition): void {
    const { partitions } = this.#tables
    const isActive = partition.partial.size > 1 || partition.complete.size > 0
    if (isActive && partition.live) partitions.touch(partition)
    else if (isActive) {
      partition.live = true
      partitions.add(partition)
    } else {
      partitions.remove(partition)
      if (partition.waiting.size === 0) this.#partitions.delete(partition.mapKey)
    }
  }

  #wait(entry: StoredMatchRow): void {
    const { waiting } = entry.partition
    const others = waiting.get(entry.time)
    if (others) others.push(entry)
    else {
      waiting.set(entry.time, [entry])
      this.#due.push(entry.time, entry)
    }
  }

  get #earliest(): number {
    return Math.min(this.#due.earliest, this.#expiries.earliest)
  }

  #awaitNext(): void {
    if (this.#isByEvents) this.expect(this.#earliest)
    else this.processingDeadline = this.#earliest + 1
  }

  holds(variable: number, last: StoredNode | undefined, entry: StoredMatchRow): boolean {
    const condition = this.#settings.conditions[variable]
    return !condition || condition.holds(readMatch(condition.values, last, { variable, entry }))
  }

  extend(last: StoredNode | undefined, variable: number, entry: StoredMatchRow): StoredNode {
    const id = this.nextId++
    const node = { ...fresh(), id, variable, entry, previous: last, holders: 0 }
    entry.holders++
    if (last) last.holders++
    this.#tables.nodes.add(node)
    return node
  }

  hold(last: StoredNode): void {
    last.holders++
  }

  release(last: StoredNode): void {
    let node: StoredNode | undefined = last
    while (node && --node.holders === 0) {
      this.#tables.nodes.remove(node)
      if (--node.entry.holders === 0) this.#tables.rows.remove(node.entry)
      node = node.previous
    }
  }

  found(last: StoredNode): void {
    const { values, resultOf } = this.#settings.measures
    const { keyValues } = last.entry.partition
    this.give(INSERT, [...keyValues, ...resultOf(readMatch(values, last))])
  }

  #partition(mapKey: MapKey, keyValues: Row): MatchPartition {
    const known = this.#partitions.get(mapKey)
    if (known) return known
    const partition: MatchPartition = {
      ...fresh(),
      live: false,
      ...this.#search.freshRuns(),
      keyValues,
      mapKey,
      waiting: new Map(),
      position: 0,
    }
    this.#partitions.set(mapKey, partition)
    return partition
  }

  protected put(stored: StoredRow): void {
    const { key, automaton, timeOf } = this.#settings
    this.#restore ??= new MatchRestore({
      key,
      automaton,
      timeOf,
      partitionOf: (mapKey, keyValues) => this.#partition(mapKey, keyValues),
    })
    this.reserveId(this.#restore.put(stored))
  }

  override restored(): void {
    for (const row of this.#restore?.link() ?? []) this.#wait(row)
    this.#restore = undefined
    const { withinMs } = this.#settings.definition
    for (const partition of this.#partitions.values())
      for (const { last, startTime } of withinMs > 0 ? partition.partial : [])
        if (last) this.#expiries.push(startTime + withinMs, { id: last.id, partition })
    this.#awaitNext()
  }
}

// Top-N per partition, kept current under insertions, updates and deletions.

import type { DataType } from '../../../types/data-type.ts'
import { createRowKey, type MapKey } from '../../../types/key-text.ts'
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
import type { SideIdentity } from '../joins/join-side.ts'
import { entriesInRange, type RankedEntry, type RankRange } from './ranking.ts'
import { type CompareOrder, type SortedRow, SortedRows } from './sorted-rows.ts'
import { fresh, ID_TYPE, type StateRecord, StateTable, type StoredRow } from '../state-table.ts'
import { type Expiring, type Expiry, UNSTAMPED } from '../state-ttl.ts'
import { type OperatorPlace, StatefulRowOperator } from '../stateful-row-operator.ts'

export interface RankSettings {
  readonly place: OperatorPlace
  /** The partition, all its columns NULL-safe. */
  readonly key: JoinKey
  readonly rowTypes: readonly DataType[]
  readonly orderOf: (row: Row) => Row
  readonly compare: CompareOrder
  readonly range: RankRange
  readonly withRank: boolean
  readonly identity: SideIdentity
  readonly emitsUpdateBefore: boolean
}

interface RankRow extends SortedRow, StateRecord {
  readonly mapKey: MapKey
  readonly keyValues: Row
}

/** The rows of a partition, which expire together: their last stamp counts. */
class Partition extends SortedRows<RankRow> implements Expiring {
  stamp = UNSTAMPED
  live = true
}

/**
 * Keeps each partition's rows in order and gives out what a change changes among the ranks kept: with the rank as a column,
 * every row whose rank moves; without it, the rows that enter and leave. Ties are broken by arrival. Of input that only grows no
 * more rows are kept than can be given out; of other input all, because the next one may move up.
 *
 * @see Flink's AppendOnlyTopNFunction and RetractableTopNFunction
 */
export class RankOperator extends StatefulRowOperator {
  readonly #settings: RankSettings
  readonly #partitions = new KeyedMap<Partition>()
  readonly #table: StateTable<RankRow>
  readonly #expiry: Expiry<Partition> | undefined
  readonly #rowText: (row: Row) => MapKey
  /** Of upsert input: the row of each unique key. */
  readonly #byUniqueKey = new KeyedMap<RankRow>()
  readonly #uniqueKeyOf: ((row: Row) => MapKey) | undefined

  constructor(settings: RankSettings) {
    super(settings.place)
    this.#settings = settings
    const { key, rowTypes, identity } = settings
    this.#rowText = createRowKey(rowTypes)
    if (identity.kind === 'unique-key' && identity.upsert) {
      const text = createRowKey(identity.columns.map(i => rowTypes[i] as DataType))
      this.#uniqueKeyOf = row => text(identity.columns.map(i => row[i] as Row[number]))
    }
    this.#table = new StateTable<RankRow>({
      table: 0,
      groupTypes: key.types,
      memberTypes: [ID_TYPE],
      valueTypes: rowTypes,
      keyOf: e => [...e.keyValues, e.id],
      valueOf: e => e.row,
      timeLine: settings.place.ttl?.line,
    })
    this.tables = [this.#table]
    this.#expiry = this.expiring<Partition>({
      drop: p => this.#drop(p),
      stamped: p => this.#storeStamp(p),
    })
  }

  process(_input: number, kind: RowKindCode, row: Row): void {
    this.recordsIn++
    this.#expiry?.observe()
    const isRetract = (kind & 1) === 1
    if (this.#uniqueKeyOf) {
      const known = this.#byUniqueKey.get(this.#uniqueKeyOf(row))
      if (known) this.#partition(known.mapKey)
      if (isRetract && kind !== DELETE) return
      if (known?.live) this.#replace(known, isRetract ? undefined : row)
      else if (!isRetract) this.#change(row, p => this.#insert(p, row))
    } else if (isRetract) this.#change(row, p => this.#take(p, row))
    else if (!this.#isHopeless(row)) this.#change(row, p => this.#insert(p, row))
  }

  /** Of input that only grows: whether the row is behind all that can be given out. */
  #isHopeless(row: Row): boolean {
    const { identity, range, key, orderOf } = this.#settings
    if (identity.kind !== 'append' || range.function !== 'row_number') return false
    const partition = this.#partition(key.mapKeyOf(key.valuesOf(row)) as MapKey)
    if (partition?.isBehind(orderOf(row), range.to - 1) !== true) return false
    this.#refresh(partition)
    return true
  }

  /** The partition of a key, unless its time to live is over. */
  #partition(mapKey: MapKey): Partition | undefined {
    const partition = this.#partitions.get(mapKey)
    if (!partition || !this.#expiry?.isExpired(partition)) return partition
    this.#expiry.drop(partition)
    return undefined
  }

  #drop(partition: Partition): void {
    const [first] = partition.entries
    if (first) this.#partitions.delete(first.mapKey)
    partition.live = false
    for (const entry of partition.entries) this.#forget(entry)
  }

  /** Notes that a row of the partition has come. */
  #refresh(partition: Partition): void {
    if (!this.#expiry) return
    this.#expiry.stamp(partition)
    this.#storeStamp(partition)
  }

  /** The first row carries the partition's stamp: whoever is first later is given a later one. */
  #storeStamp({ entries: [first], stamp }: Partition): void {
    if (!first) return
    first.stamp = stamp
    this.#table.touch(first)
  }

  #replace(known: RankRow, row: Row | undefined): void {
    const { key } = this.#settings
    const stays = row && key.mapKeyOf(key.valuesOf(row)) === known.mapKey
    this.#change(known.row, p => {
      const at = p.partition.entries.indexOf(known)
      this.#remove(p, at)
      if (stays) this.#insert(p, row)
    })
    if (row && !stays) this.#change(row, p => this.#insert(p, row))
  }

  /** Applies a change to the row's partition and gives out what it changes. */
  #change(row: Row, apply: (target: Target) => void): void {
    const { key, range, compare, identity } = this.#settings
    const keyValues = key.valuesOf(row)
    const mapKey = key.mapKeyOf(keyValues) as MapKey
    const known = this.#partition(mapKey)
    const partition = known ?? new Partition(compare)
    const before = entriesInRange(partition, range).ranked
    apply({ partition, keyValues, mapKey })
    const { ranked, end } = entriesInRange(partition, range)
    this.#giveDifference(before, ranked)
    if (identity.kind === 'append')
      while (partition.entries.length > end) this.#table.remove(partition.entries.pop() as RankRow)
    if (partition.entries.length === 0) {
      this.#partitions.delete(mapKey)
      partition.live = false
      if (known) this.#expiry?.removed()
      return
    }
    if (!known) {
      this.#partitions.set(mapKey, partition)
      this.#expiry?.add(partition)
    }
    this.#refresh(partition)
  }

  #insert({ partition, keyValues, mapKey }: Target, row: Row): void {
    const order = this.#settings.orderOf(row)
    const entry: RankRow = { ...fresh(), id: this.nextId++, row, order, mapKey, keyValues }
    if (this.#expiry) entry.stamp = UNSTAMPED
    partition.insert(entry)
    this.#table.add(entry)
    if (this.#uniqueKeyOf) this.#byUniqueKey.set(this.#uniqueKeyOf(row), entry)
  }

  #take(target: Target, row: Row): void {
    const text = this.#rowText(row)
    const order = this.#settings.orderOf(row)
    const at = target.partition.find(order, e => this.#rowText(e.row) === text)
    if (at >= 0) this.#remove(target, at)
  }

  #remove({ partition }: Target, at: number): void {
    this.#forget(partition.removeAt(at))
  }

  #forget(entry: RankRow): void {
    this.#table.remove(entry)
    if (this.#uniqueKeyOf) this.#byUniqueKey.delete(this.#uniqueKeyOf(entry.row))
  }

  #giveDifference(
    before: readonly RankedEntry<RankRow>[],
    after: readonly RankedEntry<RankRow>[],
  ): void {
    if (!this.#settings.withRank) {
      const kept = new Set(after.map(a => a.entry))
      const had = new Set(before.map(b => b.entry))
      for (const { entry } of before) if (!kept.has(entry)) this.give(DELETE, [...entry.row])
      for (const { entry } of after) if (!had.has(entry)) this.give(INSERT, [...entry.row])
      return
    }
    const { emitsUpdateBefore } = this.#settings
    for (let i = 0; i < Math.max(before.length, after.length); i++) {
      const [old, now] = [before[i], after[i]]
      if (old && now) {
        if (old.entry === now.entry && old.rank === now.rank) continue
        if (emitsUpdateBefore) this.give(UPDATE_BEFORE, [...old.entry.row, old.rank])
        this.give(UPDATE_AFTER, [...now.entry.row, now.rank])
      } else if (old) this.give(DELETE, [...old.entry.row, old.rank])
      else if (now) this.give(INSERT, [...now.entry.row, now.rank])
    }
  }

  protected put({ key, value: row, stamp }: StoredRow): void {
    const { key: partitionKey, compare, orderOf } = this.#settings
    const keyValues = key.slice(0, -1)
    const id = key.at(-1) as number
    this.reserveId(id)
    const mapKey = partitionKey.mapKeyOf(keyValues) as MapKey
    const entry = {
      ...fresh(),
      stored: true,
      stamp,
      id,
      row,
      order: orderOf(row),
      mapKey,
      keyValues,
    }
    const partition = this.#partitions.get(mapKey) ?? new Partition(compare)
    this.#partitions.set(mapKey, partition)
    partition.append(entry)
    partition.stamp = Math.max(partition.stamp, stamp)
    if (this.#uniqueKeyOf) this.#byUniqueKey.set(this.#uniqueKeyOf(row), entry)
  }

  override restored(): void {
    for (const partition of this.#partitions.values()) {
      partition.sort()
      this.#expiry?.restore(partition)
    }
  }
}

/** The partition that a change is applied to. */
interface Target {
  readonly partition: Partition
  readonly keyValues: Row
  readonly mapKey: MapKey
}

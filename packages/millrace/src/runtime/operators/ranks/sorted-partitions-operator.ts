// What operators over ordered partitions share: rows that are kept in order under insertions, updates and deletions.

import type { DataType } from '../../../types/data-type.ts'
import { createRowKey, type MapKey } from '../../../types/key-text.ts'
import { DELETE, type Row, type RowKindCode } from '../../../types/value.ts'
import { KeyedMap } from '../../keyed-map.ts'
import type { JoinKey } from '../joins/join-key.ts'
import type { SideIdentity } from '../joins/join-side.ts'
import { fresh, ID_TYPE, type StateRecord, StateTable, type StoredRow } from '../state-table.ts'
import { type Expiring, type Expiry, UNSTAMPED } from '../state-ttl.ts'
import { type OperatorPlace, StatefulRowOperator } from '../stateful-row-operator.ts'
import { type CompareOrder, type SortedRow, SortedRows } from './sorted-rows.ts'

export interface SortedPartitionsSettings {
  readonly place: OperatorPlace
  /** The partition, all its columns NULL-safe. */
  readonly key: JoinKey
  readonly rowTypes: readonly DataType[]
  readonly orderOf: (row: Row) => Row
  readonly compare: CompareOrder
  readonly identity: SideIdentity
}

/** A row of a partition. */
export interface PartitionRow extends SortedRow, StateRecord {
  readonly mapKey: MapKey
  readonly keyValues: Row
}

/** The rows of a partition, which expire together: their last stamp counts. */
export class SortedPartition extends SortedRows<PartitionRow> implements Expiring {
  stamp = UNSTAMPED
  live = true
}

/** Ties are broken by arrival. State: all rows that are kept. */
export abstract class SortedPartitionsOperator extends StatefulRowOperator {
  protected readonly partitions = new KeyedMap<SortedPartition>()
  protected readonly table: StateTable<PartitionRow>
  readonly #settings: SortedPartitionsSettings
  readonly #expiry: Expiry<SortedPartition> | undefined
  readonly #rowText: (row: Row) => MapKey
  /** Of upsert input: the row of each unique key. */
  readonly #byUniqueKey = new KeyedMap<PartitionRow>()
  readonly #uniqueKeyOf: ((row: Row) => MapKey) | undefined

  constructor(settings: SortedPartitionsSettings) {
    super(settings.place)
    this.#settings = settings
    const { key, rowTypes, identity } = settings
    this.#rowText = createRowKey(rowTypes)
    if (identity.kind === 'unique-key' && identity.upsert) {
      const text = createRowKey(identity.columns.map(i => rowTypes[i] as DataType))
      this.#uniqueKeyOf = row => text(identity.columns.map(i => row[i] as Row[number]))
    }
    this.table = new StateTable<PartitionRow>({
      table: 0,
      groupTypes: key.types,
      memberTypes: [ID_TYPE],
      valueTypes: rowTypes,
      keyOf: e => [...e.keyValues, e.id],
      valueOf: e => e.row,
      timeLine: settings.place.ttl?.line,
    })
    this.tables = [this.table]
    this.#expiry = this.expiring<SortedPartition>({
      drop: p => this.#drop(p),
      stamped: p => this.#storeStamp(p),
    })
  }

  /** Applies a change to a partition's rows, and gives out what it changes. */
  protected abstract change(partition: SortedPartition, apply: () => void): void

  /** Whether an inserted row can ever matter. */
  protected isNeeded(_row: Row): boolean {
    return true
  }

  process(_input: number, kind: RowKindCode, row: Row): void {
    this.recordsIn++
    this.#expiry?.observe()
    const isRetract = (kind & 1) === 1
    if (this.#uniqueKeyOf) {
      const known = this.#byUniqueKey.get(this.#uniqueKeyOf(row))
      if (known) this.partition(known.mapKey)
      if (isRetract && kind !== DELETE) return
      if (known?.live) this.#replace(known, isRetract ? undefined : row)
      else if (!isRetract) this.#at(row, p => this.#insert(p, row))
    } else if (isRetract) this.#at(row, p => this.#take(p, row))
    else if (this.isNeeded(row)) this.#at(row, p => this.#insert(p, row))
  }

  /** The partition of a key, unless its time to live is over. */
  protected partition(mapKey: MapKey): SortedPartition | undefined {
    const partition = this.partitions.get(mapKey)
    if (!partition || !this.#expiry?.isExpired(partition)) return partition
    this.#expiry.drop(partition)
    return undefined
  }

  /** Notes that a row of the partition has come. */
  protected refresh(partition: SortedPartition): void {
    if (!this.#expiry) return
    this.#expiry.stamp(partition)
    this.#storeStamp(partition)
  }

  #drop(partition: SortedPartition): void {
    const [first] = partition.entries
    if (first) this.partitions.delete(first.mapKey)
    partition.live = false
    for (const entry of partition.entries) this.#forget(entry)
  }

  /** The first row carries the partition's stamp: whoever is first later is given a later one. */
  #storeStamp({ entries: [first], stamp }: SortedPartition): void {
    if (!first) return
    first.stamp = stamp
    this.table.touch(first)
  }

  #replace(known: PartitionRow, row: Row | undefined): void {
    const { key } = this.#settings
    const stays = row && key.mapKeyOf(key.valuesOf(row)) === known.mapKey
    this.#at(known.row, p => {
      const at = p.partition.entries.indexOf(known)
      this.#remove(p, at)
      if (stays) this.#insert(p, row)
    })
    if (row && !stays) this.#at(row, p => this.#insert(p, row))
  }

  #at(row: Row, apply: (target: Target) => void): void {
    const { key, compare } = this.#settings
    const keyValues = key.valuesOf(row)
    const mapKey = key.mapKeyOf(keyValues) as MapKey
    const known = this.partition(mapKey)
    const partition = known ?? new SortedPartition(compare)
    this.change(partition, () => apply({ partition, keyValues, mapKey }))
    if (partition.entries.length === 0) {
      this.partitions.delete(mapKey)
      partition.live = false
      if (known) this.#expiry?.removed()
      return
    }
    if (!known) {
      this.partitions.set(mapKey, partition)
      this.#expiry?.add(partition)
    }
    this.refresh(partition)
  }

  #insert({ partition, keyValues, mapKey }: Target, row: Row): void {
    const order = this.#settings.orderOf(row)
    const entry: PartitionRow = { ...fresh(), id: this.nextId++, row, order, mapKey, keyValues }
    if (this.#expiry) entry.stamp = UNSTAMPED
    partition.insert(entry)
    this.table.add(entry)
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

  #forget(entry: PartitionRow): void {
    this.table.remove(entry)
    if (this.#uniqueKeyOf) this.#byUniqueKey.delete(this.#uniqueKeyOf(entry.row))
  }

  protected put({ key, value: row, stamp }: StoredRow): void {
    const { key: partitionKey, compare, orderOf } = this.#settings
    const keyValues = key.slice(0, -1)
    const id = key.at(-1) as number
    this.reserveId(id)
    const mapKey = partitionKey.mapKeyOf(keyValues) as MapKey
    const order = orderOf(row)
    const entry = { ...fresh(), stored: true, stamp, id, row, order, mapKey, keyValues }
    const partition = this.partitions.get(mapKey) ?? new SortedPartition(compare)
    this.partitions.set(mapKey, partition)
    partition.append(entry)
    partition.stamp = Math.max(partition.stamp, stamp)
    if (this.#uniqueKeyOf) this.#byUniqueKey.set(this.#uniqueKeyOf(row), entry)
  }

  override restored(): void {
    for (const partition of this.partitions.values()) {
      partition.sort()
      this.#expiry?.restore(partition)
    }
  }
}

/** The partition that a change is applied to. */
interface Target {
  readonly partition: SortedPartition
  readonly keyValues: Row
  readonly mapKey: MapKey
}

// Makes upserts by a sink's key of changes by another: the row that came last is what the sink holds.

import type { DataType } from '../../../types/data-type.ts'
import type { MapKey } from '../../../types/key-text.ts'
import {
  DELETE,
  INSERT,
  type Row,
  type RowKindCode,
  UPDATE_AFTER,
  type Value,
} from '../../../types/value.ts'
import { KeyedMap } from '../../keyed-map.ts'
import { type Arrival, Arrivals } from './arrivals.ts'
import type { JoinKey } from '../joins/join-key.ts'
import { fresh, ID_TYPE, type StateRecord, StateTable, type StoredRow } from '../state-table.ts'
import { type Expiring, type Expiry, UNSTAMPED } from '../state-ttl.ts'
import { type OperatorPlace, StatefulRowOperator } from '../stateful-row-operator.ts'

export interface MaterializeSettings {
  readonly place: OperatorPlace
  /** The sink's primary key, NULL-safe. */
  readonly sinkKey: JoinKey
  /** What tells the stream's rows apart: its upsert key, or the whole row, which may then occur several times. */
  readonly identity: JoinKey
  /** Whether a row replaces that of the same identity. */
  readonly isUnique: boolean
  readonly rowTypes: readonly DataType[]
}

interface HeldRow extends StateRecord, Arrival<HeldRow> {
  readonly sinkKey: Row
  readonly id: number
  readonly row: Row
}

/** The rows of one key of the sink, which live and expire together. The newest one carries their stamp. */
interface HeldKey extends Expiring {
  readonly mapKey: MapKey
  readonly rows: Arrivals<HeldRow>
}

/**
 * Holds the rows of each sink key in the order of their arrival. A row that comes is what the sink shows; when the one that it
 * shows goes, the one that came before it is shown again; when the last goes, the key is deleted. Each change takes the same time,
 * however many rows the key has: `bench`, upsert-sink.
 *
 * @see Flink's SinkUpsertMaterializer, which searches a list
 */
export class MaterializeOperator extends StatefulRowOperator {
  readonly #settings: MaterializeSettings
  readonly #held = new KeyedMap<HeldKey>()
  readonly #table: StateTable<HeldRow>
  readonly #expiry: Expiry<HeldKey> | undefined
  #restoring: HeldRow[] = []

  constructor(settings: MaterializeSettings) {
    super(settings.place)
    this.#settings = settings
    this.#table = new StateTable<HeldRow>({
      table: 0,
      groupTypes: settings.sinkKey.types,
      memberTypes: [ID_TYPE],
      valueTypes: settings.rowTypes,
      keyOf: e => [...e.sinkKey, e.id],
      valueOf: e => e.row,
      timeLine: settings.place.ttl?.line,
    })
    this.tables = [this.#table]
    this.#expiry = this.expiring<HeldKey>({
      drop: held => {
        for (const entry of held.rows) this.#table.remove(entry)
        this.#close(held)
      },
      stamped: held => this.#keepStamp(held),
    })
  }

  process(_input: number, kind: RowKindCode, row: Row): void {
    this.recordsIn++
    const { sinkKey, identity } = this.#settings
    const keyValues = sinkKey.valuesOf(row)
    const mapKey = sinkKey.mapKeyOf(keyValues) as MapKey
    const known = identity.mapKeyOf(identity.valuesOf(row)) as MapKey
    const held = this.#find(mapKey)
    if (kind === INSERT || kind === UPDATE_AFTER)
      this.#add(held ?? this.#open(mapKey), heldRow(keyValues, this.nextId++, known, row))
    else if (held) this.#takeBack(held, known)
  }

  #find(mapKey: MapKey): HeldKey | undefined {
    this.#expiry?.observe()
    const held = this.#held.get(mapKey)
    if (!held || !this.#expiry?.isExpired(held)) return held
    this.#expiry.drop(held)
    return undefined
  }

  #add(held: HeldKey, entry: HeldRow): void {
    const { rows } = held
    const kind = rows.last ? UPDATE_AFTER : INSERT
    const replaced = this.#settings.isUnique ? rows.find(entry.identity) : undefined
    if (replaced) this.#remove(held, replaced)
    rows.append(entry)
    this.#table.add(entry)
    this.#stamp(held)
    this.give(kind, [...entry.row])
  }

  #takeBack(held: HeldKey, identity: MapKey): void {
    const entry = held.rows.find(identity)
    if (!entry) return
    const wasShown = held.rows.last === entry
    this.#remove(held, entry)
    const { last } = held.rows
    if (!last) {
      this.#close(held)
      this.give(DELETE, [...entry.row])
      return
    }
    this.#stamp(held)
    if (wasShown) this.give(UPDATE_AFTER, [...last.row])
  }

  #remove({ rows }: HeldKey, entry: HeldRow): void {
    rows.remove(entry)
    this.#table.remove(entry)
  }

  #open(mapKey: MapKey): HeldKey {
    const held: HeldKey = { mapKey, rows: new Arrivals(), stamp: UNSTAMPED, live: true }
    this.#held.set(mapKey, held)
    this.#expiry?.add(held)
    return held
  }

  #close(held: HeldKey): void {
    this.#held.delete(held.mapKey)
    held.live = false
    this.#expiry?.removed()
  }

  #stamp(held: HeldKey): void {
    if (!this.#expiry) return
    this.#expiry.stamp(held)
    this.#keepStamp(held)
  }

  #keepStamp({ rows: { last }, stamp }: HeldKey): void {
    if (!last) return
    last.stamp = stamp
    this.#table.touch(last)
  }

  protected put({ key, value, stamp }: StoredRow): void {
    const { identity } = this.#settings
    const known = identity.mapKeyOf(identity.valuesOf(value)) as MapKey
    const entry = heldRow(key.slice(0, -1), Number(key.at(-1) as Value), known, value)
    entry.stored = true
    entry.stamp = stamp
    this.reserveId(entry.id)
    this.#restoring.push(entry)
  }

  override restored(): void {
    const restored = new Set<HeldKey>()
    for (const entry of this.#restoring.toSorted((a, b) => a.id - b.id)) {
      const mapKey = this.#settings.sinkKey.mapKeyOf(entry.sinkKey) as MapKey
      const held = this.#held.get(mapKey) ?? {
        mapKey,
        rows: new Arrivals<HeldRow>(),
        stamp: UNSTAMPED,
        live: true,
      }
      held.rows.append(entry)
      held.stamp = entry.stamp
      this.#held.set(mapKey, held)
      restored.add(held)
    }
    this.#restoring = []
    if (this.#expiry) for (const held of restored) this.#expiry.restore(held)
  }
}

const heldRow = (sinkKey: Row, id: number, identity: MapKey, row: Row): HeldRow => ({
  ...fresh(),
  sinkKey,
  id,
  identity,
  row,
  before: undefined,
  after: undefined,
  same: undefined,
})

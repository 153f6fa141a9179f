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
  row: Row
}

/**
 * Holds the rows of each sink key in the order of their arrival. A row that comes is what the sink shows; when the one that it
 * shows goes, the one that came before it is shown again; when the last goes, the key is deleted.
 *
 * @see Flink's SinkUpsertMaterializer, which searches a list
 */
export class MaterializeOperator extends StatefulRowOperator {
  readonly #settings: MaterializeSettings
  readonly #held = new KeyedMap<Arrivals<HeldRow>>()
  readonly #table: StateTable<HeldRow>
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
    })
    this.tables = [this.#table]
  }

  process(_input: number, kind: RowKindCode, row: Row): void {
    this.recordsIn++
    const { sinkKey, identity } = this.#settings
    const keyValues = sinkKey.valuesOf(row)
    const mapKey = sinkKey.mapKeyOf(keyValues) as MapKey
    const known = identity.mapKeyOf(identity.valuesOf(row)) as MapKey
    if (kind === INSERT || kind === UPDATE_AFTER) this.#add(mapKey, keyValues, known, row)
    else this.#takeBack(mapKey, known)
  }

  #add(mapKey: MapKey, sinkKey: Row, identity: MapKey, row: Row): void {
    const arrivals = this.#held.get(mapKey) ?? this.#open(mapKey)
    const kind = arrivals.last ? UPDATE_AFTER : INSERT
    const known = this.#settings.isUnique ? arrivals.find(identity) : undefined
    if (known) {
      known.row = row
      this.#table.touch(known)
    } else {
      const entry = heldRow(sinkKey, this.nextId++, identity, row)
      arrivals.append(entry)
      this.#table.add(entry)
    }
    this.give(kind, [...row])
  }

  #takeBack(mapKey: MapKey, identity: MapKey): void {
    const arrivals = this.#held.get(mapKey)
    const entry = arrivals?.find(identity)
    if (!arrivals || !entry) return
    const wasShown = arrivals.last === entry
    arrivals.remove(entry)
    this.#table.remove(entry)
    if (!arrivals.last) {
      this.#held.delete(mapKey)
      this.give(DELETE, [...entry.row])
    } else if (wasShown) this.give(UPDATE_AFTER, [...arrivals.last.row])
  }

  #open(mapKey: MapKey): Arrivals<HeldRow> {
    const made = new Arrivals<HeldRow>()
    this.#held.set(mapKey, made)
    return made
  }

  protected put({ key, value }: StoredRow): void {
    const { identity } = this.#settings
    const known = identity.mapKeyOf(identity.valuesOf(value)) as MapKey
    const entry = heldRow(key.slice(0, -1), Number(key.at(-1) as Value), known, value)
    entry.stored = true
    this.reserveId(entry.id)
    this.#restoring.push(entry)
  }

  override restored(): void {
    for (const entry of this.#restoring.toSorted((a, b) => a.id - b.id)) {
      const mapKey = this.#settings.sinkKey.mapKeyOf(entry.sinkKey) as MapKey
      const arrivals = this.#held.get(mapKey) ?? this.#open(mapKey)
      arrivals.append(entry)
    }
    this.#restoring = []
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

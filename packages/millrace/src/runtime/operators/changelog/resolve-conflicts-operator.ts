// One row a key of a sink, where rows of several keys of the query claim it: the first stays, or it is an error.

import { notNull, types, withNullable } from '../../../types/data-type.ts'
import { MillraceError } from '../../../types/errors.ts'
import type { MapKey } from '../../../types/key-text.ts'
import { rowEqualityOf } from '../../../types/compare.ts'
import {
  DELETE,
  INSERT,
  MAX_WATERMARK,
  MIN_WATERMARK,
  type Row,
  type RowKindCode,
  UPDATE_AFTER,
  type Value,
} from '../../../types/value.ts'
import { KeyedMap } from '../../keyed-map.ts'
import { type Arrival, Arrivals } from './arrivals.ts'
import type { MaterializeSettings } from './materialize-operator.ts'
import { fresh, ID_TYPE, type StateRecord, StateTable, type StoredRow } from '../state-table.ts'
import type { Expiry } from '../state-ttl.ts'
import { StatefulRowOperator } from '../stateful-row-operator.ts'

export interface ResolveConflictsSettings extends MaterializeSettings {
  /** What becomes of a second row of a key. */
  readonly action: 'nothing' | 'error'
  /** For the message: the table and the columns of its key. */
  readonly table: string
  readonly keyNames: readonly string[]
}

/** `ON CONFLICT DO ERROR`: two rows of the query have one key of the sink. */
export class SinkConflictError extends MillraceError {
  constructor(facts: { readonly table: string; readonly key: string }) {
    super('MR_DATA_CONFLICT', `several rows have the key ${facts.key} of table ${facts.table}`, {
      remedy:
        'Make them one in the query, or write ON CONFLICT DO NOTHING (the first stays) or DO DEDUPLICATE (the last shows).',
    })
  }
}

/** A row that is left of the key's changes since the watermark moved, the row that is shown among them. */
interface ClaimingRow extends StateRecord, Arrival<ClaimingRow> {
  readonly sinkKey: Row
  readonly id: number
  readonly row: Row
}

interface ClaimedKey extends StateRecord {
  readonly mapKey: MapKey
  readonly sinkKey: Row
  shown: Row | undefined
  /** The watermark at which its changes are settled; undefined: there are none. */
  due: number | undefined
  /** Orders the keys that are to be settled. */
  turn: number
  rows: Arrivals<ClaimingRow>
}

const BOOLEAN = notNull(types.boolean)
/** The watermark that is the first to come. */
const FIRST_WATERMARK = -Number.MAX_VALUE

/**
 * Collects the changes of each sink key until the watermark moves on, for an update may take a row from one key to another and free
 * the former one only then. What is left is the key's row. If several are, the one that is shown stays, or else the first; with
 * `error` the run ends. Rows that lose are not kept: when the one that is shown goes, the key is deleted.
 *
 * @see Flink's WatermarkCompactingSinkMaterializer (FLIP-558)
 */
export class ResolveConflictsOperator extends StatefulRowOperator {
  readonly #settings: ResolveConflictsSettings
  readonly #keys = new KeyedMap<ClaimedKey>()
  /** Keys with changes, in the order in which they came. */
  #unsettled: ClaimedKey[] = []
  readonly #keyTable: StateTable<ClaimedKey>
  readonly #rowTable: StateTable<ClaimingRow>
  readonly #expiry: Expiry<ClaimedKey> | undefined
  readonly #isSame: (a: Row, b: Row) => boolean
  #restoring: ClaimingRow[] = []

  constructor(settings: ResolveConflictsSettings) {
    super(settings.place)
    this.#settings = settings
    const { sinkKey, rowTypes, place } = settings
    this.#isSame = rowEqualityOf(rowTypes)
    const noRow = new Array<null>(rowTypes.length).fill(null)
    const shownTypes = rowTypes.map(type => withNullable(type, true))
    this.#keyTable = new StateTable<ClaimedKey>({
      table: 0,
      groupTypes: sinkKey.types,
      memberTypes: [],
      valueTypes: [...shownTypes, BOOLEAN, types.double, ID_TYPE],
      keyOf: e => e.sinkKey,
      valueOf: e => [...(e.shown ?? noRow), e.shown !== undefined, e.due ?? null, e.turn],
      timeLine: place.ttl?.line,
    })
    this.#rowTable = new StateTable<ClaimingRow>({
      table: 1,
      groupTypes: sinkKey.types,
      memberTypes: [ID_TYPE],
      valueTypes: rowTypes,
      keyOf: e => [...e.sinkKey, e.id],
      valueOf: e => e.row,
    })
    this.tables = [this.#keyTable, this.#rowTable]
    this.#expiry = this.expiring<ClaimedKey>({
      drop: key => this.#forget(key),
      stamped: key => this.#keyTable.touch(key),
      isHeld: key => key.due !== undefined,
    })
  }

  process(_input: number, kind: RowKindCode, row: Row): void {
    this.recordsIn++
    const { sinkKey, identity, isUnique } = this.#settings
    const keyValues = sinkKey.valuesOf(row)
    const claimed = this.#find(sinkKey.mapKeyOf(keyValues) as MapKey)
    const isRetract = (kind & 1) === 1
    if (!claimed && isRetract) return
    const key = claimed ?? this.#open(keyValues)
    if (key.due === undefined) this.#unsettle(key)
    const known = identity.mapKeyOf(identity.valuesOf(row)) as MapKey
    const former = isRetract || isUnique ? key.rows.find(known) : undefined
    if (former) this.#drop(key, former)
    if (!isRetract) this.#claim(key, row)
    this.#expiry?.stamp(key)
    this.#keyTable.touch(key)
  }

  #find(mapKey: MapKey): ClaimedKey | undefined {
    this.#expiry?.observe()
    const key = this.#keys.get(mapKey)
    if (!key || !this.#expiry?.isExpired(key)) return key
    this.#expiry.drop(key)
    return undefined
  }

  #open(sinkKey: Row): ClaimedKey {
    const mapKey = this.#settings.sinkKey.mapKeyOf(sinkKey) as MapKey
    const made = { shown: undefined, due: undefined, turn: 0, rows: new Arrivals<ClaimingRow>() }
    const key: ClaimedKey = { ...fresh(), mapKey, sinkKey, ...made }
    this.#keys.set(mapKey, key)
    this.#keyTable.add(key)
    this.#expiry?.add(key)
    return key
  }

  #unsettle(key: ClaimedKey): void {
    const { watermark } = this.place.clock
    key.due = watermark === MIN_WATERMARK ? FIRST_WATERMARK : watermark + 1
    key.turn = this.nextId++
    this.#unsettled.push(key)
    if (key.shown) this.#claim(key, key.shown)
    this.expect(key.due)
  }

  #claim(key: ClaimedKey, row: Row): void {
    const entry = this.#claimingRow(key.sinkKey, this.nextId++, row)
    key.rows.append(entry)
    this.#rowTable.add(entry)
  }

  #drop(key: ClaimedKey, entry: ClaimingRow): void {
    key.rows.remove(entry)
    this.#rowTable.remove(entry)
  }

  override advance(watermark: number): void {
    const open = this.#unsettled.findIndex(key => (key.due as number) > watermark)
    const due = open < 0 ? this.#unsettled : this.#unsettled.slice(0, open)
    this.#unsettled = open < 0 ? [] : this.#unsettled.slice(open)
    for (const key of due) this.#settle(key, watermark)
    this.deadline = this.#unsettled[0]?.due ?? MAX_WATERMARK
  }

  #settle(key: ClaimedKey, watermark: number): void {
    const { shown } = key
    const next = this.#winner(key)
    for (const entry of key.rows) this.#rowTable.remove(entry)
    key.rows = new Arrivals()
    key.due = undefined
    key.shown = next
    if (next) {
      this.#expiry?.release(key, watermark)
      this.#keyTable.touch(key)
      if (!shown) this.give(INSERT, [...next])
      else if (!this.#isSame(shown, next)) this.give(UPDATE_AFTER, [...next])
      return
    }
    this.#forget(key)
    if (shown) this.give(DELETE, shown)
  }

  #winner({ rows, shown, sinkKey }: ClaimedKey): Row | undefined {
    const { first, last } = rows
    if (first === last) return first?.row
    const { action, table, keyNames, identity } = this.#settings
    if (action === 'error') {
      const key = keyNames.map((name, i) => `${name} = ${String(sinkKey[i])}`).join(', ')
      throw new SinkConflictError({ table, key: `(${key})` })
    }
    const kept = shown && rows.find(identity.mapKeyOf(identity.valuesOf(shown)) as MapKey)
    return (kept ?? first)?.row
  }

  #forget(key: ClaimedKey): void {
    this.#keys.delete(key.mapKey)
    this.#keyTable.remove(key)
    this.#expiry?.removed()
  }

  protected put({ table, key, value, stamp }: StoredRow): void {
    if (table === 1) {
      const entry = this.#claimingRow(key.slice(0, -1), Number(key.at(-1) as Value), value)
      this.reserveId(entry.id)
      this.#restoring.push({ ...entry, stored: true })
      return
    }
    const width = this.#settings.rowTypes.length
    const [isShown, due, turn] = value.slice(width) as [boolean, number | null, number]
    const claimed: ClaimedKey = {
      ...fresh(),
      stored: true,
      stamp,
      mapKey: this.#settings.sinkKey.mapKeyOf(key) as MapKey,
      sinkKey: key,
      shown: isShown ? value.slice(0, width) : undefined,
      due: due ?? undefined,
      turn,
      rows: new Arrivals(),
    }
    this.reserveId(turn)
    this.#keys.set(claimed.mapKey, claimed)
    this.#expiry?.restore(claimed)
    if (due !== null) this.#unsettled.push(claimed)
  }

  override restored(): void {
    for (const entry of this.#restoring.toSorted((a, b) => a.id - b.id)) {
      const mapKey = this.#settings.sinkKey.mapKeyOf(entry.sinkKey) as MapKey
      this.#keys.get(mapKey)?.rows.append(entry)
    }
    this.#restoring = []
    this.#unsettled.sort((a, b) => a.turn - b.turn)
    const [first] = this.#unsettled
    if (first) this.expect(first.due as number)
  }

  #claimingRow(sinkKey: Row, id: number, row: Row): ClaimingRow {
    const { identity } = this.#settings
    const same = { before: undefined, after: undefined, same: undefined }
    const known = identity.mapKeyOf(identity.valuesOf(row)) as MapKey
    return { ...fresh(), sinkKey, id, row, identity: known, ...same }
  }
}

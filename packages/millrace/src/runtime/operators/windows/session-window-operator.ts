// Session windows: rows of a key that follow each other within a gap. They leave together, with their window, once it is closed.

import type { DataType } from '../../../types/data-type.ts'
import type { MapKey } from '../../../types/key-text.ts'
import { INSERT, MAX_WATERMARK, type Row, type RowKindCode } from '../../../types/value.ts'
import { KeyedMap } from '../../keyed-map.ts'
import type { JoinKey } from '../joins/join-key.ts'
import { fresh, ID_TYPE, type StateRecord, StateTable, type StoredRow } from '../state-table.ts'
import { type OperatorPlace, StatefulRowOperator } from '../stateful-row-operator.ts'
import { TimeHeap } from '../time-heap.ts'

export interface SessionWindowSettings {
  readonly place: OperatorPlace
  /** The columns of PARTITION BY, NULL-safe; without any, all rows are of one key. */
  readonly key: JoinKey
  readonly rowTypes: readonly DataType[]
  /** The row's time on the window's own time line. */
  readonly timeOf: (row: Row) => number
  readonly gapMs: number
  /** Rows with their sessions, or those that were too late for one, as they are. */
  readonly gives: 'windows' | 'late'
  /** Whether rows may be taken back. */
  readonly retracts: boolean
  /** When a window closes: epoch ms of its last ms, on the time line of windows that follow a time zone too. */
  readonly timerMs: (end: number) => number
  /** Its `window_time`, epoch ms. */
  readonly timeOfWindow: (end: number) => number
}

interface SessionRow extends StateRecord {
  readonly id: number
  readonly keyValues: Row
  readonly row: Row
  readonly kind: RowKindCode
}

/** `[start, end)`, where `end` is a gap behind the last row. */
interface Session {
  readonly id: number
  readonly mapKey: MapKey
  start: number
  end: number
  rows: SessionRow[]
  /** Merged into another, or closed. */
  isGone: boolean
}

/**
 * A row opens a session, or joins those that it touches into one: a row exactly a gap behind the last one still belongs to it, as in
 * Flink. A session closes when `watermark >= end - 1`. A row is late when the session it would open is closed already.
 * A row taken back leaves with the one that it takes back, and does not shorten the session; as in Flink.
 *
 * State: the rows of open sessions; the sessions themselves follow from them.
 */
export class SessionWindowOperator extends StatefulRowOperator {
  readonly #settings: SessionWindowSettings
  readonly #table: StateTable<SessionRow>
  readonly #sessions = new KeyedMap<Session[]>()
  readonly #closing = new TimeHeap<Session>()

  constructor(settings: SessionWindowSettings) {
    super(settings.place)
    this.#settings = settings
    this.#table = new StateTable<SessionRow>({
      table: 0,
      groupTypes: settings.key.types,
      memberTypes: [ID_TYPE],
      valueTypes: settings.retracts ? [...settings.rowTypes, ID_TYPE] : settings.rowTypes,
      keyOf: e => [...e.keyValues, e.id],
      valueOf: e => (settings.retracts ? [...e.row, e.kind] : e.row),
    })
    this.tables = [this.#table]
  }

  process(_input: number, kind: RowKindCode, row: Row): void {
    this.recordsIn++
    const { key, timeOf, gapMs } = this.#settings
    const start = timeOf(row)
    const keyValues = key.valuesOf(row)
    const mapKey = key.mapKeyOf(keyValues) as MapKey
    const touched = this.#touching(mapKey, start, start + gapMs)
    if (touched.length === 0 && this.#closesAt(start + gapMs) <= this.place.clock.watermark) {
      this.late++
      if (this.#settings.gives === 'late') this.give(kind, row)
      return
    }
    const entry: SessionRow = { ...fresh(), id: this.nextId++, keyValues, row, kind }
    this.#table.add(entry)
    this.#join(mapKey, touched, start, entry)
  }

  #closesAt(end: number): number {
    return this.#settings.timerMs(end)
  }

  #touching(mapKey: MapKey, start: number, end: number): Session[] {
    const sessions = this.#sessions.get(mapKey) ?? []
    return sessions.filter(s => s.start <= end && start <= s.end)
  }

  /** Puts a row into the session that the touched ones become; the longest takes in the others. */
  #join(mapKey: MapKey, touched: readonly Session[], start: number, entry: SessionRow): void {
    const end = start + this.#settings.gapMs
    const [first, ...others] = touched.toSorted((a, b) => b.rows.length - a.rows.length)
    const session = first ?? this.#open(mapKey, start, end)
    session.rows.push(entry)
    session.start = Math.min(session.start, start)
    session.end = Math.max(session.end, end)
    for (const other of others) this.#take(session, other)
    // A session waits once; when its turn comes and it has grown since, it waits anew.
    if (first === undefined) this.#schedule(session)
  }

  #open(mapKey: MapKey, start: number, end: number): Session {
    const session = { id: this.nextId++, mapKey, start, end, rows: [], isGone: false }
    const sessions = this.#sessions.get(mapKey)
    if (sessions) sessions.push(session)
    else this.#sessions.set(mapKey, [session])
    return session
  }

  #take(session: Session, other: Session): void {
    session.start = Math.min(session.start, other.start)
    session.end = Math.max(session.end, other.end)
    for (const row of other.rows) session.rows.push(row)
    this.#forget(other)
  }

  #forget(session: Session): void {
    session.isGone = true
    const left = (this.#sessions.get(session.mapKey) ?? []).filter(s => s !== session)
    if (left.length > 0) this.#sessions.set(session.mapKey, left)
    else this.#sessions.delete(session.mapKey)
  }

  #schedule(session: Session): void {
    const time = this.#closesAt(session.end)
    this.#closing.push(time, session)
    this.expect(time)
  }

  override advance(watermark: number): void {
    while (this.#closing.earliest <= watermark && this.#closing.size > 0) {
      const session = this.#closing.pop() as Session
      if (session.isGone) continue
      if (this.#closesAt(session.end) <= watermark) this.#close(session)
      else this.#closing.push(this.#closesAt(session.end), session)
    }
    this.deadline = this.#closing.size > 0 ? this.#closing.earliest : MAX_WATERMARK
  }

  #close(session: Session): void {
    const { start, end } = session
    const time = this.#settings.timeOfWindow(end)
    for (const entry of session.rows.toSorted((a, b) => a.id - b.id)) {
      this.#table.remove(entry)
      if (this.#settings.gives === 'windows')
        this.give(entry.kind, [...entry.row, start, end, time])
    }
    this.#forget(session)
  }

  protected put({ key, value }: StoredRow): void {
    const id = key.at(-1) as number
    const keyValues = key.slice(0, -1)
    const { retracts, timeOf } = this.#settings
    const row = retracts ? value.slice(0, -1) : value
    const kind = retracts ? (value.at(-1) as RowKindCode) : INSERT
    const entry: SessionRow = { ...fresh(), stored: true, id, keyValues, row, kind }
    this.reserveId(id)
    const start = timeOf(row)
    const mapKey = this.#settings.key.mapKeyOf(keyValues) as MapKey
    this.#join(mapKey, this.#touching(mapKey, start, start + this.#settings.gapMs), start, entry)
  }
}

// LIMIT and OFFSET without an order: the rows that come first, given on at once.

import { INSERT, type Row, type RowKindCode } from '../../../types/value.ts'
import { fresh, ID_TYPE, type StateRecord, StateTable, type StoredRow } from '../state-table.ts'
import { type OperatorPlace, StatefulRowOperator } from '../stateful-row-operator.ts'

export interface LimitSettings {
  readonly place: OperatorPlace
  readonly offset: number
  readonly limit: number
  /** Told when the last row has been given: no more need be read for this operator. */
  readonly satisfied: () => void
}

interface Counted extends StateRecord {
  rows: number
}

/** In: rows that are never taken back. Out: those from `offset` on, `limit` at most. Its state is how many it has seen. */
export class LimitOperator extends StatefulRowOperator {
  readonly #settings: LimitSettings
  readonly #seen: Counted = { ...fresh(), rows: 0 }
  readonly #table = new StateTable<Counted>({
    table: 0,
    groupTypes: [ID_TYPE],
    memberTypes: [],
    valueTypes: [ID_TYPE],
    keyOf: () => [0],
    valueOf: seen => [seen.rows],
  })

  constructor(settings: LimitSettings) {
    super(settings.place)
    this.#settings = settings
    this.tables = [this.#table]
  }

  /** It has given all that it gives. */
  get isSatisfied(): boolean {
    return this.#seen.rows >= this.#settings.offset + this.#settings.limit
  }

  process(_input: number, _kind: RowKindCode, row: Row): void {
    this.recordsIn++
    if (this.isSatisfied) return
    if (this.#seen.rows++ === 0) this.#table.add(this.#seen)
    else this.#table.touch(this.#seen)
    if (this.#seen.rows > this.#settings.offset) this.give(INSERT, row)
    if (this.isSatisfied) this.#settings.satisfied()
  }

  protected put({ value }: StoredRow): void {
    this.#seen.rows = value[0] as number
    this.#seen.stored = true
  }
}

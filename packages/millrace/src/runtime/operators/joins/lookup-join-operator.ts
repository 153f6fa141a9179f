// Look-up join: each row meets the rows of a table held in memory. It keeps no state of its own.

import type { MapKey } from '../../../types/key-text.ts'
import type { Row, RowKindCode } from '../../../types/value.ts'
import type { JoinKey } from './join-key.ts'
import { type OperatorPlace, StatefulRowOperator } from '../stateful-row-operator.ts'

export interface LookupJoinSettings {
  readonly place: OperatorPlace
  readonly join: 'inner' | 'left'
  readonly leftKey: JoinKey
  readonly rightKey: JoinKey
  readonly rightWidth: number
  readonly matches: (left: Row, right: Row) => boolean
  /** The table's rows: another array when they are others than before, which may be between any two rows. */
  readonly rows: () => readonly Row[]
}

export class LookupJoinOperator extends StatefulRowOperator {
  readonly #settings: LookupJoinSettings
  readonly #nulls: readonly null[]
  #indexed: readonly Row[] | undefined
  #index = new Map<MapKey, Row[]>()

  constructor(settings: LookupJoinSettings) {
    super(settings.place)
    this.#settings = settings
    this.#nulls = new Array<null>(settings.rightWidth).fill(null)
  }

  process(_input: number, kind: RowKindCode, row: Row): void {
    this.recordsIn++
    const { join, leftKey, matches, rows } = this.#settings
    const present = rows()
    if (present !== this.#indexed) this.#load(present)
    const mapKey = leftKey.mapKeyOf(leftKey.valuesOf(row))
    const found = mapKey === undefined ? undefined : this.#index.get(mapKey)
    let isMatched = false
    for (const right of found ?? []) {
      if (!matches(row, right)) continue
      isMatched = true
      this.give(kind, [...row, ...right])
    }
    if (!isMatched && join === 'left') this.give(kind, [...row, ...this.#nulls])
  }

  #load(rows: readonly Row[]): void {
    const { rightKey } = this.#settings
    const index = new Map<MapKey, Row[]>()
    for (const row of rows) {
      const mapKey = rightKey.mapKeyOf(rightKey.valuesOf(row))
      if (mapKey === undefined) continue
      const known = index.get(mapKey)
      if (known) known.push(row)
      else index.set(mapKey, [row])
    }
    this.#index = index
    this.#indexed = rows
  }

  /** Nothing is ever stored. */
  protected put(): void {}
}

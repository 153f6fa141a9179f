// Batch mode: takes all changes in, and gives out what is left once the input has ended.

import type { DataType } from '../../types/data-type.ts'
import { INSERT, MAX_WATERMARK, type Row, type RowKindCode } from '../../types/value.ts'
import type { SideIdentity } from './joins/join-side.ts'
import { RowBag } from './row-bag.ts'
import type { StoredRow } from './state-table.ts'
import { type OperatorPlace, StatefulRowOperator } from './stateful-row-operator.ts'

export interface FinalizeSettings {
  readonly place: OperatorPlace
  readonly rowTypes: readonly DataType[]
  readonly identity: SideIdentity
}

/** Rows leave as +I in the order in which they were last inserted. */
export class FinalizeOperator extends StatefulRowOperator {
  readonly #bag: RowBag

  constructor({ place, rowTypes, identity }: FinalizeSettings) {
    super(place)
    this.#bag = new RowBag(rowTypes, identity)
    this.tables = [this.#bag.table]
  }

  process(_input: number, kind: RowKindCode, row: Row): void {
    this.recordsIn++
    this.#bag.change(kind, row, this.nextId++)
  }

  override advance(watermark: number): void {
    if (watermark < MAX_WATERMARK) return
    for (const row of this.#bag.drain()) this.give(INSERT, row)
  }

  protected put(stored: StoredRow): void {
    this.reserveId(this.#bag.put(stored))
  }
}

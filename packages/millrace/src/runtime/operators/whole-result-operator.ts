// What operators over a whole result share: they take all changes in, and give rows out once the input has ended.

import type { DataType } from '../../types/data-type.ts'
import { MAX_WATERMARK, type Row, type RowKindCode } from '../../types/value.ts'
import type { SideIdentity } from './joins/join-side.ts'
import { RowBag } from './row-bag.ts'
import type { StoredRow } from './state-table.ts'
import { type OperatorPlace, StatefulRowOperator } from './stateful-row-operator.ts'

export interface WholeResultSettings {
  readonly place: OperatorPlace
  readonly rowTypes: readonly DataType[]
  readonly identity: SideIdentity
}

export abstract class WholeResultOperator extends StatefulRowOperator {
  readonly #bag: RowBag

  constructor({ place, rowTypes, identity }: WholeResultSettings) {
    super(place)
    this.#bag = new RowBag(rowTypes, identity)
    this.tables = [this.#bag.table]
  }

  /** Gives out what it makes of the rows that are left, in the order in which they were last inserted. */
  protected abstract giveResult(rows: readonly Row[]): void

  process(_input: number, kind: RowKindCode, row: Row): void {
    this.recordsIn++
    this.#bag.change(kind, row, this.nextId++)
  }

  override advance(watermark: number): void {
    if (watermark >= MAX_WATERMARK) this.giveResult(this.#bag.drain())
  }

  protected put(stored: StoredRow): void {
    this.reserveId(this.#bag.put(stored))
  }
}

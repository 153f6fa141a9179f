// The contract of operators that take rows as arrays.

import type { Row, RowKindCode } from '../../types/value.ts'
import type { Operator } from '../operator.ts'

/** Gives a row to what is downstream; the array is the receiver's. */
export type EmitRow = (kind: RowKindCode, row: Row) => void

export interface RowOperator extends Operator {
  /** Takes a row at one of its inputs; the array is the operator's to keep. */
  process(input: number, kind: RowKindCode, row: Row): void
  bind(emit: EmitRow): void
}

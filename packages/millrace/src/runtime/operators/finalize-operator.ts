// Batch mode: takes all changes in, and gives out what is left once the input has ended.

import { INSERT, type Row } from '../../types/value.ts'
import { WholeResultOperator } from './whole-result-operator.ts'

/** Rows leave as +I in the order in which they were last inserted. */
export class FinalizeOperator extends WholeResultOperator {
  protected giveResult(rows: readonly Row[]): void {
    for (const row of rows) this.give(INSERT, row)
  }
}

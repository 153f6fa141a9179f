// What a statement such as SHOW answers: a small table.

import { type DataType, notNull, types } from '../../types/data-type.ts'
import type { Schema } from '../../types/schema.ts'
import type { Row } from '../../types/value.ts'

/** Rows of text and flags, made when the statement was bound. */
export interface StatementResult {
  readonly columns: Schema
  readonly rows: readonly Row[]
}

const TEXT: DataType = types.string

/** A result of text columns. */
export function textResult(
  names: readonly string[],
  rows: Iterable<readonly (string | null)[]>,
): StatementResult {
  return {
    columns: names.map(name => ({ name, type: TEXT })),
    rows: [...rows].map(row => [...row]),
  }
}

/** The description of columns as DESCRIBE and SHOW COLUMNS give it: their third column is a flag. */
export function flaggedResult(
  names: readonly string[],
  flag: string,
  rows: Iterable<readonly (string | boolean | null)[]>,
): StatementResult {
  return {
    columns: names.map(name => ({ name, type: name === flag ? notNull(types.boolean) : TEXT })),
    rows: [...rows].map(row => [...row]),
  }
}

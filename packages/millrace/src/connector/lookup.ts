// The contract of tables that are asked for the rows of a key: what look-up joins use instead of reading them whole.

import type { Row } from '../types/value.ts'
import type { SourceContext } from './source.ts'

export interface LookupContext extends SourceContext {
  /** The columns that keys are made of: positions in the table's schema, ascending. */
  readonly keyColumns: readonly number[]
}

/** A table that can be asked, opened for keys of certain columns. */
export interface KeyLookup {
  /**
   * The rows that have these values in the key columns, none of which is NULL; physical columns in table order. Several calls may be
   * under way. `signal` aborts when nobody waits for the answer any more.
   */
  lookup(key: Row, signal: AbortSignal): Promise<readonly Row[]>
  close?(): Promise<void>
}

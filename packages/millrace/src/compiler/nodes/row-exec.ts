// Physical nodes that look at one row at a time.

import type { CallExpression, Expression, NamedExpression } from '../../plan/expression.ts'
import type { Origin } from '../../plan/origin.ts'
import type { TableDescriptor } from '../../types/table-descriptor.ts'
import type { Row } from '../../types/value.ts'
import type { Exec } from './exec.ts'

/** Reads a table's splits and decodes the columns that are read; `reads` are field paths, `[]` the whole column. */
export interface SourceExec extends Exec {
  readonly kind: 'source'
  /** Where the table is declared. */
  readonly origin?: Origin
  readonly table: TableDescriptor
  /** Per physical column: `undefined` when nothing of it is read. */
  readonly reads: readonly (readonly (readonly string[])[] | undefined)[]
  /** Over the table's columns: only splits whose partition meets it are read; absent: all. */
  readonly partitions?: Expression
}

export interface ValuesExec extends Exec {
  readonly kind: 'values'
  readonly rows: readonly Row[]
}

/** Filters, then projects: stateless, melted into the pipeline. */
export interface CalcExec extends Exec {
  readonly kind: 'calc'
  readonly condition?: Expression
  readonly columns: readonly NamedExpression[]
}

/** Re-evaluates its source split's watermark after every record. */
export interface WatermarkExec extends Exec {
  readonly kind: 'watermark'
  readonly column: number
  readonly watermark: Expression
}

/** Appends the values of async calls: rows wait for them, in their order. Drives a clock of its own. */
export interface AsyncCallExec extends Exec {
  readonly kind: 'async-call'
  readonly calls: readonly CallExpression[]
}

export interface UnionExec extends Exec {
  readonly kind: 'union'
}

export interface UnnestExec extends Exec {
  readonly kind: 'unnest'
  readonly join: 'inner' | 'left'
  readonly collection: Expression
  readonly withOrdinality: boolean
}

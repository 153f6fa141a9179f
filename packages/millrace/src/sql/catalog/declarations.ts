// What the catalog keeps of DDL: how tables, views and functions were declared, for LIKE, ALTER, SHOW and DESCRIBE.

import type { SourceSpan } from '../../types/errors.ts'
import type { Identifier } from '../ast/expression.ts'
import type { Query } from '../ast/query.ts'
import type { ColumnDefinition, Distribution, WatermarkDefinition } from '../ast/statement.ts'

/** What DDL says of a table. */
export interface TableDeclaration {
  readonly kind: 'table'
  readonly name: string
  readonly columns: readonly ColumnDefinition[]
  readonly watermarks: readonly WatermarkDefinition[]
  readonly primaryKey: readonly Identifier[]
  readonly partitionedBy: readonly Identifier[]
  readonly distribution: Distribution | undefined
  readonly comment: string | undefined
  readonly options: ReadonlyMap<string, string>
  /** The statement, and where in it options stand, for errors. */
  readonly span: SourceSpan
  readonly optionSpans: ReadonlyMap<string, SourceSpan>
}

/** What DDL says of a view. */
export interface ViewDeclaration {
  readonly kind: 'view'
  readonly columns: readonly Identifier[]
  readonly comment: string | undefined
  readonly query: Query
}

/** What CREATE FUNCTION says. */
export interface FunctionDeclaration {
  readonly name: string
  /** `file.ts#export` */
  readonly implementation: string
  readonly language: string | undefined
  readonly temporary: boolean
  readonly at: SourceSpan
}

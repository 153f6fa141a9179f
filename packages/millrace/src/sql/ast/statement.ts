// The statements of the SQL syntax tree.

import type { DataType } from '../../types/data-type.ts'
import type { SourceSpan } from '../../types/errors.ts'
import type { Expression, Identifier, Path } from './expression.ts'
import type { Hint, Option, Query } from './query.ts'

interface Node {
  readonly span: SourceSpan
}

export type ColumnDefinition = Node & {
  readonly name: Identifier
  readonly comment: string | undefined
} & (
    | { readonly kind: 'physical'; readonly type: DataType }
    | { readonly kind: 'computed'; readonly expression: Expression }
    | {
        readonly kind: 'metadata'
        readonly type: DataType
        readonly from: string | undefined
        readonly virtual: boolean
      }
  )

export interface WatermarkDefinition extends Node {
  readonly column: Path
  readonly expression: Expression
}

export interface LikeClause extends Node {
  readonly table: Path
  readonly options: readonly { readonly action: string; readonly what: string }[]
}

export interface CreateTable extends Node {
  readonly kind: 'create-table'
  readonly temporary: boolean
  readonly ifNotExists: boolean
  readonly name: Path
  readonly columns: readonly ColumnDefinition[]
  readonly watermarks: readonly WatermarkDefinition[]
  readonly primaryKey: readonly Identifier[] | undefined
  readonly comment: string | undefined
  readonly distribution:
    | {
        readonly kind: 'HASH' | 'RANGE' | undefined
        readonly columns: readonly Identifier[]
        readonly buckets: number | undefined
      }
    | undefined
  readonly partitionedBy: readonly Identifier[]
  readonly options: readonly Option[]
  readonly like: LikeClause | undefined
  readonly as: Query | undefined
}

export interface Insert extends Node {
  readonly kind: 'insert'
  readonly overwrite: boolean
  readonly table: Path
  readonly hints: readonly Hint[]
  readonly partition: readonly {
    readonly column: Identifier
    readonly value: Expression | undefined
  }[]
  readonly columns: readonly Identifier[]
  readonly query: Query
}

export type AlterAction =
  | { readonly kind: 'rename'; readonly to: Path }
  | { readonly kind: 'rename-column'; readonly from: Identifier; readonly to: Identifier }
  | { readonly kind: 'set'; readonly options: readonly Option[] }
  | { readonly kind: 'reset'; readonly keys: readonly string[] }
  | {
      readonly kind: 'add' | 'modify'
      readonly columns: readonly ColumnDefinition[]
      readonly watermarks: readonly WatermarkDefinition[]
      readonly primaryKey: readonly Identifier[] | undefined
    }
  | { readonly kind: 'drop-columns'; readonly columns: readonly Identifier[] }
  | { readonly kind: 'drop-primary-key' | 'drop-watermark' }

export type ObjectKind = 'TABLE' | 'VIEW' | 'FUNCTION' | 'CATALOG' | 'DATABASE'

export type Statement =
  | CreateTable
  | Insert
  | Query
  | (Node &
      (
        | {
            readonly kind: 'create-view'
            readonly temporary: boolean
            readonly ifNotExists: boolean
            readonly name: Path
            readonly columns: readonly Identifier[]
            readonly comment: string | undefined
            readonly query: Query
          }
        | {
            readonly kind: 'create-function'
            readonly temporary: boolean
            readonly system: boolean
            readonly ifNotExists: boolean
            readonly name: Path
            readonly className: string
            readonly language: string | undefined
          }
        | {
            readonly kind: 'create-namespace'
            readonly object: 'CATALOG' | 'DATABASE'
            readonly ifNotExists: boolean
            readonly name: Path
            readonly options: readonly Option[]
          }
        | {
            readonly kind: 'drop'
            readonly object: ObjectKind
            readonly temporary: boolean
            readonly ifExists: boolean
            readonly name: Path
          }
        | {
            readonly kind: 'alter-table'
            readonly ifExists: boolean
            readonly name: Path
            readonly action: AlterAction
          }
        | { readonly kind: 'statement-set'; readonly inserts: readonly Insert[] }
        | {
            readonly kind: 'explain'
            readonly details: readonly string[]
            readonly statement: Statement
          }
        | { readonly kind: 'describe'; readonly table: Path }
        /** `what` is the rest of the statement, in upper case where unquoted, such as `TABLES`. */
        | {
            readonly kind: 'show'
            readonly what: string
            readonly name: Path | undefined
            readonly like: string | undefined
          }
        | {
            readonly kind: 'set'
            readonly key: string | undefined
            readonly value: string | undefined
          }
        | { readonly kind: 'reset'; readonly key: string | undefined }
        | { readonly kind: 'use'; readonly catalog: boolean; readonly name: Path }
      ))

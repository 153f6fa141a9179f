// The statements of the SQL syntax tree.

import type { ConflictAction } from '../../plan/node.ts'
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

/** How a feature of the table that LIKE names is taken over. */
export type LikeAction = 'INCLUDING' | 'EXCLUDING' | 'OVERWRITING'

export interface LikeOption extends Node {
  readonly action: LikeAction
  /** `ALL`, `CONSTRAINTS`, `DISTRIBUTION`, `GENERATED`, `METADATA`, `OPTIONS`, `PARTITIONS`, `WATERMARKS` */
  readonly what: string
}

export interface LikeClause extends Node {
  readonly table: Path
  readonly options: readonly LikeOption[]
}

/** Columns, watermarks and the key, as CREATE and ALTER list them in parentheses. */
export interface TableElements {
  readonly columns: readonly ColumnDefinition[]
  readonly watermarks: readonly WatermarkDefinition[]
  readonly primaryKey: readonly Identifier[] | undefined
}

export interface Distribution {
  readonly kind: 'HASH' | 'RANGE' | undefined
  readonly columns: readonly Identifier[]
  readonly buckets: number | undefined
}

/** What every CREATE may say before the name. */
interface Creation {
  readonly replace: boolean
  readonly temporary: boolean
  readonly ifNotExists: boolean
}

export interface CreateTable extends Node, Creation, TableElements {
  readonly kind: 'create-table'
  readonly name: Path
  /** The order of the query's columns, by names alone: `CREATE TABLE t (b, a) … AS SELECT`. */
  readonly columnNames: readonly Identifier[]
  readonly comment: string | undefined
  readonly distribution: Distribution | undefined
  readonly partitionedBy: readonly Identifier[]
  readonly options: readonly Option[]
  readonly like: LikeClause | undefined
  readonly as: Query | undefined
}

export interface CreateView extends Node, Creation {
  readonly kind: 'create-view'
  readonly name: Path
  readonly columns: readonly Identifier[]
  readonly comment: string | undefined
  readonly query: Query
}

export interface CreateFunction extends Node, Creation {
  readonly kind: 'create-function'
  readonly system: boolean
  readonly name: Path
  /** `file.ts#export` */
  readonly implementation: string
  readonly language: string | undefined
}

/** CREATE CATALOG or CREATE DATABASE. */
export interface CreateNamespace extends Node {
  readonly kind: 'create-namespace'
  readonly object: 'CATALOG' | 'DATABASE'
  readonly ifNotExists: boolean
  readonly name: Path
  readonly comment: string | undefined
  readonly options: readonly Option[]
}

export interface Insert extends Node {
  readonly kind: 'insert'
  readonly overwrite: boolean
  readonly table: Path
  readonly hints: readonly Hint[]
  readonly partition: readonly PartitionValue[]
  readonly columns: readonly Identifier[]
  readonly query: Query
  readonly onConflict: ConflictAction | undefined
}

/** `column = value` of a PARTITION clause. */
export interface PartitionValue {
  readonly column: Identifier
  readonly value: Expression
}

/** Where ALTER puts a column: absent, behind the others, or where it was. */
export type ColumnPlace =
  | { readonly kind: 'first' }
  | { readonly kind: 'after'; readonly column: Identifier }

/** A column of ADD or MODIFY, with the place it is to have. */
export type PlacedColumn = ColumnDefinition & { readonly place?: ColumnPlace | undefined }

export type AlterAction =
  | { readonly kind: 'rename'; readonly to: Path }
  | { readonly kind: 'rename-column'; readonly from: Identifier; readonly to: Identifier }
  | { readonly kind: 'set'; readonly options: readonly Option[] }
  | { readonly kind: 'reset'; readonly keys: readonly string[] }
  | (TableElements & {
      readonly kind: 'add' | 'modify'
      readonly columns: readonly PlacedColumn[]
      readonly distribution: Distribution | undefined
    })
  | { readonly kind: 'drop-columns'; readonly columns: readonly Identifier[] }
  | {
      readonly kind: 'drop-part'
      readonly part: 'PRIMARY KEY' | 'CONSTRAINT' | 'WATERMARK' | 'DISTRIBUTION'
    }

export interface AlterTable extends Node {
  readonly kind: 'alter-table'
  readonly ifExists: boolean
  readonly name: Path
  readonly action: AlterAction
}

export interface AlterView extends Node {
  readonly kind: 'alter-view'
  readonly ifExists: boolean
  readonly name: Path
  readonly action:
    | { readonly kind: 'rename'; readonly to: Path }
    | { readonly kind: 'as'; readonly query: Query }
}

/** ALTER CATALOG or ALTER DATABASE: options and the comment. */
export interface AlterNamespace extends Node {
  readonly kind: 'alter-namespace'
  readonly object: 'CATALOG' | 'DATABASE'
  readonly name: Path
  readonly action:
    | { readonly kind: 'set'; readonly options: readonly Option[] }
    | { readonly kind: 'reset'; readonly keys: readonly string[] }
    | { readonly kind: 'comment'; readonly text: string }
}

export interface AlterFunction extends Node {
  readonly kind: 'alter-function'
  readonly temporary: boolean
  readonly system: boolean
  readonly ifExists: boolean
  readonly name: Path
  readonly implementation: string
  readonly language: string | undefined
}

export type ObjectKind = 'TABLE' | 'VIEW' | 'FUNCTION' | 'CATALOG' | 'DATABASE'

export interface Drop extends Node {
  readonly kind: 'drop'
  readonly object: ObjectKind
  readonly temporary: boolean
  readonly system: boolean
  readonly ifExists: boolean
  readonly name: Path
  readonly cascade: boolean
}

/** `SHOW what [FROM name] [[NOT] LIKE 'pattern']`, or `SHOW CREATE what name`. */
export interface Show extends Node {
  readonly kind: 'show'
  /** The words of what is shown, in upper case, such as `TABLES` or `CREATE TABLE`. */
  readonly what: string
  readonly name: Path | undefined
  readonly like: ShowPattern | undefined
}

export interface ShowPattern {
  readonly pattern: string
  readonly negated: boolean
  readonly ignoreCase: boolean
}

export interface Describe extends Node {
  readonly kind: 'describe'
  readonly object: 'TABLE' | 'CATALOG' | 'DATABASE' | 'FUNCTION'
  readonly extended: boolean
  readonly name: Path
}

/** A statement of Flink that is read, and then accepted without effect or refused. */
export interface OtherStatement extends Node {
  readonly kind: 'other'
  /** Its first words, such as `TRUNCATE TABLE`. */
  readonly what: string
  readonly text: string
}

export interface StatementSet extends Node {
  readonly kind: 'statement-set'
  readonly inserts: readonly Insert[]
}

export interface Explain extends Node {
  readonly kind: 'explain'
  readonly details: readonly string[]
  readonly statement: Statement
}

export interface Setting extends Node {
  readonly kind: 'set' | 'reset'
  /** Absent: SET lists all, RESET takes all back. */
  readonly key: string | undefined
  /** Absent: SET shows the one. */
  readonly value: string | undefined
}

export interface Use extends Node {
  readonly kind: 'use'
  readonly object: 'CATALOG' | 'DATABASE'
  readonly name: Path
}

/** What changes the catalog. */
export type Ddl =
  | CreateTable
  | CreateView
  | CreateFunction
  | CreateNamespace
  | AlterTable
  | AlterView
  | AlterNamespace
  | AlterFunction
  | Drop

export type Statement =
  | Ddl
  | Insert
  | Query
  | StatementSet
  | Explain
  | Describe
  | Show
  | Setting
  | Use
  | OtherStatement

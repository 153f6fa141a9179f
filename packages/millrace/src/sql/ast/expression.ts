// The expressions of the SQL syntax tree: immutable, discriminated by `kind`, with their place.

import type { DataType } from '../../types/data-type.ts'
import type { SourceSpan } from '../../types/errors.ts'
import type { OrderItem, Query } from './query.ts'

export interface Identifier {
  readonly kind: 'identifier'
  readonly name: string
  readonly span: SourceSpan
}

/** A dotted name, such as `catalog.database.name`. */
export type Path = readonly Identifier[]

interface Node {
  readonly span: SourceSpan
}

export type BinaryOperator =
  | 'OR'
  | 'AND'
  | '='
  | '<>'
  | '<'
  | '<='
  | '>'
  | '>='
  | '+'
  | '-'
  | '*'
  | '/'
  | '%'
  | '||'
  | 'OVERLAPS'
  | 'IS DISTINCT FROM'
  | 'IS NOT DISTINCT FROM'

export type IsTest =
  | 'NULL'
  | 'TRUE'
  | 'FALSE'
  | 'UNKNOWN'
  | 'JSON'
  | 'JSON VALUE'
  | 'JSON ARRAY'
  | 'JSON OBJECT'
  | 'JSON SCALAR'

/** A literal; `text` is the number as written, the decoded string, hexadecimal digits or a date. */
export interface Literal extends Node {
  readonly kind: 'literal'
  readonly type:
    | 'number'
    | 'string'
    | 'binary'
    | 'date'
    | 'time'
    | 'timestamp'
    | 'true'
    | 'false'
    | 'null'
    | 'unknown'
  readonly text: string
}

/** `INTERVAL '1:30' HOUR(2) TO MINUTE`; `to` is absent for a single field. */
export interface IntervalLiteral extends Node {
  readonly kind: 'interval'
  readonly text: string
  readonly negative: boolean
  readonly qualifier: IntervalQualifier
}

export interface IntervalQualifier {
  readonly from: string
  readonly fromPrecision: number | undefined
  readonly to: string | undefined
  readonly toPrecision: number | undefined
}

export type JsonBehavior =
  | {
      readonly kind:
        | 'NULL'
        | 'ERROR'
        | 'TRUE'
        | 'FALSE'
        | 'UNKNOWN'
        | 'EMPTY ARRAY'
        | 'EMPTY OBJECT'
    }
  | { readonly kind: 'DEFAULT'; readonly value: Expression }

/** The clauses that JSON functions take after their arguments. */
export interface JsonClauses {
  readonly returning?: DataType
  readonly wrapper?: 'WITHOUT' | 'CONDITIONAL' | 'UNCONDITIONAL'
  readonly onEmpty?: JsonBehavior
  readonly onError?: JsonBehavior
  readonly nullHandling?: 'NULL' | 'ABSENT'
}

export interface FrameBound {
  readonly kind:
    | 'UNBOUNDED PRECEDING'
    | 'PRECEDING'
    | 'CURRENT ROW'
    | 'FOLLOWING'
    | 'UNBOUNDED FOLLOWING'
  readonly offset?: Expression
}

export interface WindowSpec extends Node {
  readonly kind: 'window'
  readonly name: Identifier | undefined
  readonly partitionBy: readonly Expression[]
  readonly orderBy: readonly OrderItem[]
  readonly frame: Frame | undefined
}

export interface Frame {
  readonly unit: 'ROWS' | 'RANGE'
  readonly start: FrameBound
  readonly end: FrameBound | undefined
}

/**
 * A function call. Forms with keywords are normalized: `EXTRACT(u FROM x)` has the arguments
 * `u, x`, `TRIM(BOTH a FROM b)` has `BOTH, a, b`, `POSITION(a IN b)` has `a, b`; units are `symbol`
 * nodes; JSON_OBJECT's keys and values alternate.
 */
export interface Call extends Node {
  readonly kind: 'call'
  /** Reserved names without backquotes are in upper case; others as written. */
  readonly name: Path
  readonly args: readonly Expression[]
  readonly quantifier: 'DISTINCT' | 'ALL' | undefined
  readonly json: JsonClauses | undefined
  readonly orderBy: readonly OrderItem[]
  readonly nulls: 'IGNORE' | 'RESPECT' | undefined
  readonly filter: Expression | undefined
  readonly over: WindowSpec | undefined
  /** `RUNNING` or `FINAL`, in MATCH_RECOGNIZE. */
  readonly semantics: 'RUNNING' | 'FINAL' | undefined
}

export type Expression =
  | Literal
  | IntervalLiteral
  | Call
  | (Node &
      (
        | { readonly kind: 'column'; readonly path: Path }
        | { readonly kind: 'star'; readonly qualifier: Path }
        | { readonly kind: 'symbol'; readonly name: string }
        | { readonly kind: 'parameter' }
        | {
            readonly kind: 'unary'
            readonly operator: '+' | '-' | 'NOT'
            readonly operand: Expression
          }
        | {
            readonly kind: 'binary'
            readonly operator: BinaryOperator
            readonly left: Expression
            readonly right: Expression
          }
        | {
            readonly kind: 'is'
            readonly operand: Expression
            readonly test: IsTest
            readonly negated: boolean
          }
        | {
            readonly kind: 'between'
            readonly operand: Expression
            readonly low: Expression
            readonly high: Expression
            readonly symmetric: boolean
            readonly negated: boolean
          }
        | {
            readonly kind: 'like'
            readonly operator: 'LIKE' | 'SIMILAR TO'
            readonly operand: Expression
            readonly pattern: Expression
            readonly escape: Expression | undefined
            readonly negated: boolean
          }
        | {
            readonly kind: 'in-list'
            readonly operand: Expression
            readonly items: readonly Expression[]
            readonly negated: boolean
          }
        | {
            readonly kind: 'in-query'
            readonly operand: Expression
            readonly query: Query
            readonly negated: boolean
          }
        | {
            readonly kind: 'quantified'
            readonly operator: BinaryOperator
            readonly quantifier: 'ANY' | 'SOME' | 'ALL'
            readonly operand: Expression
            readonly query: Query
          }
        | { readonly kind: 'exists'; readonly query: Query }
        | { readonly kind: 'subquery'; readonly query: Query }
        | {
            readonly kind: 'case'
            readonly operand: Expression | undefined
            readonly branches: readonly { readonly when: Expression; readonly then: Expression }[]
            readonly otherwise: Expression | undefined
          }
        | {
            readonly kind: 'cast'
            readonly operand: Expression
            readonly type: DataType
            readonly safe: boolean
          }
        | { readonly kind: 'array' | 'row'; readonly items: readonly Expression[] }
        | { readonly kind: 'map'; readonly items: readonly Expression[] }
        | { readonly kind: 'array-query' | 'multiset-query' | 'map-query'; readonly query: Query }
        | { readonly kind: 'field'; readonly operand: Expression; readonly name: Identifier }
        | { readonly kind: 'index'; readonly operand: Expression; readonly index: Expression }
        | { readonly kind: 'named-argument'; readonly name: Identifier; readonly value: Expression }
        | { readonly kind: 'descriptor'; readonly columns: readonly Identifier[] }
        | {
            readonly kind: 'table-argument'
            readonly source: Path | Query
            readonly partitionBy: readonly Expression[]
            readonly orderBy: readonly OrderItem[]
          }
      ))

// The queries of the SQL syntax tree: SELECT, set operations, VALUES, and what stands in FROM.

import type { SourceSpan } from '../../types/errors.ts'
import type { Call, Expression, Identifier, Path, WindowSpec } from './expression.ts'

interface Node {
  readonly span: SourceSpan
}

export interface OrderItem extends Node {
  readonly expression: Expression
  readonly descending: boolean
  readonly nulls: 'FIRST' | 'LAST' | undefined
}

/** `name('key' = 'value', …)`: a hint of a query or of a table. */
export interface Hint extends Node {
  readonly name: string
  readonly args: readonly string[]
  readonly options: readonly Option[]
}

export interface Option extends Node {
  readonly key: string
  readonly value: string
}

/** A query with what may surround its body: WITH before, ORDER BY, LIMIT and OFFSET behind. */
export interface Query extends Node {
  readonly kind: 'query'
  readonly with: readonly CommonTable[]
  readonly body: QueryBody
  readonly orderBy: readonly OrderItem[]
  readonly limit: Expression | undefined
  readonly offset: Expression | undefined
}

export interface CommonTable extends Node {
  readonly name: Identifier
  readonly columns: readonly Identifier[]
  readonly query: Query
}

export type QueryBody = Select | SetOperation | Values | Query

export interface SetOperation extends Node {
  readonly kind: 'set-operation'
  readonly operator: 'UNION' | 'INTERSECT' | 'EXCEPT'
  readonly all: boolean
  readonly left: QueryBody
  readonly right: QueryBody
}

/** `VALUES (1, 'a'), (2, 'b')`; every row is its list of expressions. */
export interface Values extends Node {
  readonly kind: 'values'
  readonly rows: readonly (readonly Expression[])[]
}

export interface SelectItem extends Node {
  readonly expression: Expression
  readonly alias: Identifier | undefined
}

export interface Select extends Node {
  readonly kind: 'select'
  readonly hints: readonly Hint[]
  readonly distinct: boolean
  readonly items: readonly SelectItem[]
  readonly from: TableRef | undefined
  readonly where: Expression | undefined
  readonly groupBy: readonly GroupItem[] | undefined
  readonly having: Expression | undefined
  readonly windows: readonly { readonly name: Identifier; readonly spec: WindowSpec }[]
  /** A condition over results of OVER. */
  readonly qualify: Expression | undefined
}

export type GroupItem =
  | { readonly kind: 'expression'; readonly expression: Expression }
  | { readonly kind: 'rollup' | 'cube'; readonly sets: readonly (readonly Expression[])[] }
  | { readonly kind: 'grouping-sets'; readonly sets: readonly GroupItem[] }
  | { readonly kind: 'set'; readonly expressions: readonly Expression[] }

export interface Alias {
  readonly name: Identifier
  readonly columns: readonly Identifier[]
}

export type JoinType = 'INNER' | 'LEFT' | 'RIGHT' | 'FULL' | 'CROSS'

export type TableRef = Node &
  (
    | {
        readonly kind: 'table'
        readonly path: Path
        readonly hints: readonly Hint[]
        /** `FOR SYSTEM_TIME AS OF`. */
        readonly asOf: Expression | undefined
        readonly alias: Alias | undefined
      }
    | {
        readonly kind: 'derived'
        readonly query: Query
        readonly lateral: boolean
        readonly alias: Alias | undefined
      }
    | {
        readonly kind: 'table-function'
        readonly call: Call
        readonly lateral: boolean
        readonly alias: Alias | undefined
      }
    | {
        readonly kind: 'unnest'
        readonly items: readonly Expression[]
        readonly ordinality: boolean
        readonly alias: Alias | undefined
      }
    | {
        readonly kind: 'join'
        /** A comma between tables is a CROSS join. */
        readonly type: JoinType
        readonly natural: boolean
        readonly left: TableRef
        readonly right: TableRef
        readonly on: Expression | undefined
        readonly using: readonly Identifier[]
      }
    | MatchRecognize
  )

export interface MatchRecognize extends Node {
  readonly kind: 'match-recognize'
  readonly input: TableRef
  readonly partitionBy: readonly Expression[]
  readonly orderBy: readonly OrderItem[]
  readonly measures: readonly { readonly expression: Expression; readonly name: Identifier }[]
  readonly rowsPerMatch: 'ONE' | 'ALL'
  readonly afterMatch:
    | { readonly kind: 'PAST LAST ROW' | 'TO NEXT ROW' }
    | { readonly kind: 'TO FIRST' | 'TO LAST'; readonly variable: Identifier }
    | undefined
  readonly pattern: Pattern
  readonly within: Expression | undefined
  readonly subsets: readonly {
    readonly name: Identifier
    readonly variables: readonly Identifier[]
  }[]
  readonly define: readonly { readonly variable: Identifier; readonly condition: Expression }[]
  readonly alias: Alias | undefined
}

export type Pattern = Node &
  (
    | { readonly kind: 'variable'; readonly name: Identifier }
    | { readonly kind: 'sequence' | 'alternation'; readonly items: readonly Pattern[] }
    | {
        readonly kind: 'repeat'
        readonly item: Pattern
        readonly min: number
        /** Undefined: unbounded. */
        readonly max: number | undefined
        readonly greedy: boolean
      }
  )

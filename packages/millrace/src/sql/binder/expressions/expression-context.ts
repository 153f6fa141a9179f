// What expressions are bound in: the columns in sight, and what a clause allows besides them.

import type { BindingEnvironment } from '../../../plan/create-expression.ts'
import type { Expression } from '../../../plan/expression.ts'
import type { Call, Expression as SqlExpression, Path } from '../../ast/expression.ts'
import type { Query } from '../../ast/query.ts'
import type { Scope } from '../scope.ts'

export interface ExpressionContext {
  readonly environment: BindingEnvironment
  readonly scope: Scope
  /** The clause, for messages: `WHERE`. */
  readonly clause: string
  /** Names that go before the columns: ORDER BY's aliases. */
  readonly alias?: (path: Path) => Expression | undefined
  /** Names of the query around a correlated sub-query. */
  readonly outer?: (path: Path) => Expression | undefined
  /** Aggregate calls; absent where there may be none. */
  readonly aggregate?: (call: Call) => Expression
  /** Calls with OVER; absent where there may be none. */
  readonly over?: (call: Call) => Expression
  /** Functions that only GROUP BY gives a meaning: GROUPING, TUMBLE_START. */
  readonly grouping?: (call: Call) => Expression | undefined
  /** The value of a scalar sub-query; absent where there may be none. */
  readonly scalar?: (query: Query) => Expression
  /** The truth of IN, EXISTS, ANY or ALL with a sub-query; absent where there may be none. */
  readonly membership?: (
    node: Extract<SqlExpression, { kind: 'in-query' | 'exists' | 'quantified' }>,
  ) => Expression
}

/** The name that Flink gives to an unnamed expression: that of the column or field that it is. */
export function derivedName(expression: SqlExpression): string | undefined {
  if (expression.kind === 'column') return expression.path.at(-1)?.name
  return undefined
}

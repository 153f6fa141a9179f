// What a sub-query compares, other than by an equality, with the query around: the distinct values of that stand beside its own tables.

import { createAggregate } from '../../../plan/create-node.ts'
import type { PlanNode } from '../../../plan/node.ts'
import type { Expression as SqlExpression, Path } from '../../ast/expression.ts'
import type { TableRef } from '../../ast/query.ts'
import type { BinderContext } from '../binder-context.ts'
import type { Scope } from '../scope.ts'

/** The rows of the query around, and what names mean in them. */
export interface OuterRows {
  readonly plan: PlanNode
  readonly scope: Scope
}

/** The distinct values as a table of a sub-query. */
export interface OuterValues {
  /** Knows the table. */
  readonly context: BinderContext
  readonly from: TableRef
  /** A column of the query around, and the column of the table that has its values. */
  readonly columns: readonly { readonly outer: SqlExpression; readonly inner: SqlExpression }[]
  /** The expression with the table's columns in place of those of the query around. */
  readonly rewrite: (e: SqlExpression) => SqlExpression
}

/**
 * Sets the distinct values of the named columns of the query around beside the tables of a sub-query, so that a condition on them is
 * one of the sub-query's own, and they themselves are keys to join its result by.
 *
 * @see Seshadri, Pirahesh, Leung, "Complex Query Decorrelation", ICDE 1996
 */
export function outerValues(
  context: BinderContext,
  outer: OuterRows,
  from: TableRef,
  isOuter: (path: Path) => boolean,
  paths: readonly Path[],
): OuterValues {
  const { span } = from
  const identifier = (name: string) => ({ kind: 'identifier', name, span }) as const
  const table = identifier(`$outer${context.common.size}`)
  const byText = new Map(paths.map(path => [textOf(path), path]))
  const places = new Map([...byText.keys()].map((text, i) => [text, i]))
  const keys = [...byText.values()].map((path, i) => {
    const expression = outer.scope.find(path)
    if (!expression) throw new TypeError(`no column ${textOf(path)}`)
    return { name: `outer${i}`, expression }
  })
  const values = createAggregate(outer.plan, keys, [])
  const column = (path: Path, place: number): SqlExpression => ({
    kind: 'column',
    path: [table, identifier(`outer${place}`)],
    span: path[0]?.span ?? span,
  })
  const rewrite = <T>(value: T): T => {
    if (Array.isArray(value)) return value.map(rewrite) as T
    if (typeof value !== 'object' || value === null) return value
    if ('kind' in value && value.kind === 'column' && 'path' in value) {
      const path = value.path as Path
      const place = isOuter(path) ? places.get(textOf(path)) : undefined
      return place === undefined ? value : (column(path, place) as T)
    }
    return Object.fromEntries(Object.entries(value).map(([key, v]) => [key, rewrite(v)])) as T
  }
  return {
    context: { ...context, common: new Map([...context.common, [table.name, values]]) },
    from: {
      kind: 'join',
      type: 'CROSS',
      natural: false,
      left: from,
      right: { kind: 'table', path: [table], alias: undefined, hints: [], asOf: undefined, span },
      on: undefined,
      using: [],
      span,
    },
    columns: [...byText.values()].map((path, i) => ({
      outer: { kind: 'column', path, span: path[0]?.span ?? span },
      inner: column(path, i),
    })),
    rewrite,
  }
}

const textOf = (path: Path): string => JSON.stringify(path.map(part => part.name))

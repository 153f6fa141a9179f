// What the parts of a random query share: choices, names that are free, views that it is made of.

import type { Choices } from '../choices.ts'
import { type SqlText, sql } from './sql-text.ts'

/** Types told apart as far as expressions must. `integer` is INT or BIGINT. */
export type QueryType = 'integer' | 'string' | 'decimal' | 'double' | 'boolean' | 'time'

export interface QueryColumn {
  readonly name: string
  readonly type: QueryType
}

/** Something to select from. */
export interface Relation {
  /** What stands behind FROM, without an alias. */
  readonly source: SqlText
  /** The name of the table or view. */
  readonly name?: string | undefined
  readonly columns: readonly QueryColumn[]
  /** The event-time column: rows are only added, and none is late. */
  readonly time?: string | undefined
  /** No two rows have the same event time. */
  readonly hasUniqueTimes?: boolean
  /** Rows come in the order of their event times. */
  readonly isInOrder?: boolean
  /** Rows carry `window_start` and `window_end`, and come when their window closes. */
  readonly isWindowed?: boolean
}

/** A column as an expression over the relation of an alias. */
export interface Reference {
  readonly text: string
  readonly type: QueryType
}

export interface View {
  readonly name: string
  readonly query: SqlText
}

export class QueryBuilder {
  readonly choices: Choices
  readonly tables: readonly Relation[]
  readonly views: View[] = []
  #names = 0

  constructor(choices: Choices, tables: readonly Relation[]) {
    this.choices = choices
    this.tables = tables
  }

  fresh(prefix: string): string {
    return `${prefix}${this.#names++}`
  }

  /** One of some ways, the first of which is the simplest. */
  choose<T>(ways: readonly (() => T)[]): T {
    return this.choices.pick(ways)()
  }

  /** Gives a query a name, so that window functions can take it, and others a second time. */
  view(query: SqlText, shape: Omit<Relation, 'source' | 'name'>): Relation {
    const name = this.fresh('v')
    this.views.push({ name, query })
    return { ...shape, name, source: sql`${name}` }
  }

  /** A query as something to select from: a view or a sub-query. */
  relation(query: SqlText, shape: Omit<Relation, 'source' | 'name'>): Relation {
    if (shape.time !== undefined || this.choices.oneIn(2)) return this.view(query, shape)
    return { ...shape, source: sql`(${query})` }
  }
}

/** The columns of a relation behind its alias, perhaps only some types. */
export function references(
  { columns }: Relation,
  alias: string,
  types?: readonly QueryType[],
): readonly Reference[] {
  return columns
    .filter(({ type }) => !types || types.includes(type))
    .map(({ name, type }) => ({ text: `${alias}.${name}`, type }))
}

// The tables and views that SQL can name, by catalog and database; in memory, as long as the program.

import type { PlanNode } from '../../plan/node.ts'
import type { SourceSpan } from '../../types/errors.ts'
import type { TableDescriptor } from '../../types/table-descriptor.ts'
import type { Path } from '../ast/expression.ts'
import { InvalidSqlError, UnknownSqlTableError } from '../binder/binder-errors.ts'

/** Something that FROM can name. */
export interface CatalogObject {
  readonly kind: 'table' | 'view'
  /** The plan that reads it: the same node every time, so that it is read once. */
  plan(): PlanNode
  /** The plan with some options replaced, for hints; absent: it has no options. */
  planWith?(options: ReadonlyMap<string, string>): PlanNode
  /** What INSERT writes to; absent for a view. */
  readonly sink?: TableDescriptor
  /** How a table was declared, for LIKE and ALTER. */
  readonly declaration?: unknown
}

export type FullName = readonly [catalog: string, database: string, name: string]

const DEFAULT_CATALOG = 'default_catalog'
const DEFAULT_DATABASE = 'default_database'

export class Catalog {
  #catalog = DEFAULT_CATALOG
  #database = DEFAULT_DATABASE
  readonly #databases = new Set([keyOf([DEFAULT_CATALOG, DEFAULT_DATABASE])])
  readonly #objects = new Map<string, { readonly name: FullName; readonly object: CatalogObject }>()
  readonly #temporary = new Map<
    string,
    { readonly name: FullName; readonly object: CatalogObject }
  >()

  /** The full name of a dotted one, by the catalog and database in use. */
  fullName(path: Path): FullName {
    const parts = path.map(p => p.name)
    const [name = '', database = this.#database, catalog = this.#catalog] = parts.reverse()
    return [catalog, database, name]
  }

  /** The name as plans print it: without catalog and database when they are the defaults. */
  shortName([catalog, database, name]: FullName): string {
    if (catalog !== DEFAULT_CATALOG) return `${catalog}.${database}.${name}`
    return database === DEFAULT_DATABASE ? name : `${database}.${name}`
  }

  find(path: Path): CatalogObject | undefined {
    const key = keyOf(this.fullName(path))
    return (this.#temporary.get(key) ?? this.#objects.get(key))?.object
  }

  /** @throws {UnknownSqlTableError} `MR_SQL_UNKNOWN_TABLE` with what it may have been meant to be */
  get(path: Path): CatalogObject {
    const found = this.find(path)
    if (found) return found
    throw new UnknownSqlTableError({
      name: path.map(p => p.name).join('.'),
      known: this.names(),
      at: spanOf(path),
    })
  }

  names(): string[] {
    const all = [...this.#objects.values(), ...this.#temporary.values()]
    return [...new Set(all.map(o => this.shortName(o.name)))]
  }

  /** @throws {InvalidSqlError} `MR_SQL_DUPLICATE` when the name is taken, `MR_SQL_INVALID` when there is no such database */
  add(
    path: Path,
    object: CatalogObject,
    options: {
      readonly temporary?: boolean
      readonly ifNotExists?: boolean
      readonly replace?: boolean
    } = {},
  ): void {
    const name = this.fullName(path)
    const [catalog, database] = name
    if (!this.#databases.has(keyOf([catalog, database])))
      throw new InvalidSqlError({
        problem: `There is no database "${catalog}.${database}"`,
        remedy: 'Create it with CREATE DATABASE.',
        at: spanOf(path),
      })
    const objects = options.temporary ? this.#temporary : this.#objects
    const key = keyOf(name)
    if (objects.has(key) && !options.replace) {
      if (options.ifNotExists) return
      throw new InvalidSqlError({
        problem: `There is a table or view "${this.shortName(name)}" already`,
        remedy: 'Choose another name, DROP the other first, or write IF NOT EXISTS.',
        at: spanOf(path),
        code: 'MR_SQL_DUPLICATE',
      })
    }
    objects.set(key, { name, object })
  }

  /** @throws {UnknownSqlTableError} `MR_SQL_UNKNOWN_TABLE` unless `ifExists` */
  drop(path: Path, kind: CatalogObject['kind'], ifExists: boolean): void {
    const key = keyOf(this.fullName(path))
    for (const objects of [this.#temporary, this.#objects])
      if (objects.get(key)?.object.kind === kind) {
        objects.delete(key)
        return
      }
    if (!ifExists)
      throw new UnknownSqlTableError({
        name: path.map(p => p.name).join('.'),
        known: this.names(),
        at: spanOf(path),
      })
  }

  rename(from: Path, to: Path): void {
    const object = this.get(from)
    this.add(to, object)
    this.#objects.delete(keyOf(this.fullName(from)))
  }

  createDatabase(path: Path, ifNotExists: boolean): void {
    const names = path.map(p => p.name)
    const [database = '', catalog = this.#catalog] = names.reverse()
    const key = keyOf([catalog, database])
    if (this.#databases.has(key) && !ifNotExists)
      throw new InvalidSqlError({
        problem: `There is a database "${catalog}.${database}" already`,
        remedy: 'Write IF NOT EXISTS.',
        at: spanOf(path),
        code: 'MR_SQL_DUPLICATE',
      })
    this.#databases.add(key)
  }

  /** USE: names without a database are looked up there. */
  use(path: Path): void {
    const [database = '', catalog = this.#catalog] = path.map(p => p.name).reverse()
    if (!this.#databases.has(keyOf([catalog, database])))
      throw new InvalidSqlError({
        problem: `There is no database "${catalog}.${database}"`,
        remedy: 'Create it with CREATE DATABASE.',
        at: spanOf(path),
      })
    this.#catalog = catalog
    this.#database = database
  }
}

/** Unambiguous whatever the names contain. */
const keyOf = (parts: readonly string[]): string => JSON.stringify(parts)

const spanOf = (path: Path): SourceSpan | undefined => path[0]?.span

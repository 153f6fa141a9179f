// The tables and views that SQL can name, by catalog and database; in memory, as long as the program.

import type { PlanNode } from '../../plan/node.ts'
import type { SourceSpan } from '../../types/errors.ts'
import type { Schema } from '../../types/schema.ts'
import type { TableDescriptor } from '../../types/table-descriptor.ts'
import type { Path } from '../ast/expression.ts'
import { InvalidSqlError, UnknownSqlTableError } from '../binder/binder-errors.ts'
import type { FunctionDeclaration, TableDeclaration, ViewDeclaration } from './declarations.ts'
import { type DatabaseName, type Namespace, Namespaces } from './namespaces.ts'

/** Something that FROM can name. */
export interface CatalogObject {
  readonly kind: 'table' | 'view'
  /** Its columns, computed ones among them. */
  schema(): Schema
  /** The plan that reads it: the same node every time, so that it is read once. */
  plan(): PlanNode
  /** The plan with some options replaced, for hints; absent: it has no options. */
  planWith?(options: ReadonlyMap<string, string>): PlanNode
  /** What INSERT writes to; absent for a view. */
  readonly sink?: TableDescriptor
  /** How it was declared; absent: in TypeScript. */
  readonly declaration?: TableDeclaration | ViewDeclaration
}

export type FullName = readonly [catalog: string, database: string, name: string]

interface Entry {
  readonly name: FullName
  readonly object: CatalogObject
}

export interface AddOptions {
  readonly temporary?: boolean
  readonly ifNotExists?: boolean
  readonly replace?: boolean
}

export class Catalog {
  readonly namespaces = new Namespaces()
  /** By upper-case name. */
  readonly functions = new Map<string, FunctionDeclaration>()
  readonly #objects = new Map<string, Entry>()
  readonly #temporary = new Map<string, Entry>()
  #version = 0

  /** Grows with every change: what was bound under an older one may mean something else. */
  get version(): number {
    return this.#version
  }

  /** The full name of a dotted one, by the catalog and database in use. */
  fullName(path: Path): FullName {
    const [name = '', database, catalog] = path.map(p => p.name).reverse()
    const [currentCatalog, currentDatabase] = this.namespaces.current
    return [catalog ?? currentCatalog, database ?? currentDatabase, name]
  }

  /** The name as plans print it: without catalog and database when they are the defaults. */
  shortName([catalog, database, name]: FullName): string {
    const [defaultCatalog, defaultDatabase] = this.namespaces.initial
    if (catalog !== defaultCatalog) return `${catalog}.${database}.${name}`
    return database === defaultDatabase ? name : `${database}.${name}`
  }

  find(path: Path): CatalogObject | undefined {
    const key = keyOf(this.fullName(path))
    return (this.#temporary.get(key) ?? this.#objects.get(key))?.object
  }

  /** @throws {UnknownSqlTableError} `MR_SQL_UNKNOWN_TABLE` with what it may have been meant to be */
  get(path: Path): CatalogObject {
    return this.find(path) ?? this.#unknown(path)
  }

  isTemporary(path: Path): boolean {
    return this.#temporary.has(keyOf(this.fullName(path)))
  }

  names(): string[] {
    const all = [...this.#objects.values(), ...this.#temporary.values()]
    return [...new Set(all.map(o => this.shortName(o.name)))]
  }

  /** The names in one database, temporary ones over others, in order. */
  list([catalog, database]: DatabaseName): readonly (readonly [string, CatalogObject])[] {
    const found = new Map<string, CatalogObject>()
    for (const { name, object } of [...this.#objects.values(), ...this.#temporary.values()])
      if (name[0] === catalog && name[1] === database) found.set(name[2], object)
    return [...found].sort(([a], [b]) => (a < b ? -1 : 1))
  }

  /** @throws {InvalidSqlError} `MR_SQL_DUPLICATE` when the name is taken, `MR_SQL_INVALID` when there is no such database */
  add(path: Path, object: CatalogObject, options: AddOptions = {}): void {
    const name = this.fullName(path)
    const [catalog, database] = name
    this.namespaces.database([catalog, database], spanOf(path))
    const objects = options.temporary ? this.#temporary : this.#objects
    const key = keyOf(name)
    const existing = objects.get(key)
    if (existing && !options.replace) {
      if (options.ifNotExists) return
      throw new InvalidSqlError({
        problem: `There is a ${existing.object.kind} "${this.shortName(name)}" already`,
        remedy: 'Choose another name, DROP the other first, or write IF NOT EXISTS.',
        at: spanOf(path),
        code: 'MR_SQL_DUPLICATE',
      })
    }
    objects.set(key, { name, object })
    this.#version++
  }

  /** Whether CREATE … IF NOT EXISTS has nothing to do. */
  has(path: Path, { temporary = false }: AddOptions): boolean {
    return (temporary ? this.#temporary : this.#objects).has(keyOf(this.fullName(path)))
  }

  /** @throws {UnknownSqlTableError} `MR_SQL_UNKNOWN_TABLE` unless `ifExists` */
  drop(
    path: Path,
    kind: CatalogObject['kind'],
    { ifExists, temporary }: { readonly ifExists: boolean; readonly temporary: boolean },
  ): void {
    const key = keyOf(this.fullName(path))
    const objects = temporary ? this.#temporary : this.#objects
    const hiding = this.#temporary.get(key)
    if (!temporary && hiding?.object.kind === kind)
      throw new InvalidSqlError({
        problem: `"${this.shortName(hiding.name)}" is a temporary ${kind}`,
        remedy: `Write DROP TEMPORARY ${kind.toUpperCase()}.`,
        at: spanOf(path),
      })
    const found = objects.get(key)?.object
    if (found?.kind === kind) {
      objects.delete(key)
      this.#version++
    } else if (found)
      throw new InvalidSqlError({
        problem: `"${path.map(p => p.name).join('.')}" is a ${found.kind}, not a ${kind}`,
        remedy: `Write DROP ${found.kind.toUpperCase()}.`,
        at: spanOf(path),
      })
    else if (!ifExists) this.#unknown(path)
  }

  /** Puts what is under that name in place of what was. */
  replace(path: Path, object: CatalogObject): void {
    this.add(path, object, { replace: true, temporary: this.isTemporary(path) })
  }

  /** @throws {MillraceError} when there is nothing under the old name, or something under the new one */
  rename(from: Path, to: Path): void {
    const object = this.get(from)
    const [catalog, database] = this.fullName(from)
    const first = from[0] as Path[number]
    // A bare new name is one in the database of the old.
    const target =
      to.length === 1 ? [{ ...first, name: catalog }, { ...first, name: database }, ...to] : to
    const temporary = this.isTemporary(from)
    this.add(target, object, { temporary })
    ;(temporary ? this.#temporary : this.#objects).delete(keyOf(this.fullName(from)))
    this.#version++
  }

  /** @throws {InvalidSqlError} for what is in use, not there, or not empty without CASCADE */
  dropDatabase(
    path: Path,
    options: { readonly ifExists: boolean; readonly cascade: boolean },
  ): void {
    const name = this.namespaces.databaseName(path)
    if (!this.namespaces.find(name) && options.ifExists) return
    const tables = this.list(name).map(([table]) => table)
    this.namespaces.dropDatabase(name, spanOf(path), options.cascade ? [] : tables)
    for (const objects of [this.#objects, this.#temporary])
      for (const [key, { name: n }] of objects)
        if (n[0] === name[0] && n[1] === name[1]) objects.delete(key)
    this.#version++
  }

  /** Runs `bind` as if `database` were in use: a view means what it meant where it was created. */
  within<T>(database: DatabaseName, bind: () => T): T {
    return this.namespaces.within(database, bind)
  }

  /** The database that a view created now belongs to. */
  get currentDatabase(): DatabaseName {
    return this.namespaces.current
  }

  /** The database of that name. @throws {InvalidSqlError} `MR_SQL_INVALID` */
  database(path: Path | undefined): Namespace {
    return path
      ? this.namespaces.database(this.namespaces.databaseName(path), spanOf(path))
      : this.namespaces.database(this.namespaces.current, undefined)
  }

  #unknown(path: Path): never {
    throw new UnknownSqlTableError({
      name: path.map(p => p.name).join('.'),
      known: this.names(),
      at: spanOf(path),
    })
  }
}

/** Unambiguous whatever the names contain. */
const keyOf = (parts: readonly string[]): string => JSON.stringify(parts)

const spanOf = (path: Path): SourceSpan | undefined => path[0]?.span

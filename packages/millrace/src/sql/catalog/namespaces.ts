// Catalogs and their databases: which there are, and which are in use.

import type { SourceSpan } from '../../types/errors.ts'
import { listNames, proposal } from '../../types/unknown-name.ts'
import type { Path } from '../ast/expression.ts'
import type { Option } from '../ast/query.ts'
import type { AlterNamespace, CreateNamespace } from '../ast/statement.ts'
import { InvalidSqlError } from '../binder/binder-errors.ts'

export type DatabaseName = readonly [catalog: string, database: string]

/** A catalog or database: what was said of it. */
export interface Namespace {
  readonly name: string
  readonly comment: string | undefined
  readonly options: ReadonlyMap<string, string>
}

interface CatalogEntry extends Namespace {
  readonly defaultDatabase: string
  readonly databases: Map<string, Namespace>
}

const IN_MEMORY = 'generic_in_memory'

export class Namespaces {
  /** In use when a program starts; the names that plans leave out. */
  readonly initial: DatabaseName = ['default_catalog', 'default_database']
  readonly #catalogs = new Map<string, CatalogEntry>()
  #current: DatabaseName = this.initial

  constructor() {
    const [catalog, database] = this.initial
    this.#addCatalog(namespace(catalog, [['type', IN_MEMORY]]), database)
  }

  get current(): DatabaseName {
    return this.#current
  }

  catalogs(): readonly string[] {
    return [...this.#catalogs.keys()].sort()
  }

  databases(catalog: string, at?: SourceSpan): readonly string[] {
    return [...this.catalog(catalog, at).databases.keys()].sort()
  }

  databaseName(path: Path): DatabaseName {
    const [database = '', catalog = this.#current[0]] = path.map(p => p.name).reverse()
    return [catalog, database]
  }

  /** @throws {InvalidSqlError} `MR_SQL_INVALID` when there is none */
  catalog(name: string, at?: SourceSpan): CatalogEntry {
    const found = this.#catalogs.get(name)
    if (found) return found
    throw new InvalidSqlError({
      problem: `There is no catalog "${name}"`,
      remedy: `${this.#proposal(name, this.catalogs())}Create it with CREATE CATALOG ${name} WITH ('type' = '${IN_MEMORY}').`,
      at,
    })
  }

  find([catalog, database]: DatabaseName): Namespace | undefined {
    return this.#catalogs.get(catalog)?.databases.get(database)
  }

  /** @throws {InvalidSqlError} `MR_SQL_INVALID` when there is none */
  database(name: DatabaseName, at: SourceSpan | undefined): Namespace {
    const [catalog, database] = name
    const found = this.catalog(catalog, at).databases.get(database)
    if (found) return found
    throw new InvalidSqlError({
      problem: `There is no database "${catalog}.${database}"`,
      remedy: `${this.#proposal(database, this.databases(catalog))}Create it with CREATE DATABASE.`,
      at,
    })
  }

  create(statement: CreateNamespace): void {
    const { object, name: path, comment, ifNotExists } = statement
    const options = statement.options.map(o => [o.key, o.value] as const)
    const at = path[0]?.span
    if (object === 'CATALOG') {
      const name = path.map(p => p.name).join('.')
      if (this.#catalogs.has(name) && ifNotExists) return
      if (this.#catalogs.has(name)) duplicate('catalog', name, at)
      checkCatalogOptions(statement.options, at)
      const defaultDatabase = new Map(options).get('default-database') ?? 'default'
      this.#addCatalog(namespace(name, options, comment), defaultDatabase)
      return
    }
    const [catalog, database] = this.databaseName(path)
    const { databases } = this.catalog(catalog, at)
    if (!databases.has(database)) databases.set(database, namespace(database, options, comment))
    else if (!ifNotExists) duplicate('database', `${catalog}.${database}`, at)
  }

  alter({ object, name: path, action }: AlterNamespace): void {
    const at = path[0]?.span
    if (object === 'CATALOG') {
      const entry = this.catalog(path.map(p => p.name).join('.'), at)
      this.#catalogs.set(entry.name, { ...entry, ...altered(entry, action) })
      return
    }
    const name = this.databaseName(path)
    const entry = this.database(name, at)
    this.catalog(name[0]).databases.set(entry.name, altered(entry, action))
  }

  use(object: 'CATALOG' | 'DATABASE', path: Path): void {
    const at = path[0]?.span
    if (object === 'CATALOG') {
      const entry = this.catalog(path.map(p => p.name).join('.'), at)
      this.#current = [entry.name, entry.defaultDatabase]
      return
    }
    const name = this.databaseName(path)
    this.database(name, at)
    this.#current = name
  }

  dropCatalog(path: Path, ifExists: boolean): void {
    const at = path[0]?.span
    const name = path.map(p => p.name).join('.')
    if (!this.#catalogs.has(name) && ifExists) return
    this.catalog(name, at)
    if (name === this.#current[0]) inUse('catalog', name, at)
    this.#catalogs.delete(name)
  }

  /** @param tables what it still holds */
  dropDatabase(name: DatabaseName, at: SourceSpan | undefined, tables: readonly string[]): void {
    const [catalog, database] = name
    this.database(name, at)
    if (name.join('.') === this.#current.join('.')) inUse('database', name.join('.'), at)
    if (tables.length > 0)
      throw new InvalidSqlError({
        problem: `Database "${name.join('.')}" is not empty: it holds ${listNames(tables)}`,
        remedy: 'Drop these first, or write CASCADE.',
        at,
      })
    this.catalog(catalog).databases.delete(database)
  }

  within<T>(database: DatabaseName, run: () => T): T {
    const before = this.#current
    this.#current = database
    try {
      return run()
    } finally {
      this.#current = before
    }
  }

  #addCatalog(entry: Namespace, defaultDatabase: string): void {
    const databases = new Map([[defaultDatabase, namespace(defaultDatabase, [])]])
    this.#catalogs.set(entry.name, { ...entry, defaultDatabase, databases })
  }

  #proposal(name: string, known: readonly string[]): string {
    const said = proposal(name, known).trim()
    return said === '' ? '' : `${said} `
  }
}

function namespace(
  name: string,
  options: Iterable<readonly [string, string]>,
  comment?: string,
): Namespace {
  return { name, comment, options: new Map(options) }
}

function altered(entry: Namespace, action: AlterNamespace['action']): Namespace {
  if (action.kind === 'comment') return { ...entry, comment: action.text }
  const options = new Map(entry.options)
  if (action.kind === 'set') for (const { key, value } of action.options) options.set(key, value)
  else for (const key of action.keys) options.delete(key)
  return { ...entry, options }
}

function checkCatalogOptions(options: readonly Option[], at: SourceSpan | undefined): void {
  const type = options.find(o => o.key === 'type')
  if (type?.value === IN_MEMORY) return
  throw new InvalidSqlError({
    problem: type ? `There is no catalog of type '${type.value}'` : "The catalog lacks its 'type'",
    remedy: `Catalogs are in memory: WITH ('type' = '${IN_MEMORY}').`,
    at: type?.span ?? at,
    code: type ? 'MR_OPTION_INVALID' : 'MR_OPTION_MISSING',
  })
}

function duplicate(what: string, name: string, at: SourceSpan | undefined): never {
  throw new InvalidSqlError({
    problem: `There is a ${what} "${name}" already`,
    remedy: 'Choose another name, or write IF NOT EXISTS.',
    at,
    code: 'MR_SQL_DUPLICATE',
  })
}

function inUse(what: string, name: string, at: SourceSpan | undefined): never {
  throw new InvalidSqlError({
    problem: `The ${what} "${name}" is in use`,
    remedy: `USE another ${what} first.`,
    at,
  })
}

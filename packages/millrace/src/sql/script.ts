// Runs the statements of a script against a catalog: DDL and SET as they stand, INSERTs and the last query as plans.

import type { ConnectorRegistry } from '../connector/registry.ts'
import type { FunctionRegistry } from '../functions/registry.ts'
import type { PlanNode, SinkNode } from '../plan/node.ts'
import type { ProgramSettings } from '../plan/program.ts'
import { type DataType, withoutEventTime } from '../types/data-type.ts'
import { MillraceError } from '../types/errors.ts'
import type { Schema } from '../types/schema.ts'
import type { CreateTable, Setting, Statement } from './ast/statement.ts'
import type { BinderContext } from './binder/binder-context.ts'
import { UnsupportedSqlError } from './binder/binder-errors.ts'
import { bindInsert } from './binder/bind-insert.ts'
import { bindQuery } from './binder/bind-query.ts'
import { distinctNames } from './binder/output-names.ts'
import { Catalog } from './catalog/catalog.ts'
import type { FunctionModules } from './catalog/create-function.ts'
import { createTable } from './catalog/create-table.ts'
import { changeCatalog } from './catalog/change-catalog.ts'
import { parseScript } from './parse.ts'
import { mergeSettings, ScriptSettings } from './program-settings.ts'
import { describe } from './statements/describe.ts'
import { noticeOf } from './statements/other.ts'
import { show } from './statements/show.ts'
import { type StatementResult, textResult } from './statements/statement-result.ts'

export interface ScriptEnvironment {
  readonly connectors: ConnectorRegistry
  readonly functions: FunctionRegistry
  /** Over the script's SET statements. */
  readonly settings: ProgramSettings
  /** Under them. */
  readonly defaults?: ProgramSettings
  /** Tables that are there already; the script's own are added. Absent: an empty one. */
  readonly catalog?: Catalog
  /** What SET statements before have set; the script's own are added. Absent: nothing. */
  readonly set?: ScriptSettings
  /** What CREATE FUNCTION statements of the script name, loaded beforehand. */
  readonly functionModules?: FunctionModules
}

export interface BoundScript {
  /** All INSERTs, in order. */
  readonly sinks: readonly SinkNode[]
  /** The last query. */
  readonly query?: PlanNode
  /** Its columns, equal names made distinct: `a`, `a0`. */
  readonly queryColumns: Schema
  /** The SET statements, and the environment's settings over them. */
  readonly settings: ProgramSettings
  /** What SHOW, DESCRIBE, EXPLAIN and SET answer, in order. */
  readonly results: readonly BoundResult[]
  /** Whether the last statement with an answer is the query. */
  readonly endsWithQuery: boolean
  /** What is accepted without effect. */
  readonly notices: readonly string[]
}

/** The answer of a statement; EXPLAIN's is made by what executes plans. */
export type BoundResult =
  | ({ readonly kind: 'rows' } & StatementResult)
  | ({ readonly kind: 'explain' } & BoundExplain)

export interface BoundExplain {
  readonly plans: readonly PlanNode[]
  readonly details: readonly string[]
}

/**
 * Binds all statements of a script.
 *
 * @throws {MillraceError} with the place in the text
 */
export function bindScript(text: string, environment: ScriptEnvironment): BoundScript {
  const script = new ScriptBinder(text, environment)
  for (const statement of parseScript(text))
    try {
      script.bind(statement)
    } catch (error) {
      throw error instanceof MillraceError ? error.showPlace(text, statement.span) : error
    }
  return script.result()
}

class ScriptBinder {
  readonly #text: string
  readonly #environment: ScriptEnvironment
  readonly #catalog: Catalog
  readonly #set: ScriptSettings
  readonly #sinks: SinkNode[] = []
  readonly #results: BoundResult[] = []
  readonly #notices: string[] = []
  #query: PlanNode | undefined
  #endsWithQuery = false

  constructor(text: string, environment: ScriptEnvironment) {
    this.#text = text
    this.#environment = environment
    this.#catalog = environment.catalog ?? new Catalog()
    this.#set = environment.set ?? new ScriptSettings()
  }

  bind(statement: Statement): void {
    switch (statement.kind) {
      case 'query':
        this.#query = bindQuery(this.#context(), statement)
        this.#endsWithQuery = true
        return
      case 'insert':
        this.#sinks.push(bindInsert(this.#context(), statement))
        return
      case 'statement-set':
        this.#sinks.push(...statement.inserts.map(i => bindInsert(this.#context(), i)))
        return
      case 'explain': {
        const plans = this.#explained(statement.statement)
        this.#answer({ kind: 'explain', plans, details: statement.details })
        return
      }
      case 'describe':
        this.#answer({ kind: 'rows', ...describe(this.#context(), statement) })
        return
      case 'show':
        this.#answer({ kind: 'rows', ...show(this.#context(), statement) })
        return
      case 'set':
        this.#setOption(statement)
        return
      case 'reset':
        this.#set.reset(statement.key)
        return
      case 'use':
        this.#catalog.namespaces.use(statement.object, statement.name)
        return
      case 'other':
        this.#notices.push(noticeOf(statement))
        return
      default: {
        const sink = changeCatalog(this.#context(), statement)
        if (sink) this.#sinks.push(sink)
      }
    }
  }

  #answer(result: BoundResult): void {
    this.#results.push(result)
    this.#endsWithQuery = false
  }

  #setOption({ key, value = '', span }: Setting): void {
    if (key === undefined) {
      this.#answer({ kind: 'rows', ...textResult(['key', 'value'], this.#set.list()) })
      return
    }
    const notice = this.#set.set(key, value, span)
    if (notice !== undefined) this.#notices.push(notice)
  }

  result(): BoundScript {
    const query = this.#query
    const names = distinctNames(query?.schema.map(c => c.name) ?? [])
    const settings = this.#settings()
    const typeOf = (type: DataType) => (settings.mode === 'batch' ? withoutEventTime(type) : type)
    return {
      sinks: this.#sinks,
      ...(query ? { query } : {}),
      queryColumns: (query?.schema ?? []).map(({ type }, i) => ({
        name: names[i] ?? '',
        type: typeOf(type),
      })),
      settings,
      results: this.#results,
      endsWithQuery: this.#endsWithQuery,
      notices: this.#notices,
    }
  }

  #settings(): ProgramSettings {
    const set = this.#set.settings()
    const { settings, defaults } = this.#environment
    return mergeSettings(defaults ?? {}, set, settings)
  }

  /** Made anew for each statement: SET changes the session from there on. */
  #context(): BinderContext {
    const { functions, connectors, functionModules } = this.#environment
    const { timeZone = 'UTC', mode = 'streaming' } = this.#settings()
    const [, database] = this.#catalog.namespaces.current
    return {
      text: this.#text,
      environment: { functions, session: { timeZone, database } },
      catalog: this.#catalog,
      connectors,
      mode,
      common: new Map(),
      ...(functionModules ? { functionModules } : {}),
    }
  }

  #explained(statement: Statement): readonly PlanNode[] {
    const context = this.#context()
    switch (statement.kind) {
      case 'query':
        return [bindQuery(context, statement)]
      case 'insert':
        return [bindInsert(context, statement)]
      case 'statement-set':
        return statement.inserts.map(i => bindInsert(context, i))
      case 'create-table':
        if (statement.as) return [this.#explainedTable(statement)]
        return notExplained(statement)
      default:
        return notExplained(statement)
    }
  }

  /** The statement that would fill the table; the catalog is as it was before. */
  #explainedTable(statement: CreateTable): SinkNode {
    const before = this.#catalog.find(statement.name)
    const sink = createTable(this.#context(), statement)
    if (!sink) return notExplained(statement)
    if (before) this.#catalog.replace(statement.name, before)
    else this.#catalog.drop(statement.name, 'table', { ifExists: true, temporary: false })
    return sink
  }
}

function notExplained({ span }: Statement): never {
  throw new UnsupportedSqlError({
    what: 'EXPLAIN of this statement',
    remedy: 'Explain a SELECT, an INSERT, a STATEMENT SET or a CREATE TABLE … AS.',
    at: span,
  })
}

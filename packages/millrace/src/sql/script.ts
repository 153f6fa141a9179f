// Runs the statements of a script against a catalog: DDL and SET as they stand, INSERTs and the last query as plans.

import type { ConnectorRegistry } from '../connector/registry.ts'
import type { FunctionRegistry } from '../functions/registry.ts'
import type { PlanNode, SinkNode } from '../plan/node.ts'
import type { ProgramSettings } from '../plan/program.ts'
import { type DataType, withoutEventTime } from '../types/data-type.ts'
import type { Schema } from '../types/schema.ts'
import type { Statement } from './ast/statement.ts'
import type { BinderContext } from './binder/binder-context.ts'
import { UnsupportedSqlError } from './binder/binder-errors.ts'
import { bindInsert } from './binder/bind-insert.ts'
import { bindQuery } from './binder/bind-query.ts'
import { distinctNames } from './binder/output-names.ts'
import { Catalog } from './catalog/catalog.ts'
import type { FunctionModules } from './catalog/create-function.ts'
import { changeCatalog } from './catalog/change-catalog.ts'
import { parseScript } from './parse.ts'
import { ScriptSettings } from './program-settings.ts'

export interface ScriptEnvironment {
  readonly connectors: ConnectorRegistry
  readonly functions: FunctionRegistry
  /** Over the script's SET statements. */
  readonly settings: ProgramSettings
  /** What CREATE FUNCTION statements of the script name, loaded beforehand. */
  readonly functionModules?: FunctionModules
  /** Tables that are there already; the script's own are added. Absent: an empty one. */
  readonly catalog?: Catalog
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
  /** What EXPLAIN statements ask for. */
  readonly explains: readonly BoundExplain[]
}

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
  const script = new ScriptBinder(environment)
  for (const statement of parseScript(text)) script.bind(statement)
  return script.result()
}

class ScriptBinder {
  readonly #environment: ScriptEnvironment
  readonly #catalog: Catalog
  readonly #set = new ScriptSettings()
  readonly #sinks: SinkNode[] = []
  readonly #explains: BoundExplain[] = []
  #query: PlanNode | undefined

  constructor(environment: ScriptEnvironment) {
    this.#environment = environment
    this.#catalog = environment.catalog ?? new Catalog()
  }

  bind(statement: Statement): void {
    switch (statement.kind) {
      case 'query':
        this.#query = bindQuery(this.#context(), statement)
        return
      case 'insert':
        this.#sinks.push(bindInsert(this.#context(), statement))
        return
      case 'statement-set':
        this.#sinks.push(...statement.inserts.map(i => bindInsert(this.#context(), i)))
        return
      case 'explain':
        this.#explains.push({
          plans: this.#explained(statement.statement),
          details: statement.details,
        })
        return
      case 'set':
        if (statement.key !== undefined)
          this.#set.set(statement.key, statement.value ?? '', statement.span)
        return
      case 'reset':
        this.#set.reset(statement.key)
        return
      default: {
        const sink = changeCatalog(this.#context(), statement)
        if (sink) this.#sinks.push(sink)
      }
    }
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
      explains: this.#explains,
    }
  }

  #settings(): ProgramSettings {
    const set = this.#set.settings()
    const { settings } = this.#environment
    const options = new Map([...(set.options ?? []), ...(settings.options ?? [])])
    return { ...set, ...settings, ...(options.size > 0 ? { options } : {}) }
  }

  /** Made anew for each statement: SET changes the session from there on. */
  #context(): BinderContext {
    const { functions, connectors, functionModules } = this.#environment
    const { timeZone = 'UTC', mode = 'streaming' } = this.#settings()
    return {
      environment: { functions, session: { timeZone } },
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
      default:
        throw new UnsupportedSqlError({
          what: 'EXPLAIN of this statement',
          remedy: 'Explain a SELECT, an INSERT or a STATEMENT SET.',
          at: statement.span,
        })
    }
  }
}

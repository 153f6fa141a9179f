// What the tables of one app share: functions, connectors, its statements so far, and the way to a runner.

import { ConnectorRegistry } from '../connector/registry.ts'
import { createBuiltInRegistry } from '../functions/built-in.ts'
import type { SessionInfo } from '../functions/function-definition.ts'
import type { FunctionRegistry } from '../functions/registry.ts'
import type { BindingEnvironment } from '../plan/create-expression.ts'
import type { Board } from '../connector/board.ts'
import type { PlanNode, SinkNode } from '../plan/node.ts'
import type { Program, ProgramSettings } from '../plan/program.ts'
import type { Runner } from '../plan/runner-port.ts'
import { declarePlan, pathOf } from '../sql/bind-app-query.ts'
import { Catalog } from '../sql/catalog/catalog.ts'
import type { FunctionModules } from '../sql/catalog/create-function.ts'
import { mergeSettings, ScriptSettings } from '../sql/program-settings.ts'
import type { BoundExplain } from '../sql/script.ts'
import type { StatementResult } from '../sql/statements/statement-result.ts'
import { InternalError, MillraceError } from '../types/errors.ts'
import { checkBoard } from './check-board.ts'
import type { ReadSource } from './sql/declared-row.ts'
import type { TableDescriptor } from '../types/table-descriptor.ts'

/** A table by name: how to read it, and what to write to. */
export interface NamedTable {
  readonly name: string
  readonly plan: PlanNode
  /** Absent for a view: it can only be read. */
  readonly descriptor?: TableDescriptor
}

/** Two things of one program have the same name. */
export class DuplicateNameError extends MillraceError {
  constructor(facts: { readonly what: string; readonly name: string }) {
    super('MR_SQL_DUPLICATE', `There is a ${facts.what} "${facts.name}" already.`, {
      remedy: 'Choose another name.',
    })
  }
}

/** What executes programs, and the connectors and formats that every program has. */
export interface RunnerWiring {
  readonly runner: Runner
  readonly createConnectors: () => ConnectorRegistry
  /** Reads the program's own source. */
  readonly readSource: ReadSource
  /** Loads what CREATE FUNCTION statements of a text name; paths start at the folder. */
  readonly loadFunctions: (text: string, folder: string) => Promise<FunctionModules>
  /** The answer of an EXPLAIN statement. */
  readonly explainStatement: (program: Program, explained: BoundExplain) => StatementResult
}

let wiring: RunnerWiring | undefined

/** Sets what executes programs; done once, where the package is put together. */
export function setRunner(next: RunnerWiring): void {
  wiring = next
}

function currentWiring(): RunnerWiring {
  if (wiring) return wiring
  throw new InternalError('no runner is set', {
    remedy: 'Import from the package itself, which sets one.',
  })
}

/** Reads the program's own source, where it is there. */
export const readSource: ReadSource = url => wiring?.readSource(url)

/** The runner that was set. */
export const currentRunner = (): Runner => currentWiring().runner

export const loadFunctions: RunnerWiring['loadFunctions'] = (text, folder) =>
  currentWiring().loadFunctions(text, folder)

export const explainStatement: RunnerWiring['explainStatement'] = (program, explained) =>
  currentWiring().explainStatement(program, explained)

/** The mutable part of an app; tables and streams only hold a reference to it. */
export class AppContext {
  readonly name: string
  board: Board | undefined
  /** Those that it was made with. */
  readonly ownSettings: ProgramSettings
  readonly connectors: ConnectorRegistry
  readonly functions: FunctionRegistry
  /** Tables and views, by what SQL calls them. */
  readonly catalog = new Catalog()
  /** What SET statements have set. */
  readonly set = new ScriptSettings()
  readonly sinks: SinkNode[] = []
  readonly #names = new WeakMap<PlanNode, string>()

  constructor(name: string, settings: ProgramSettings) {
    this.name = name
    this.ownSettings = settings
    this.connectors = wiring?.createConnectors() ?? new ConnectorRegistry()
    this.functions = createBuiltInRegistry()
  }

  /** Those that it was made with, and what SET statements have set since over them. */
  get settings(): ProgramSettings {
    return mergeSettings(this.ownSettings, this.set.settings())
  }

  get session(): SessionInfo {
    return { timeZone: this.settings.timeZone ?? 'UTC' }
  }

  get environment(): BindingEnvironment {
    return { functions: this.functions, session: this.session }
  }

  /** @throws {DuplicateNameError} `MR_SQL_DUPLICATE` */
  addTable(table: NamedTable): void {
    if (this.catalog.find(pathOf(table.name)))
      throw new DuplicateNameError({ what: 'table', name: table.name })
    declarePlan(this.catalog, table)
    this.#names.set(table.plan, table.name)
  }

  /** What SQL calls a table that was declared here, as long as it does. */
  nameOf(plan: PlanNode): string | undefined {
    const name = this.#names.get(plan)
    const found = name === undefined ? undefined : this.catalog.find(pathOf(name))
    return found?.plan() === plan ? name : undefined
  }

  /** A name that no table or sink has: `base`, `base_2`, … */
  freeName(base: string): string {
    const taken = new Set([...this.catalog.names(), ...this.sinks.map(s => s.table.name)])
    let name = base
    for (let n = 2; taken.has(name); n++) name = `${base}_${n}`
    return name
  }

  /** The program as it stands, `settings` over those of the app. */
  program(settings: ProgramSettings = {}, sinks: readonly SinkNode[] = this.sinks): Program {
    if (this.board && sinks === this.sinks) checkBoard(this.board, sinks)
    return Object.freeze({
      name: this.name,
      sinks: [...sinks],
      connectors: this.connectors,
      functions: this.functions,
      settings: mergeSettings(this.settings, settings),
      ...(this.board && { board: this.board }),
      relations: () => this.catalog.list(this.catalog.namespaces.current),
    })
  }
}

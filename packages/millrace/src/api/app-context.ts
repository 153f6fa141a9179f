// What the tables of one app share: functions, connectors, its statements so far, and the way to a runner.

import { ConnectorRegistry } from '../connector/registry.ts'
import { createBuiltInRegistry } from '../functions/built-in.ts'
import type { SessionInfo } from '../functions/function-definition.ts'
import type { FunctionRegistry } from '../functions/registry.ts'
import type { BindingEnvironment } from '../plan/create-expression.ts'
import type { PlanNode, SinkNode } from '../plan/node.ts'
import type { Program, ProgramSettings } from '../plan/program.ts'
import type { Runner } from '../plan/runner-port.ts'
import { InternalError, MillraceError } from '../types/errors.ts'
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

/** The mutable part of an app; tables and streams only hold a reference to it. */
export class AppContext {
  readonly name: string
  readonly settings: ProgramSettings
  readonly connectors: ConnectorRegistry
  readonly functions: FunctionRegistry
  readonly session: SessionInfo
  readonly tables = new Map<string, NamedTable>()
  readonly sinks: SinkNode[] = []

  constructor(name: string, settings: ProgramSettings) {
    this.name = name
    this.settings = settings
    this.connectors = wiring?.createConnectors() ?? new ConnectorRegistry()
    this.functions = createBuiltInRegistry()
    this.session = { timeZone: settings.timeZone ?? 'UTC' }
  }

  get environment(): BindingEnvironment {
    return { functions: this.functions, session: this.session }
  }

  /** @throws {DuplicateNameError} `MR_SQL_DUPLICATE` */
  addTable(table: NamedTable): void {
    if (this.tables.has(table.name))
      throw new DuplicateNameError({ what: 'table', name: table.name })
    this.tables.set(table.name, table)
  }

  /** A name that no table or sink has: `base`, `base_2`, … */
  freeName(base: string): string {
    const taken = new Set([...this.tables.keys(), ...this.sinks.map(s => s.table.name)])
    let name = base
    for (let n = 2; taken.has(name); n++) name = `${base}_${n}`
    return name
  }

  /** The program as it stands, `settings` over those of the app. */
  program(settings: ProgramSettings = {}, sinks: readonly SinkNode[] = this.sinks): Program {
    return Object.freeze({
      name: this.name,
      sinks: [...sinks],
      connectors: this.connectors,
      functions: this.functions,
      settings: { ...this.settings, ...settings },
    })
  }
}

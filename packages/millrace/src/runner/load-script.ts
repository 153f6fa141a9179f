// From the text of an SQL script to a program that can run.

import { createBuiltInRegistry as createFunctions } from '../functions/built-in.ts'
import type { ConnectorRegistry } from '../connector/registry.ts'
import { createSink } from '../plan/create-node.ts'
import type { PlanNode } from '../plan/node.ts'
import type { Program, ProgramSettings } from '../plan/program.ts'
import type { FunctionModules } from '../sql/catalog/create-function.ts'
import { bindScript } from '../sql/script.ts'
import type { Schema } from '../types/schema.ts'

export interface LoadedScript {
  /** All INSERTs of the script. */
  readonly program: Program
  /** The last SELECT, its columns under distinct names. */
  readonly query?: { readonly plan: PlanNode; readonly columns: Schema }
}

export interface LoadScriptOptions {
  /** The program's name: state belongs to it. */
  readonly name: string
  readonly connectors: ConnectorRegistry
  /** Over the script's SET statements. */
  readonly settings?: ProgramSettings
  /** What its CREATE FUNCTION statements name: see `loadFunctionModules`. */
  readonly functionModules?: FunctionModules
}

/** @throws {MillraceError} with the place in the text */
export function loadScript(text: string, options: LoadScriptOptions): LoadedScript {
  const functions = createFunctions()
  const { connectors, settings = {}, functionModules } = options
  const bound = bindScript(text, {
    connectors,
    functions,
    settings,
    ...(functionModules ? { functionModules } : {}),
  })
  const program: Program = {
    name: options.name,
    sinks: bound.sinks,
    connectors,
    functions,
    settings: { ...bound.settings, ...settings },
  }
  return bound.query
    ? { program, query: { plan: bound.query, columns: bound.queryColumns } }
    : { program }
}

/** A program whose only statement prints the query: what `explain` shows of a SELECT. */
export function explainQueryPlan(program: Program, plan: PlanNode): Program {
  const sink = createSink(plan, {
    name: '$result',
    schema: plan.schema,
    metadata: new Map(),
    primaryKey: [],
    connector: 'memory',
    options: new Map([['connector', 'memory']]),
    attachment: { onChange: () => {} },
  })
  return { ...program, sinks: [...program.sinks, sink] }
}

// From the text of an SQL script to a program that can run, and the answers of its other statements.

import type { ConnectorRegistry } from '../connector/registry.ts'
import { explainProgram } from '../compiler/explain.ts'
import { explainJson } from '../compiler/explain-json.ts'
import { createBuiltInRegistry as createFunctions } from '../functions/built-in.ts'
import { createResultSink } from '../plan/result-sink.ts'
import type { PlanNode } from '../plan/node.ts'
import type { Program, ProgramSettings } from '../plan/program.ts'
import { Catalog } from '../sql/catalog/catalog.ts'
import type { FunctionModules } from '../sql/catalog/create-function.ts'
import { type BoundExplain, bindScript } from '../sql/script.ts'
import { type StatementResult, textResult } from '../sql/statements/statement-result.ts'
import type { Schema } from '../types/schema.ts'

export interface LoadedScript {
  /** All INSERTs of the script. */
  readonly program: Program
  /** The last SELECT, its columns under distinct names. */
  readonly query?: { readonly plan: PlanNode; readonly columns: Schema }
  /** What SHOW, DESCRIBE, EXPLAIN and SET answer, in order. */
  readonly results: readonly StatementResult[]
  /** Whether the last statement with an answer is the SELECT. */
  readonly endsWithQuery: boolean
  /** Statements and settings that were accepted without effect, a sentence each. */
  readonly notices: readonly string[]
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
  const catalog = new Catalog()
  const bound = bindScript(text, {
    catalog,
    connectors,
    functions,
    settings,
    ...(functionModules && { functionModules }),
  })
  const program: Program = {
    name: options.name,
    sinks: bound.sinks,
    connectors,
    functions,
    settings: { ...bound.settings, ...settings },
    relations: () => catalog.list(catalog.namespaces.current),
  }
  const { endsWithQuery, notices } = bound
  const results = bound.results.map(result =>
    result.kind === 'explain' ? explainStatement(program, result) : result,
  )
  return {
    program,
    ...(bound.query && { query: { plan: bound.query, columns: bound.queryColumns } }),
    results,
    endsWithQuery,
    notices,
  }
}

/** A program whose only statement prints the query: what `explain` shows of a SELECT. */
export function explainQueryPlan(program: Program, plan: PlanNode): Program {
  return { ...program, sinks: [...program.sinks, createResultSink(plan)] }
}

/** The answer of an EXPLAIN statement of the program. */
export function explainStatement(
  program: Program,
  { plans, details }: BoundExplain,
): StatementResult {
  const sinks = plans.map(plan => (plan.kind === 'sink' ? plan : createResultSink(plan)))
  const explained = { ...program, sinks }
  const json = details.includes('JSON_EXECUTION_PLAN')
    ? `\n== Plan as JSON ==\n${JSON.stringify(explainJson(explained), undefined, 2)}\n`
    : ''
  return textResult(['result'], [[`${explainProgram(explained)}${json}`]])
}

// Loads the functions that CREATE FUNCTION statements of a script name: exports of modules, or TypeScript written in place.
//
//     AS './functions.ts#distance'     an export of a module; the path starts at the script's folder; without # its default
//     AS 'pkg#distance'                an export of a package that the script's folder can see
//     AS 'scalarFunction({ … })'       an expression, in which the makers of functions and `t` are known

import { stripTypeScriptTypes } from 'node:module'
import { aggregateFunction } from '../api/functions/aggregate-function.ts'
import { overloads } from '../api/functions/overloads.ts'
import { asyncFunction, scalarFunction } from '../api/functions/scalar-function.ts'
import { tableFunction } from '../api/functions/table-function.ts'
import { definitionOf, isUserFunction, type UserFunction } from '../api/functions/user-function.ts'
import { t } from '../api/columns/schema-builder.ts'
import type { FunctionDefinition } from '../functions/function-definition.ts'
import { type FunctionModules, isTypeScript } from '../sql/catalog/create-function.ts'
import { parseScript } from '../sql/parse.ts'
import { MillraceError, type SourceSpan } from '../types/errors.ts'
import { importExport } from './import-export.ts'

/** What a CREATE FUNCTION statement names cannot be used. */
export class FunctionModuleError extends MillraceError {
  constructor(facts: {
    readonly implementation: string
    readonly problem: string
    readonly at: SourceSpan
    readonly cause?: unknown
  }) {
    const { implementation, problem, at, cause } = facts
    const shown = implementation.length > 80 ? `${implementation.slice(0, 80)}…` : implementation
    super('MR_SQL_FUNCTION', `'${shown}' at ${at.line}:${at.column} ${problem}.`, {
      at,
      cause,
      remedy:
        "Name an export made by scalarFunction(), asyncFunction(), aggregateFunction(), tableFunction() or overloads(): './module.ts#name'. Paths start at the script's folder.",
    })
  }
}

/** Makes whatever is called here one of the makers of functions. */
const MAKERS = { scalarFunction, asyncFunction, aggregateFunction, tableFunction, overloads, t }
const IN_PLACE =
  /^\s*(?:scalarFunction|asyncFunction|aggregateFunction|tableFunction|overloads)\s*\(/

/**
 * The functions of a script. A script runs the code that it names: load only what is trusted as a program is.
 *
 * @param folder where relative paths start
 * @throws {FunctionModuleError} `MR_SQL_FUNCTION`
 */
export async function loadFunctionModules(text: string, folder: string): Promise<FunctionModules> {
  const functions = new Map<string, ReturnType<FunctionModules['get']> & object>()
  if (!/\bFUNCTION\b/i.test(text)) return functions
  for (const statement of parseScript(text)) {
    if (statement.kind !== 'create-function' && statement.kind !== 'alter-function') continue
    if (!isTypeScript(statement)) continue
    const { implementation, span: at } = statement
    if (functions.has(implementation)) continue
    const found = await load({ implementation, folder, at }, text)
    functions.set(implementation, name => define({ implementation, folder, at }, found, name))
  }
  return functions
}

interface Wanted {
  readonly implementation: string
  readonly folder: string
  readonly at: SourceSpan
}

async function load(wanted: Wanted, text: string): Promise<UserFunction> {
  try {
    return await (IN_PLACE.test(wanted.implementation)
      ? makeInPlace(wanted)
      : importFunction(wanted))
  } catch (error) {
    throw error instanceof MillraceError ? error.showPlace(text) : error
  }
}

/** Declarations of JavaScript may be anything: nobody has checked their types. */
function define(wanted: Wanted, found: UserFunction, name: string): FunctionDefinition {
  try {
    return definitionOf(found, name)
  } catch (cause) {
    if (cause instanceof MillraceError) throw cause
    const problem = `is not declared as it should be: ${(cause as Error).message}`
    throw new FunctionModuleError({ ...wanted, problem, cause })
  }
}

function makeInPlace({ implementation, at }: Wanted): UserFunction {
  let made: unknown
  try {
    const code = stripTypeScriptTypes(`(${implementation})`)
    made = new Function(...Object.keys(MAKERS), `'use strict'; return ${code}`)(
      ...Object.values(MAKERS),
    )
  } catch (cause) {
    const problem = `cannot be evaluated: ${(cause as Error).message}`
    throw new FunctionModuleError({ implementation, problem, at, cause })
  }
  if (isUserFunction(made)) return made
  throw new FunctionModuleError({ implementation, problem: 'makes no function', at })
}

async function importFunction({ implementation, folder, at }: Wanted): Promise<UserFunction> {
  const found = await importExport(implementation, folder)
  const fail = (problem: string, cause?: unknown): never => {
    throw new FunctionModuleError({ implementation, problem, at, cause })
  }
  if ('problem' in found) return fail(found.problem, found.cause)
  const { value } = found
  return isUserFunction(value) ? value : fail(`is no function for SQL, but ${typeof value}`)
}

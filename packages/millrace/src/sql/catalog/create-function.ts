// CREATE, ALTER and DROP FUNCTION: a function of a TypeScript module, which the runner has loaded, under a name of SQL.

import { builtInFunctions } from '../../functions/built-in.ts'
import type { FunctionDefinition } from '../../functions/function-definition.ts'
import { UnknownFunctionError } from '../../plan/expression-errors.ts'
import type { Path } from '../ast/expression.ts'
import type { AlterFunction, CreateFunction, Drop } from '../ast/statement.ts'
import type { BinderContext } from '../binder/binder-context.ts'
import { InvalidSqlError, UnsupportedSqlError } from '../binder/binder-errors.ts'

/** The functions that a script names, by the text behind AS: each can be defined under any name. */
export type FunctionModules = ReadonlyMap<string, (name: string) => FunctionDefinition>

/** Whether the statement names TypeScript, which is what it does without LANGUAGE. */
export function isTypeScript({ language }: Pick<CreateFunction, 'language'>): boolean {
  return language === undefined || /^(typescript|javascript)$/i.test(language)
}

/** @throws {InvalidSqlError} `MR_SQL_DUPLICATE` when a function of the program has the name */
export function createFunction(context: BinderContext, statement: CreateFunction): void {
  const name = lastOf(statement.name)
  // A user's function takes the place of a built-in of its name, as a temporary system function does in Flink.
  const known = context.environment.functions.find(name)
  const isTaken = known !== undefined && !builtInFunctions.includes(known)
  if (isTaken && !statement.replace) {
    if (statement.ifNotExists) return
    throw new InvalidSqlError({
      problem: `There is a function "${name}" already`,
      remedy: 'Choose another name, DROP the other first, or write IF NOT EXISTS.',
      at: statement.name[0]?.span,
      code: 'MR_SQL_DUPLICATE',
    })
  }
  register(context, statement)
}

/** @throws {UnknownFunctionError} `MR_SQL_UNKNOWN_FUNCTION` unless IF EXISTS */
export function alterFunction(context: BinderContext, statement: AlterFunction): void {
  if (context.catalog.functions.has(keyOf(statement.name))) register(context, statement)
  else if (!statement.ifExists) unknown(context, statement.name)
}

/** A built-in that the function hid is back. @throws {UnknownFunctionError} `MR_SQL_UNKNOWN_FUNCTION` unless IF EXISTS */
export function dropFunction(context: BinderContext, statement: Drop): void {
  const { catalog, environment } = context
  const key = keyOf(statement.name)
  if (!catalog.functions.delete(key)) {
    if (!statement.ifExists) unknown(context, statement.name)
    return
  }
  environment.functions.remove(key)
  const hidden = builtInFunctions.find(f => [f.name, ...(f.aliases ?? [])].includes(key))
  if (hidden) environment.functions.add(hidden)
}

function register(context: BinderContext, statement: CreateFunction | AlterFunction): void {
  const { environment, functionModules, catalog } = context
  const { implementation, language, temporary, span } = statement
  const name = lastOf(statement.name)
  const define = functionModules?.get(implementation)
  if (!define || !isTypeScript(statement))
    throw new UnsupportedSqlError({
      what: `A function of ${language?.toUpperCase() ?? 'a module'} here`,
      remedy:
        "Write it in TypeScript: CREATE FUNCTION f AS './module.ts#export' LANGUAGE TYPESCRIPT.",
      at: span,
    })
  environment.functions.add(define(name), implementation)
  catalog.functions.set(keyOf(statement.name), {
    name,
    implementation,
    language,
    temporary,
    at: span,
  })
}

/** Functions are known by the last part of their name, in any case. */
const lastOf = (path: Path): string => path.at(-1)?.name ?? ''
const keyOf = (path: Path): string => lastOf(path).toUpperCase()

function unknown({ catalog }: BinderContext, path: Path): never {
  throw new UnknownFunctionError({
    name: path.map(part => part.name).join('.'),
    known: [...catalog.functions.values()].map(f => f.name),
    at: path[0]?.span,
  })
}

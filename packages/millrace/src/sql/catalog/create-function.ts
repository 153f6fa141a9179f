// CREATE FUNCTION: makes a function of a TypeScript module, which the runner has loaded, known by a name.

import { builtInFunctions } from '../../functions/built-in.ts'
import type { FunctionDefinition } from '../../functions/function-definition.ts'
import type { Statement } from '../ast/statement.ts'
import type { BinderContext } from '../binder/binder-context.ts'
import { InvalidSqlError, UnsupportedSqlError } from '../binder/binder-errors.ts'

type CreateFunction = Extract<Statement, { readonly kind: 'create-function' }>

/** The functions that a script names, by the text behind AS: each can be defined under any name. */
export type FunctionModules = ReadonlyMap<string, (name: string) => FunctionDefinition>

/** Whether the statement names TypeScript, which is what it does without LANGUAGE. */
export function isTypeScript({ language }: Pick<CreateFunction, 'language'>): boolean {
  return language === undefined || /^(typescript|javascript)$/i.test(language)
}

/** @throws {InvalidSqlError} `MR_SQL_DUPLICATE` when a function of the program has the name */
export function createFunction(context: BinderContext, statement: CreateFunction): void {
  const { environment, functionModules } = context
  const name = statement.name.at(-1)?.name ?? ''
  const define = functionModules?.get(statement.className)
  if (!define || !isTypeScript(statement))
    throw new UnsupportedSqlError({
      what: `A function of ${statement.language?.toUpperCase() ?? 'a module'} here`,
      remedy:
        "Write it in TypeScript: CREATE FUNCTION f AS './module.ts#export' LANGUAGE TYPESCRIPT.",
      at: statement.span,
    })
  // A user's function takes the place of a built-in of its name, as a temporary system function does in Flink.
  const known = environment.functions.find(name)
  if (known && !builtInFunctions.includes(known)) {
    if (statement.ifNotExists) return
    throw new InvalidSqlError({
      problem: `There is a function "${name}" already`,
      remedy: 'Choose another name, or write IF NOT EXISTS.',
      at: statement.span,
      code: 'MR_SQL_DUPLICATE',
    })
  }
  environment.functions.add(define(name))
}

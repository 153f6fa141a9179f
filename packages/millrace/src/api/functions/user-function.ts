// What all functions written in TypeScript have in common: they are defined under a name, and called over columns.

import type { FunctionDefinition } from '../../functions/function-definition.ts'
import type { FunctionRegistry } from '../../functions/registry.ts'
import type { UserParameter } from '../../functions/user/parameters.ts'
import type { UserFunctionFacts } from '../../functions/user/scalar-user-function.ts'
import { arrangeArguments } from '../../plan/arrange-arguments.ts'
import type { Expression } from '../../plan/expression.ts'
import { MillraceError } from '../../types/errors.ts'
import {
  type BuildContext,
  builderOf,
  type ExpressionBuilder,
} from '../columns/expression-builder.ts'
import type { SqlType } from '../columns/sql-type.ts'
import type { ParameterList } from './function-types.ts'

/** The key of what a function is, the same for every copy of the package. */
const DEFINE = Symbol.for('millrace.function')

/** A function that SQL and tables can call: made by `scalarFunction`, `aggregateFunction`, … */
export interface UserFunction {
  /** The function as SQL knows it, under a name. */
  readonly [DEFINE]: (name: string) => FunctionDefinition
}

/** What every kind of function declares beside its own. */
export interface CommonFunctionSpec<A extends ParameterList> {
  /** In messages and plans, until it is registered under another. Default: the name of its code, or `function`. */
  readonly name?: string
  /** Types of the arguments: by position, or named. One that is NOT NULL is never given NULL. */
  readonly args: A
  /** `false`: equal arguments may give other results, so that calls are neither folded nor repeated. Default: true. */
  readonly deterministic?: boolean
}

/** A registered value is no function for SQL. */
export class NoFunctionError extends MillraceError {
  constructor(facts: { readonly what: string }) {
    super('MR_SQL_FUNCTION', `${facts.what} is no function for SQL.`, {
      remedy:
        'Make it with scalarFunction(), asyncFunction(), aggregateFunction(), tableFunction() or overloads().',
    })
  }
}

export function isUserFunction(value: unknown): value is UserFunction {
  return typeof value === 'function' && DEFINE in value
}

/** The function as SQL knows it, under a name. */
export const definitionOf = (userFunction: UserFunction, name: string): FunctionDefinition =>
  userFunction[DEFINE](name)

/** Names under which functions are registered, so that calls over columns print as SQL would call them. */
const registered = new WeakMap<FunctionRegistry, Map<UserFunction, FunctionDefinition>>()

/** Makes a function known to SQL under a name. */
export function registerFunction(
  functions: FunctionRegistry,
  name: string,
  userFunction: UserFunction,
): void {
  const definition = definitionOf(userFunction, name)
  functions.add(definition)
  const known = registered.get(functions) ?? new Map<UserFunction, FunctionDefinition>()
  registered.set(functions, known.set(userFunction, definition))
}

/** Gives a callable its definition. `call` is what a call over columns does. */
export function createUserFunction<F extends (...args: never[]) => unknown>(
  defaultName: string,
  define: (name: string) => FunctionDefinition,
  call: (definitionIn: (functions: FunctionRegistry) => FunctionDefinition) => F,
): F & UserFunction {
  let own: FunctionDefinition | undefined
  const callable: F = call(functions => {
    own ??= define(defaultName)
    return registered.get(functions)?.get(callable as never) ?? own
  })
  return Object.assign(callable, { [DEFINE]: define }) as F & UserFunction
}

/** The facts of a declaration under a name. */
export function factsOf(
  name: string,
  spec: CommonFunctionSpec<ParameterList> & { readonly defaults?: object },
): UserFunctionFacts {
  return {
    name,
    parameters: parametersOf(spec.args, spec.defaults ?? {}),
    isNamed: !Array.isArray(spec.args),
    isDeterministic: spec.deterministic ?? true,
  }
}

function parametersOf(args: ParameterList, defaults: object): UserParameter[] {
  if (Array.isArray(args)) return args.map((a: SqlType) => ({ type: a.dataType }))
  return Object.entries(args as Readonly<Record<string, SqlType>>).map(([name, { dataType }]) => ({
    name,
    type: dataType,
    ...(Object.hasOwn(defaults, name)
      ? { default: { value: (defaults as Record<string, unknown>)[name] } }
      : {}),
  }))
}

/** A name for a function that is declared without one. */
export function nameOfCode(
  spec: { readonly name?: string },
  code: { readonly name: string },
): string {
  const own = ['eval', 'accumulate', ''].includes(code.name) ? 'function' : code.name
  return spec.name ?? own
}

/** Reads an argument of a call over columns. */
export type ReadArgument = (value: unknown) => ExpressionBuilder

/** The arguments of a call over columns, in the order of the definition's parameters. */
export function buildArguments(
  definition: FunctionDefinition,
  args: readonly unknown[],
  context: BuildContext,
  read: ReadArgument = builderOf,
): readonly Expression[] {
  const isNamed = definition.parameters?.some(p => p.name !== undefined) ?? false
  const [first] = args
  const given = isNamed
    ? Object.entries(first as object)
        .filter(([, value]) => value !== undefined)
        .map(([name, value]) => ({ name, expression: read(value).build(context) }))
    : args.map(value => ({ expression: read(value).build(context) }))
  return arrangeArguments(definition, given)
}

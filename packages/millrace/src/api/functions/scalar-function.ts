// scalarFunction(), asyncFunction(): functions that give a value for each row.

import { asyncUserFunction, scalarUserFunction } from '../../functions/user/scalar-user-function.ts'
import type { ScalarFunction } from '../../functions/function-definition.ts'
import { createCallOf } from '../../plan/create-expression.ts'
import { type Duration, durationMs } from '../../types/duration.ts'
import type { Expr } from '../columns/expr.ts'
import { ExpressionBuilder } from '../columns/expression-builder.ts'
import type { SqlType, ValueOf } from '../columns/sql-type.ts'
import type {
  DefaultsOf,
  GivenArguments,
  GivenValues,
  MissingOf,
  ParameterList,
} from './function-types.ts'
import {
  buildArguments,
  type CommonFunctionSpec,
  createUserFunction,
  factsOf,
  nameOfCode,
  type UserFunction,
} from './user-function.ts'

interface ScalarSpec<A extends ParameterList, R extends SqlType, D extends object>
  extends CommonFunctionSpec<A> {
  readonly returns: R
  /** Named arguments that may be left out, with their values. */
  readonly defaults?: DefaultsOf<A, D>
}

export interface ScalarFunctionSpec<A extends ParameterList, R extends SqlType, D extends object>
  extends ScalarSpec<A, R, D> {
  readonly eval: (...args: GivenValues<A>) => ValueOf<R>
}

/** How often, for how long and how many at once an async function is called. */
export interface AsyncPolicy {
  /** Calls under way at once; the rows behind them wait. Default: 10. */
  readonly concurrency?: number
  /** For one attempt, after which it counts as failed. Default: 3 minutes. */
  readonly timeout?: Duration
  /** In all `attempts` (default 1: no retry), `delay` apart (default 100 ms). */
  readonly retry?: { readonly attempts: number; readonly delay?: Duration }
}

export interface AsyncFunctionSpec<A extends ParameterList, R extends SqlType, D extends object>
  extends ScalarSpec<A, R, D>,
    AsyncPolicy {
  /** `signal` is aborted when the attempt has timed out or the job ends. */
  readonly eval: (
    ...args: readonly [...GivenValues<A>, call: { readonly signal: AbortSignal }]
  ) => Promise<ValueOf<R>>
}

/** A scalar function: called over columns it is an expression; registered by `app.function` SQL calls it by name. */
export interface ScalarUserFunction<
  A extends ParameterList,
  R extends SqlType,
  D extends PropertyKey = never,
> extends UserFunction {
  <const G extends GivenArguments<A, D>>(
    ...args: G
  ): R extends SqlType<infer T, infer K> ? Expr<T | MissingOf<A, G>, K> : never
}

/**
 * A function in TypeScript for SQL and tables, one value for each row.
 *
 * Where an argument is NULL whose parameter is NOT NULL, the result is NULL and `eval` is not called. What it throws concerns the
 * record at hand.
 */
export function scalarFunction<
  const A extends ParameterList,
  R extends SqlType,
  const D extends object = Record<never, never>,
>(spec: ScalarFunctionSpec<A, R, D>): ScalarUserFunction<A, R, keyof D> {
  return create(spec, spec.eval, name =>
    scalarUserFunction({
      ...factsOf(name, spec),
      returns: spec.returns.dataType,
      call: spec.eval as (...args: never[]) => unknown,
    }),
  )
}

/**
 * A function whose value comes later: of a service, say. Rows keep their order; an epoch is committed once all calls of its rows
 * are answered, and rows after the last commit are asked for again after a crash.
 */
export function asyncFunction<
  const A extends ParameterList,
  R extends SqlType,
  const D extends object = Record<never, never>,
>(spec: AsyncFunctionSpec<A, R, D>): ScalarUserFunction<A, R, keyof D> {
  const { concurrency = 10, timeout = '3m', retry = { attempts: 1 } } = spec
  const policy = {
    maxInFlight: Math.max(1, Math.floor(concurrency)),
    timeoutMs: durationMs(timeout, 'timeout'),
    maxAttempts: Math.max(1, Math.floor(retry.attempts)),
    retryDelayMs: durationMs(retry.delay ?? 100, 'retry.delay'),
  }
  return create(spec, spec.eval, name =>
    asyncUserFunction({
      ...factsOf(name, spec),
      returns: spec.returns.dataType,
      call: spec.eval as never,
      policy,
    }),
  )
}

function create<F extends UserFunction>(
  spec: { readonly name?: string },
  code: { readonly name: string },
  define: (name: string) => ScalarFunction,
): F {
  return createUserFunction(
    nameOfCode(spec, code),
    define,
    definitionIn =>
      (...args: readonly unknown[]) =>
        new ExpressionBuilder(context => {
          const definition = definitionIn(context.functions) as ScalarFunction
          return createCallOf(context, definition, buildArguments(definition, args, context))
        }),
  ) as unknown as F
}

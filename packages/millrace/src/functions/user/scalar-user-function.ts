// Scalar functions written in TypeScript, as the binder and the engine see them.

import { type DataType, withNullable } from '../../types/data-type.ts'
import { fromUserValue } from '../../types/user-value.ts'
import type { Value } from '../../types/value.ts'
import type { AsyncCall, ScalarBinding, ScalarFunction } from '../function-definition.ts'
import { isProblem } from '../function-definition.ts'
import { InternalError } from '../../types/errors.ts'
import { userCodeError } from './call-user-code.ts'
import {
  argumentReader,
  fitArguments,
  missesArgument,
  signatureOf,
  type UserParameter,
} from './parameters.ts'
import { onceForTypes } from './once-for-types.ts'

/** What all functions of a program declare. */
export interface UserFunctionFacts {
  readonly name: string
  readonly parameters: readonly UserParameter[]
  /** The function takes one object of named arguments. */
  readonly isNamed: boolean
  readonly isDeterministic: boolean
}

export interface ScalarUserFacts extends UserFunctionFacts {
  readonly returns: DataType
  readonly call: (...args: never[]) => unknown
}

/** How an async function is called: in flight at once, for how long, how often again. */
export interface AsyncUserFacts extends ScalarUserFacts {
  readonly call: (...args: never[]) => Promise<unknown>
  readonly policy: Omit<AsyncCall, 'call'>
}

const docsOf = (name: string) =>
  ({ group: 'system', summary: `A function of the program: ${name}.` }) as const

/** A function that gives a value for each row. NULL for a parameter that is NOT NULL gives NULL without a call. */
export function scalarUserFunction(facts: ScalarUserFacts): ScalarFunction {
  const { name, call } = facts
  const fromResult = fromUserValue(facts.returns, name)
  return defineScalar(facts, (read, misses) => ({
    evaluate: (...values: Value[]) => {
      if (misses(values)) return null
      try {
        return fromResult(call(...(read(values) as never[])))
      } catch (cause) {
        throw userCodeError(name, values, cause)
      }
    },
  }))
}

/** A function whose value comes later: rows wait for it, in their order. */
export function asyncUserFunction(facts: AsyncUserFacts): ScalarFunction {
  const { name, call, policy } = facts
  const fromResult = fromUserValue(facts.returns, name)
  return defineScalar(facts, (read, misses) => ({
    evaluate: (): Value => {
      throw new InternalError(`the async function ${name} was called at once`)
    },
    deterministic: false,
    async: {
      ...policy,
      async call(values, signal) {
        if (misses(values)) return null
        try {
          return fromResult(await call(...([...read(values), { signal }] as never[])))
        } catch (cause) {
          throw userCodeError(name, values, cause)
        }
      },
    },
  }))
}

function defineScalar(
  facts: ScalarUserFacts,
  bodyOf: (
    read: ReturnType<typeof argumentReader>,
    misses: (values: readonly Value[]) => boolean,
  ) => Pick<ScalarBinding, 'evaluate' | 'async' | 'deterministic'>,
): ScalarFunction {
  const { name, parameters, returns } = facts
  const body = bodyOf(argumentReader(parameters, facts.isNamed), missesArgument(parameters))
  const bind = onceForTypes(
    facts.isDeterministic,
    (args): ScalarBinding | { readonly problem: string } => {
      const fit = fitArguments(parameters, args)
      if (isProblem(fit)) return fit
      return {
        ...(facts.isDeterministic ? {} : { deterministic: false }),
        ...body,
        parameters: fit.types,
        returns: withNullable(returns, returns.nullable || fit.mayMiss),
        nulls: 'own',
      }
    },
  )
  return {
    kind: 'scalar',
    name: name.toUpperCase(),
    docs: docsOf(name),
    parameters: signatureOf(parameters),
    resolve: bind,
  }
}

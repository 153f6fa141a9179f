// The arguments of a call of a user function: named ones put in order, those left out given their defaults.

import type { FunctionDefinition, FunctionParameter } from '../functions/function-definition.ts'
import type { SourceSpan } from '../types/errors.ts'
import { listNames, proposal } from '../types/unknown-name.ts'
import { createLiteral } from './create-expression.ts'
import type { Expression } from './expression.ts'
import { InvalidArgumentsError } from './expression-errors.ts'

export interface GivenArgument {
  /** Of `name => value`. */
  readonly name?: string
  readonly expression: Expression
}

/**
 * All arguments of a call in the order of the parameters.
 *
 * @throws {InvalidArgumentsError} `MR_SQL_ARGUMENTS` for an unknown name, one given twice, or one that is missing
 */
export function arrangeArguments(
  definition: FunctionDefinition,
  given: readonly GivenArgument[],
  at?: SourceSpan,
): readonly Expression[] {
  const { parameters } = definition
  const reject = (problem: string): never => {
    throw new InvalidArgumentsError({ name: definition.name, problem, at })
  }
  const isNamed = given.some(g => g.name !== undefined)
  if (!parameters) {
    if (isNamed) return reject('takes its arguments by position, without names')
    return given.map(g => g.expression)
  }
  if (!isNamed && given.length >= parameters.length) return given.map(g => g.expression)
  const byPosition = new Map<number, Expression>()
  for (const [i, { name, expression }] of given.entries()) {
    const position = name === undefined ? i : positionOf(parameters, name, reject)
    if (byPosition.has(position)) reject(`is given argument "${name}" twice`)
    byPosition.set(position, expression)
  }
  return parameters.map((parameter, i) => {
    const known = byPosition.get(i)
    if (known) return known
    if (parameter.default) return createLiteral(parameter.default.value, parameter.type)
    return reject(
      parameter.name === undefined
        ? `needs ${parameters.length} arguments, not ${given.length}`
        : `needs argument "${parameter.name}"`,
    )
  })
}

function positionOf(
  parameters: readonly FunctionParameter[],
  name: string,
  reject: (problem: string) => never,
): number {
  const position = parameters.findIndex(p => p.name === name)
  if (position >= 0) return position
  const known = parameters.flatMap(p => p.name ?? [])
  if (known.length === 0) return reject('takes its arguments by position, without names')
  return reject(`has no argument "${name}", but ${listNames(known)}${proposal(name, known)}`)
}

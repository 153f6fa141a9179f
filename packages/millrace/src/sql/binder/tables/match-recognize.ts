// MATCH_RECOGNIZE: names are checked; running it is not supported.

import type { Expression as SqlExpression } from '../../ast/expression.ts'
import type { MatchRecognize, Pattern } from '../../ast/query.ts'
import { InvalidSqlError, UnsupportedSqlError } from '../binder-errors.ts'

/** @throws {MillraceError} always: a variable that the pattern does not have, or that matching is not supported */
export function refuseMatchRecognize(ref: MatchRecognize): never {
  const variables = new Set([...variablesOf(ref.pattern), ...ref.subsets.map(s => s.name.name)])
  const all = [...ref.measures.map(m => m.expression), ...ref.define.map(d => d.condition)]
  for (const expression of all) checkVariables(expression, variables)
  throw new UnsupportedSqlError({
    what: 'MATCH_RECOGNIZE',
    remedy: 'Use a keyed process function of the Stream API.',
    at: ref.span,
  })
}

function variablesOf(pattern: Pattern): readonly string[] {
  switch (pattern.kind) {
    case 'variable':
      return [pattern.name.name]
    case 'repeat':
      return variablesOf(pattern.item)
    default:
      return pattern.items.flatMap(variablesOf)
  }
}

function checkVariables(value: SqlExpression, variables: ReadonlySet<string>): void {
  if (value.kind === 'column' && value.path.length > 1) {
    const [variable] = value.path
    if (variable && !variables.has(variable.name))
      throw new InvalidSqlError({
        problem: `The pattern has no variable "${variable.name}"`,
        remedy: `Its variables are ${[...variables].join(', ')}.`,
        at: variable.span,
      })
  }
  for (const child of Object.values(value))
    for (const part of Array.isArray(child) ? child : [child])
      if (typeof part === 'object' && part !== null && 'kind' in part && 'span' in part)
        checkVariables(part as SqlExpression, variables)
}

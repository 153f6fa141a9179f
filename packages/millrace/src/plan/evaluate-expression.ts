// The meaning of expressions: the obvious recursive evaluation. Constant folding and the reference evaluator use it.

import {
  type EvaluationContext,
  isRepeatable,
  type ScalarBinding,
} from '../functions/function-definition.ts'
import { and, or } from '../functions/logical/three-valued.ts'
import type { Truth } from '../functions/logical/three-valued.ts'
import { assertNever, InternalError } from '../types/errors.ts'
import type { Row, Value } from '../types/value.ts'
import type { Expression } from './expression.ts'

/**
 * The value of an expression over a row.
 *
 * AND, OR and CASE evaluate only what they need, from left to right; calls evaluate all their arguments first.
 *
 * @throws {EvaluationError} when the row has no answer (a division by zero)
 */
export function evaluateExpression(
  expression: Expression,
  row: Row,
  context: EvaluationContext,
): Value {
  const evaluate = (e: Expression): Value => evaluateExpression(e, row, context)
  switch (expression.kind) {
    case 'literal':
      return expression.value
    case 'column':
      return row[expression.index] ?? null
    case 'call':
      return callBinding(expression.binding, expression.args.map(evaluate), context)
    case 'cast':
      return callBinding(expression.binding, [evaluate(expression.arg)], context)
    case 'logical':
      return evaluateLogical(expression.op, expression.args, evaluate)
    case 'case': {
      const branch = expression.branches.find(b => evaluate(b.when) === true)
      return evaluate(branch?.then ?? expression.otherwise)
    }
    case 'field': {
      const fields = evaluate(expression.arg) as readonly Value[] | null
      return fields?.[expression.index] ?? null
    }
    default:
      return assertNever(expression)
  }
}

/** Calls a scalar function by its binding: NULL for a NULL argument when it is strict. */
export function callBinding(
  binding: ScalarBinding,
  args: readonly Value[],
  context: EvaluationContext,
): Value {
  if (binding.nulls === 'strict' && args.includes(null)) return null
  const evaluate = binding.evaluate as (...values: unknown[]) => Value
  return binding.usesContext ? evaluate(context, ...args) : evaluate(...args)
}

function evaluateLogical(
  op: 'and' | 'or',
  args: readonly Expression[],
  evaluate: (e: Expression) => Value,
): Value {
  const combine = op === 'and' ? and : or
  const decided = op === 'or'
  let result: Truth = !decided
  for (const arg of args) {
    result = combine(result, evaluate(arg) as Truth)
    if (result === decided) return decided
  }
  return result
}

/** The value of an expression that is made of constants alone, if it has one. */
export function constantOf(expression: Expression): { readonly value: Value } | undefined {
  if (!isFixed(expression)) return undefined
  try {
    return { value: evaluateExpression(expression, [], NO_CONTEXT) }
  } catch {
    return undefined
  }
}

function isFixed(expression: Expression): boolean {
  switch (expression.kind) {
    case 'literal':
      return true
    case 'call':
      return isRepeatable(expression.binding) && expression.args.every(isFixed)
    case 'cast':
      return isFixed(expression.arg)
    default:
      return false
  }
}

const refuse = (): never => {
  throw new InternalError('a constant was computed from a clock or from chance')
}

/** For what depends on neither clocks nor chance. */
export const NO_CONTEXT: EvaluationContext = {
  nowMs: refuse,
  queryStartMs: refuse,
  watermarkMs: refuse,
  random: refuse,
}

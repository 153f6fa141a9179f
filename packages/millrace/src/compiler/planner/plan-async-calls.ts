// Takes async calls out of filters and projections: they are made by an operator below, which appends their values as columns.

import { walkExpression } from '../../plan/children.ts'
import type { CallExpression, Expression, NamedExpression } from '../../plan/expression.ts'
import { printExpression } from '../../plan/print-expression.ts'
import { transformExpression } from '../../plan/transform.ts'
import type { AsyncCallExec } from '../nodes/row-exec.ts'
import type { ExecNode } from '../exec-node.ts'
import { conjunction, conjuncts } from './collapse.ts'
import { describeExpressions } from './operator-ids.ts'
import { createCalc } from './create-calc.ts'
import type { Planner } from './planner.ts'
import { identity } from './plan-aggregate.ts'

const isAsyncCall = (e: Expression): e is CallExpression =>
  e.kind === 'call' && e.binding.async !== undefined

/** Whether its value comes later. */
export function containsAsync(expression: Expression): boolean {
  for (const part of walkExpression(expression)) if (isAsyncCall(part)) return true
  return false
}

/** A filter and projection whose expressions may call async functions. What needs no answer filters before the calls. */
export function planAsyncCalls(
  planner: Planner,
  input: ExecNode,
  columns: readonly NamedExpression[],
  condition: Expression | undefined,
): ExecNode {
  const all = conjuncts(condition)
  if (![...all, ...columns.map(c => c.expression)].some(containsAsync))
    return createCalc(input, columns, condition)
  const before = conjunction(all.filter(c => !containsAsync(c)))
  const filtered = before ? createCalc(input, identity(input), before) : input
  const after = all.filter(containsAsync)
  const expressions = [...columns.map(c => c.expression), ...after]
  const calls = innermostCalls(expressions)
  const node = asyncNode(planner, filtered, calls)
  const width = filtered.schema.length
  const answered = expressions.map(e =>
    transformExpression(e, part => {
      const position = isAsyncCall(part) ? positionOf(calls, part) : -1
      if (position < 0) return part
      const name = `$async${position}`
      return { kind: 'column', index: width + position, name, type: part.type }
    }),
  )
  return planAsyncCalls(
    planner,
    node,
    columns.map(({ name }, i) => ({ name, expression: answered[i] as Expression })),
    conjunction(answered.slice(columns.length)),
  )
}

/** The calls whose arguments have none; equal ones of one function are one. */
function innermostCalls(expressions: readonly Expression[]): readonly CallExpression[] {
  const found: CallExpression[] = []
  for (const expression of expressions)
    for (const part of walkExpression(expression))
      if (isAsyncCall(part) && !part.args.some(containsAsync) && positionOf(found, part) < 0)
        found.push(part)
  return found
}

const positionOf = (calls: readonly CallExpression[], call: CallExpression): number =>
  calls.findIndex(c => c === call || (c.binding === call.binding && textOf(c) === textOf(call)))

/** Columns by position: their names may be alike. */
const textOf = (e: Expression): string => {
  const columns = [...walkExpression(e)].flatMap(p => (p.kind === 'column' ? p.index : []))
  return `${printExpression(e)} ${columns.join()}`
}

function asyncNode(
  planner: Planner,
  input: ExecNode,
  calls: readonly CallExpression[],
): AsyncCallExec {
  return {
    kind: 'async-call',
    id: planner.ids.next('async-call', [input], [describeExpressions(calls)]),
    inputs: [input],
    schema: [...input.schema, ...calls.map((c, i) => ({ name: `$async${i}`, type: c.type }))],
    output: input.output,
    keys: input.keys,
    calls,
  }
}

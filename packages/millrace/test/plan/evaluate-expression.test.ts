import { describe, expect, it } from 'vitest'
import { createBuiltInRegistry } from '../../src/functions/built-in.ts'
import { isProblem } from '../../src/functions/function-definition.ts'
import { evaluateExpression } from '../../src/plan/evaluate-expression.ts'
import type { Expression } from '../../src/plan/expression.ts'
import { types } from '../../src/types/data-type.ts'
import type { Value } from '../../src/types/value.ts'
import { testContext } from '../functions/support/compile.ts'

const registry = createBuiltInRegistry()
const column = (index: number): Expression => ({
  kind: 'column',
  index,
  name: `c${index}`,
  type: types.int,
})
const literal = (value: Value): Expression => ({ kind: 'literal', value, type: types.int })

function call(name: string, ...args: Expression[]): Expression {
  const binding = registry.scalar(name)?.resolve(
    args.map(a => ({ type: a.type })),
    { timeZone: 'UTC' },
  )
  if (binding === undefined || isProblem(binding)) throw new TypeError(`cannot call ${name}`)
  return { kind: 'call', name, args, binding, type: binding.returns }
}

const evaluate = (expression: Expression, row: Value[]) =>
  evaluateExpression(expression, row, testContext)
const failing = call('=', call('/', literal(1), literal(0)), literal(1))

describe('expressions', () => {
  it('give NULL for strict functions of a NULL', () => {
    expect(evaluate(call('+', column(0), literal(1)), [null])).toBeNull()
    expect(evaluate(call('+', column(0), literal(1)), [2])).toBe(3)
  })

  it('leave NULL to functions that handle it themselves', () => {
    expect(evaluate(call('COALESCE', column(0), literal(1)), [null])).toBe(1)
  })

  it('evaluate AND and OR only as far as needed, three-valued', () => {
    const no: Expression = { kind: 'literal', value: false, type: types.boolean }
    const unknown: Expression = { kind: 'literal', value: null, type: types.boolean }
    const logical = (op: 'and' | 'or', ...args: Expression[]): Expression => ({
      kind: 'logical',
      op,
      args,
      type: types.boolean,
    })
    expect(evaluate(logical('and', no, failing), [])).toBe(false)
    expect(evaluate(logical('and', unknown, no), [])).toBe(false)
    expect(evaluate(logical('or', unknown, no), [])).toBeNull()
    expect(() => evaluate(logical('or', no, failing), [])).toThrow(/division by zero/)
  })

  it('evaluate only the branch of CASE that is taken', () => {
    // biome-ignore lint/suspicious/noThenProperty: the plan's CASE branches have a `then`
    const branches = [{ when: call('>', column(0), literal(0)), then: literal(1) }]
    const choice: Expression = {
      kind: 'case',
      branches,
      otherwise: call('/', literal(1), literal(0)),
      type: types.int,
    }
    expect(evaluate(choice, [5])).toBe(1)
    expect(() => evaluate(choice, [null])).toThrow(/division by zero/)
  })

  it('read a field of a NULL row as NULL', () => {
    const field: Expression = {
      kind: 'field',
      arg: column(0),
      index: 0,
      name: 'x',
      type: types.int,
    }
    expect(evaluate(field, [[7]])).toBe(7)
    expect(evaluate(field, [null])).toBeNull()
  })
})

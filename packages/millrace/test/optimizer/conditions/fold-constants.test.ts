// Constants are computed once; what fails or depends on the moment is left to run time.

import { describe, expect, it } from 'vitest'
import { foldConstants, foldExpression } from '../../../src/optimizer/conditions/fold-constants.ts'
import { createCase, createLogical } from '../../../src/plan/create-expression.ts'
import type { Expression } from '../../../src/plan/expression.ts'
import { printExpression } from '../../../src/plan/print-expression.ts'
import {
  after,
  call,
  column,
  environment,
  expression,
  FALSE,
  filter,
  scanOrders,
  TRUE,
  UNKNOWN,
} from '../plan-fixture.ts'

const orders = scanOrders()
const amount = column(orders, 'amount')
const positive = call('>', amount, 0)
const fails = call('>', call('/', amount, 0), 1)
const folded = (e: Expression) => printExpression(foldExpression(e))
const and = (...args: Expression[]) => folded(createLogical('and', args))
const or = (...args: Expression[]) => folded(createLogical('or', args))

describe('foldConstants', () => {
  it('computes calls of constants, from the leaves up', () => {
    expect(folded(call('+', amount, call('*', 2, call('+', 3, 4))))).toBe('amount + 14')
    expect(folded(call('UPPER', call('||', 'a', 'b')))).toBe("'AB'")
  })

  it('keeps the type of what it computes', () => {
    const sum = call('+', 1, 2)
    expect(foldExpression(sum)).toEqual({ kind: 'literal', type: sum.type, value: 3 })
  })

  it('leaves what fails to run time', () => {
    expect(folded(call('/', 1, 0))).toBe('1 / 0')
  })

  it('leaves clocks, chance and calls without arguments', () => {
    expect(folded(call('RAND'))).toBe('RAND()')
    expect(folded(call('RAND', 5))).toBe('RAND(5)')
    expect(folded(call('PI'))).toBe('PI()')
  })

  it('drops operands that decide nothing', () => {
    expect(and(TRUE, positive, TRUE)).toBe('amount > 0')
    expect(or(FALSE, positive)).toBe('amount > 0')
    expect(and(TRUE, TRUE)).toBe('TRUE')
  })

  it('decides by the operand that does, unless one before it can fail', () => {
    expect(and(positive, FALSE)).toBe('FALSE')
    expect(or(positive, TRUE, fails)).toBe('TRUE')
    expect(and(fails, FALSE, positive)).toBe('amount / 0 > 1 AND FALSE')
  })

  it('keeps NULL in three-valued logic', () => {
    expect(and(UNKNOWN, positive)).toBe('NULL AND amount > 0')
    expect(or(UNKNOWN, positive)).toBe('NULL OR amount > 0')
    expect(and(UNKNOWN, FALSE)).toBe('FALSE')
    expect(or(UNKNOWN, TRUE)).toBe('TRUE')
  })

  it('drops branches of CASE that are never taken, and all after one that always is', () => {
    // biome-ignore lint/suspicious/noThenProperty: CASE's THEN; never awaited
    const branch = (when: Expression, value: number) => ({ when, then: expression(value) })
    const cases = (...branches: ReturnType<typeof branch>[]) =>
      folded(createCase(environment, branches, expression(9)))
    expect(cases(branch(FALSE, 1), branch(UNKNOWN, 2), branch(positive, 3))).toBe(
      'CASE WHEN amount > 0 THEN 3 ELSE 9 END',
    )
    expect(cases(branch(positive, 1), branch(TRUE, 2), branch(fails, 3))).toBe(
      'CASE WHEN amount > 0 THEN 1 ELSE 2 END',
    )
    expect(cases(branch(FALSE, 1))).toBe('9')
  })

  it('drops filters that keep every row and keeps those that keep none', () => {
    expect(after(foldConstants, filter(orders, call('=', 1, 1)))).toEqual([
      'Scan orders (id, customer, amount, note)',
    ])
    expect(after(foldConstants, filter(orders, call('=', 1, 2)))).toEqual([
      'Filter FALSE',
      '  Scan orders (id, customer, amount, note)',
    ])
  })
})

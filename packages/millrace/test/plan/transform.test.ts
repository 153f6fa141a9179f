// Rewrites keep what they do not change.

import { describe, expect, it } from 'vitest'
import { createBuiltInRegistry } from '../../src/functions/built-in.ts'
import { columnsRead, inputsOf, walkPlan } from '../../src/plan/children.ts'
import { createCall, createColumn, createLiteral } from '../../src/plan/create-expression.ts'
import { createFilter, createJoin, createUnion, createValues } from '../../src/plan/create-node.ts'
import { mapExpressions } from '../../src/plan/map-children.ts'
import { shiftColumns, transformExpression, transformPlan } from '../../src/plan/transform.ts'
import { types } from '../../src/types/data-type.ts'

const environment = { functions: createBuiltInRegistry(), session: { timeZone: 'UTC' } }
const schema = [{ name: 'a', type: types.int }]
const values = createValues(schema, [[1]])
const a = createColumn(0, 'a', types.int)
const condition = createCall(environment, '>', [a, createLiteral(0, types.int)])
const filter = createFilter(values, condition)

describe('transformPlan', () => {
  it('gives the same object when no step changes anything', () => {
    const plan = createUnion([filter, createFilter(filter, condition)])
    expect(transformPlan(plan, node => node)).toBe(plan)
    expect(mapExpressions(filter, e => e)).toBe(filter)
  })

  it('keeps a shared node shared, and visits it once', () => {
    const plan = createJoin('inner', filter, filter, createLiteral(true, types.boolean))
    let visits = 0
    const result = transformPlan(plan, node => {
      visits++
      return node.kind === 'values' ? createValues(schema, []) : node
    })
    const [left, right] = inputsOf(result)
    expect(left).toBe(right)
    expect(left).not.toBe(filter)
    expect(visits).toBe(3)
    expect([...walkPlan(result)].map(n => n.kind)).toEqual(['join', 'filter', 'values'])
  })
})

describe('transformExpression', () => {
  it('rewrites from the leaves up and leaves the original alone', () => {
    const shifted = shiftColumns(condition, 5)
    expect(columnsRead(shifted)).toEqual([5])
    expect(columnsRead(condition)).toEqual([0])
    expect(transformExpression(condition, e => e)).toBe(condition)
  })
})

// Expressions as text.

import { describe, expect, it } from 'vitest'
import { createBuiltInRegistry } from '../../src/functions/built-in.ts'
import {
  createCall,
  createCast,
  createColumn,
  createField,
  createLiteral,
  createLogical,
} from '../../src/plan/create-expression.ts'
import type { Expression } from '../../src/plan/expression.ts'
import { printExpression, printSortKey } from '../../src/plan/print-expression.ts'
import { printLiteral } from '../../src/plan/print-literal.ts'
import type { DataType } from '../../src/types/data-type.ts'
import { types } from '../../src/types/data-type.ts'
import type { Value } from '../../src/types/value.ts'

const environment = { functions: createBuiltInRegistry(), session: { timeZone: 'UTC' } }
const call = (name: string, ...args: Expression[]) => createCall(environment, name, args)
const a = createColumn(0, 'a', types.int)
const b = createColumn(1, 'b', types.int)
const text = createColumn(2, 's', types.string)
const one = createLiteral(1, types.int)

describe('printExpression', () => {
  it.each<[string, Expression]>([
    ['(a + b) * a', call('*', call('+', a, b), a)],
    ['a + b * a', call('+', a, call('*', b, a))],
    ['a - (b - a)', call('-', a, call('-', b, a))],
    ['a - b - a', call('-', call('-', a, b), a)],
    ['-(a + b)', call('-', call('+', a, b))],
    ['MOD(a, b)', call('MOD', a, b)],
    ['NOT a = b', call('NOT', call('=', a, b))],
    [
      'a IS NULL AND b IS NOT NULL',
      createLogical('and', [call('IS NULL', a), call('IS NOT NULL', b)]),
    ],
    ['(a = b) IS TRUE', call('IS TRUE', call('=', a, b))],
    ['a BETWEEN 1 AND b', call('BETWEEN', a, one, b)],
    ['a NOT IN (1, b)', call('NOT IN', a, one, b)],
    ["s LIKE 'x%'", call('LIKE', text, createLiteral('x%', types.string))],
    ['CAST(a AS BIGINT)', createCast(environment, a, types.bigint)],
    ['TRY_CAST(s AS INT)', createCast(environment, text, types.int, { safe: true })],
    ['r.x', createField(createColumn(3, 'r', types.row([{ name: 'x', type: types.int }])), 0)],
  ])('prints %s', (expected, expression) => {
    expect(printExpression(expression)).toBe(expected)
  })

  it('melts nested conditions of one kind and keeps the others apart', () => {
    const x = call('=', a, one)
    const and = createLogical('and', [createLogical('and', [x, x]), createLogical('or', [x, x])])
    expect(printExpression(and)).toBe('a = 1 AND a = 1 AND (a = 1 OR a = 1)')
  })

  it('names columns by the input when it is told its names', () => {
    expect(printExpression(call('+', a, b), ['left.a', 'right.a'])).toBe('left.a + right.a')
  })

  it('prints where NULLs go only when it is unusual', () => {
    const key = { expression: a, descending: false, nullsFirst: true }
    expect(printSortKey(key)).toBe('a')
    expect(printSortKey({ ...key, nullsFirst: false })).toBe('a NULLS LAST')
    expect(printSortKey({ ...key, descending: true })).toBe('a DESC NULLS FIRST')
  })
})

describe('printLiteral', () => {
  it.each<[string, Value, DataType]>([
    ['NULL', null, types.int],
    ['TRUE', true, types.boolean],
    ['9007199254740993', 9007199254740993n, types.bigint],
    ['1.5E0', 1.5, types.double],
    ['1E21', 1e21, types.double],
    ["CAST('Infinity' AS DOUBLE)", Number.POSITIVE_INFINITY, types.double],
    ['-0.05', -5, types.decimal(4, 2)],
    ["'it''s'", "it's", types.string],
    ["X'00ff'", new Uint8Array([0, 255]), types.bytes],
    ["DATE '1970-01-02'", 1, types.date],
    ["TIME '00:00:01'", 1_000, types.time(0)],
    ["TIMESTAMP '1970-01-01 00:00:00.001'", 1, types.timestamp(3)],
    ["INTERVAL '90' MINUTE", 5_400_000, types.intervalDay()],
    ["INTERVAL '0.5' SECOND", 500, types.intervalDay()],
    ["INTERVAL '2' YEAR", 24, types.intervalYear()],
    ["ARRAY['a', NULL]", ['a', null], types.array(types.string)],
    ["MAP['a', 1]", new Map([['a', 1]]), types.map(types.string, types.int)],
    [
      "ROW(1, 'x')",
      [1, 'x'],
      types.row([
        { name: 'a', type: types.int },
        { name: 'b', type: types.string },
      ]),
    ],
  ])('prints %s', (expected, value, type) => {
    expect(printLiteral(value, type)).toBe(expected)
  })
})

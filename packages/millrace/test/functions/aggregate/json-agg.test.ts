import { describe, expect, it } from 'vitest'
import { createBuiltInRegistry } from '../../../src/functions/built-in.ts'
import type { AggregateBinding } from '../../../src/functions/function-definition.ts'
import { isProblem } from '../../../src/functions/function-definition.ts'
import type { DataType } from '../../../src/types/data-type.ts'
import { types } from '../../../src/types/data-type.ts'
import type { Value } from '../../../src/types/value.ts'
import { compileAggregate } from '../support/compile.ts'

const registry = createBuiltInRegistry()

function resolve(name: string, onNull: string, ...rest: DataType[]): AggregateBinding {
  const args = [
    { type: types.char(onNull.length), constant: { value: onNull } },
    ...rest.map(type => ({ type })),
  ]
  const binding = registry.aggregate(name)?.resolve(args, { retract: true }, { timeZone: 'UTC' })
  if (binding === undefined || isProblem(binding)) throw new TypeError(`cannot resolve ${name}`)
  return binding
}

function run(
  binding: AggregateBinding,
  rows: readonly Value[][],
  takenBack: readonly Value[][] = [],
): Value {
  const aggregate = compileAggregate(binding)
  const state = aggregate.create()
  for (const row of rows) aggregate.accumulate(state, row)
  for (const row of takenBack) aggregate.retract(state, row)
  return aggregate.result(state)
}

describe('JSON_OBJECTAGG', () => {
  const rows: Value[][] = [
    ['', '2', 5],
    ['', '12', null],
  ]

  it('sorts its keys as texts and keeps or leaves out NULLs', () => {
    const keeping = resolve('JSON_OBJECTAGG', 'NULL', types.string, types.int)
    expect(run(keeping, rows)).toBe('{"12":null,"2":5}')
    expect(keeping.evaluate(rows)).toBe('{"12":null,"2":5}')
    expect(run(resolve('JSON_OBJECTAGG', 'ABSENT', types.string, types.int), rows)).toBe('{"2":5}')
  })

  it('refuses a key that comes twice, unless it was taken back', () => {
    const binding = resolve('JSON_OBJECTAGG', 'NULL', types.string, types.int)
    const twice: Value[][] = [
      ['', 'a', 1],
      ['', 'a', 2],
    ]
    expect(() => run(binding, twice)).toThrow(/has the KEY 'a' already/)
    expect(run(binding, [['', 'a', 1]], [['', 'a', 1]])).toBe('{}')
  })
})

describe('JSON_ARRAYAGG', () => {
  const rows: Value[][] = [
    ['', 'x'],
    ['', null],
    ['', 'y"'],
  ]

  it('keeps the order of arrival and keeps or leaves out NULLs', () => {
    const leaving = resolve('JSON_ARRAYAGG', 'ABSENT', types.string)
    expect(run(leaving, rows)).toBe('["x","y\\""]')
    expect(leaving.evaluate(rows)).toBe('["x","y\\""]')
    expect(run(resolve('JSON_ARRAYAGG', 'NULL', types.string), rows)).toBe('["x",null,"y\\""]')
  })

  it('takes values back', () => {
    expect(run(resolve('JSON_ARRAYAGG', 'NULL', types.string), rows, [['', null]])).toBe(
      '["x","y\\""]',
    )
  })

  it('takes over values that are JSON already', () => {
    expect(run(resolve('JSON_ARRAYAGG', 'NULL:0', types.string), [['', '{"a":1}']])).toBe(
      '[{"a":1}]',
    )
  })
})

describe('PERCENTILE', () => {
  const percentile = (part: Value, type: DataType) => {
    const binding = registry
      .aggregate('PERCENTILE')
      ?.resolve(
        [{ type: types.double }, { type, constant: { value: part } }],
        { retract: false },
        { timeZone: 'UTC' },
      )
    if (binding === undefined || isProblem(binding)) return binding?.problem
    const rows: Value[][] = [4.7, 1.5, 2.5].map(x => [x, part])
    expect(binding.evaluate(rows)).toStrictEqual(run(binding, rows))
    return run(binding, rows)
  }

  it('interpolates between neighbours', () => {
    expect(percentile(5, types.decimal(2, 1))).toBe(2.5)
    expect(percentile([25, 75], types.array(types.decimal(3, 2)))).toEqual([2, 3.6])
  })

  it('refuses a part beyond 1', () => {
    expect(percentile(2, types.int)).toBe('needs a constant part from 0 to 1, or an ARRAY of them')
  })
})

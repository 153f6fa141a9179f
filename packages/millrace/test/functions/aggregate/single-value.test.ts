import { describe, expect, it } from 'vitest'
import { singleValue } from '../../../src/functions/aggregate/single-value.ts'
import { isProblem } from '../../../src/functions/function-definition.ts'
import { types } from '../../../src/types/data-type.ts'
import { compileAggregate } from '../support/compile.ts'

const binding = singleValue.resolve([{ type: types.int }], { retract: true }, { timeZone: 'UTC' })
if (isProblem(binding)) throw new Error(binding.problem)
const aggregate = compileAggregate(binding)

describe('SINGLE_VALUE', () => {
  it('is the value of the only row, also when that is NULL, and NULL without one', () => {
    expect([binding.evaluate([]), binding.evaluate([[5]]), binding.evaluate([[null]])]).toEqual([
      null,
      5,
      null,
    ])
  })

  it('takes a row for one that has gone', () => {
    const state = aggregate.create()
    aggregate.accumulate(state, [1])
    aggregate.retract(state, [1])
    expect(aggregate.result(state)).toBe(null)
    aggregate.accumulate(state, [2])
    expect(aggregate.result(state)).toBe(2)
  })

  it('refuses a second row', () => {
    const state = aggregate.create()
    aggregate.accumulate(state, [null])
    expect(() => aggregate.accumulate(state, [2])).toThrow(/more than one row/)
    expect(() => binding.evaluate([[1], [1]])).toThrow(/more than one row/)
  })

  it('refuses to merge two rows, and takes one from either side', () => {
    const [one, none, other] = [aggregate.create(), aggregate.create(), aggregate.create()]
    aggregate.accumulate(one, [1])
    aggregate.accumulate(other, [2])
    aggregate.merge(none, one)
    expect(aggregate.result(none)).toBe(1)
    expect(() => aggregate.merge(none, other)).toThrow(/more than one row/)
  })
})

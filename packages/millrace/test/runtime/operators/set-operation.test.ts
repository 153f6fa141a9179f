// INTERSECT ALL and EXCEPT ALL: multiplicities, NULLs, retractions, and a restart in between.

import { describe, expect, it } from 'vitest'
import { createJoinKey } from '../../../src/runtime/operators/joins/join-key.ts'
import { SetOperationOperator } from '../../../src/runtime/operators/joins/set-operation-operator.ts'
import { types } from '../../../src/types/data-type.ts'
import type { Value } from '../../../src/types/value.ts'
import { materialize, OperatorHarness, seeded } from './operator-harness.ts'

const operationOf = (operation: 'intersect' | 'except') =>
  new OperatorHarness(
    place =>
      new SetOperationOperator({
        place,
        operation,
        key: createJoinKey([types.int, types.string], [true, true], row => [
          row[0] as Value,
          row[1] as Value,
        ]),
      }),
    2,
  )

describe('INTERSECT ALL', () => {
  it('gives a row as often as both sides have it, NULLs being equal', () => {
    const operator = operationOf('intersect')
    operator.send(0, '+I', null, 'a')
    operator.send(0, '+I', null, 'a')
    operator.send(1, '+I', null, 'a')
    operator.send(1, '+I', null, null)
    expect(operator.take()).toEqual(['+I(null, a)'])
    operator.send(1, '+I', null, 'a')
    operator.send(1, '+I', null, 'a')
    operator.send(0, '-D', null, 'a')
    expect(operator.take()).toEqual(['+I(null, a)', '-D(null, a)'])
  })
})

describe('EXCEPT ALL', () => {
  it('takes a row back for each one that comes on the right, and gives it again when that goes', () => {
    const operator = operationOf('except')
    operator.send(0, '+I', 1, 'a')
    operator.send(0, '+I', 1, 'a')
    operator.send(1, '+I', 1, 'a')
    operator.send(1, '-D', 1, 'a')
    expect(operator.take()).toEqual(['+I(1, a)', '+I(1, a)', '-D(1, a)', '+I(1, a)'])
  })

  it('remembers right rows that come before the left ones, over a restart', () => {
    const operator = operationOf('except')
    operator.send(1, '+I', 1, 'a')
    operator.crash()
    operator.send(0, '+I', 1, 'a')
    operator.send(0, '+I', 1, 'a')
    expect(operator.take()).toEqual(['+I(1, a)'])
  })

  it('keeps nothing of rows that both sides have taken back', () => {
    const operator = operationOf('except')
    operator.send(0, '+I', 1, 'a')
    operator.send(1, '+I', 1, 'a')
    operator.send(0, '-D', 1, 'a')
    operator.send(1, '-D', 1, 'a')
    expect(operator.operator.stats().stateEntries).toBe(0)
  })
})

it.each(['intersect', 'except'] as const)(
  '%s all of random changes, restarted at times, is that of the rows left',
  operation => {
    const random = seeded(7)
    const operator = operationOf(operation)
    const sides: number[][] = [[], []]
    for (let i = 0; i < 2000; i++) {
      const input = random(2)
      const rows = sides[input] as number[]
      if (rows.length > 0 && random(100) < 45) {
        const [gone] = rows.splice(random(rows.length), 1)
        operator.send(input, '-D', gone as number, 'x')
      } else {
        const value = random(6)
        rows.push(value)
        operator.send(input, '+I', value, 'x')
      }
      if (random(100) < 1) operator.crash()
    }
    const count = (input: number, value: number) =>
      (sides[input] ?? []).filter(v => v === value).length
    const expected = [0, 1, 2, 3, 4, 5].flatMap(value => {
      const [left, right] = [count(0, value), count(1, value)]
      const times = operation === 'intersect' ? Math.min(left, right) : Math.max(0, left - right)
      return new Array<string>(times).fill(`${value}|x`)
    })
    expect(materialize(operator.output)).toEqual(expected)
  },
)

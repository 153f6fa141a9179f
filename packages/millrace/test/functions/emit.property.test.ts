// What a binding emits means what it evaluates to: for every function, over every combination of types that it takes.

import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { arithmeticFunctions } from '../../src/functions/arithmetic/index.ts'
import { comparisonFunctions } from '../../src/functions/comparison/index.ts'
import { conditionalFunctions } from '../../src/functions/conditional/index.ts'
import { castBinding } from '../../src/functions/conversion/cast-binding.ts'
import type { ScalarBinding, ScalarFunction } from '../../src/functions/function-definition.ts'
import { isProblem } from '../../src/functions/function-definition.ts'
import { logicalFunctions } from '../../src/functions/logical/index.ts'
import type { DataType } from '../../src/types/data-type.ts'
import { formatType, notNull, types } from '../../src/types/data-type.ts'
import { compileScalar, interpretScalar } from './support/compile.ts'
import { outcome, valueOf } from './support/values.ts'

const session = { timeZone: 'Europe/Paris' }

const TYPES: readonly DataType[] = [
  types.boolean,
  types.tinyint,
  types.smallint,
  types.int,
  notNull(types.int),
  types.bigint,
  notNull(types.bigint),
  types.float,
  types.double,
  types.decimal(9, 2),
  types.decimal(18, 2),
  types.decimal(20, 4),
  types.decimal(38, 0),
  types.decimal(38, 20),
  types.string,
  notNull(types.string),
  types.char(3),
  types.bytes,
  types.date,
  types.time(0),
  types.timestamp(0),
  types.timestamp(3),
  types.timestamp(6),
  types.timestamp(9),
  types.timestampLtz(3),
  types.intervalDay(),
  types.intervalYear(),
  types.array(types.int),
  types.map(types.string, types.int),
  types.row([{ name: 'a', type: types.int }]),
]

const tuples: readonly (readonly DataType[])[] = [
  [],
  ...TYPES.map(a => [a]),
  ...TYPES.flatMap(a => TYPES.map(b => [a, b])),
  ...TYPES.map(a => [a, a, a]),
  ...TYPES.map(a => [types.boolean, a, a]),
]

function check(binding: ScalarBinding, title: string): void {
  const emitted = compileScalar(binding)
  const meant = interpretScalar(binding)
  fc.assert(
    fc.property(fc.tuple(...binding.parameters.map(valueOf)), args => {
      const result = outcome(() => meant(...args))
      expect(
        outcome(() => emitted(...args)),
        title,
      ).toStrictEqual(result)
      const value = 'value' in result ? result.value : null
      if (value === null) return
      if (typeof value === 'bigint') expect(Number.isSafeInteger(Number(value))).toBe(false)
      if (binding.returns.kind !== 'double' && binding.returns.kind !== 'float')
        expect(Object.is(value, -0), title).toBe(false)
    }),
    { numRuns: 25 },
  )
}

function bindings(definition: ScalarFunction): [string, ScalarBinding][] {
  return tuples.flatMap((tuple): [string, ScalarBinding][] => {
    const binding = definition.resolve(
      tuple.map(type => ({ type })),
      session,
    )
    if (isProblem(binding) || binding.emit === undefined) return []
    return [[`${definition.name}(${tuple.map(formatType).join(', ')})`, binding]]
  })
}

describe('emitted code of scalar functions', () => {
  const groups = [
    ...comparisonFunctions,
    ...logicalFunctions,
    ...arithmeticFunctions,
    ...conditionalFunctions,
  ]
  it.each(groups.map(f => [f.name, f] as const))('of %s agrees with its meaning', (_, f) => {
    for (const [title, binding] of bindings(f)) check(binding, title)
  })
})

describe('emitted code of casts', () => {
  it.each(TYPES.map(to => [formatType(to), to] as const))(
    'to %s agrees with its meaning',
    (_, to) => {
      for (const from of TYPES) {
        const binding = castBinding(from, to, session, { safe: false })
        if (!isProblem(binding) && binding.emit)
          check(binding, `${formatType(from)} to ${formatType(to)}`)
      }
    },
  )
})

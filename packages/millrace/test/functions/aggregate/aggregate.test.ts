// Expected answers are those of Flink 2.2.1.

import { describe, expect, it } from 'vitest'
import { createBuiltInRegistry } from '../../../src/functions/built-in.ts'
import { isProblem } from '../../../src/functions/function-definition.ts'
import { canonicalValue } from '../../../src/types/canonical-json.ts'
import type { DataType } from '../../../src/types/data-type.ts'
import { formatType, notNull, types } from '../../../src/types/data-type.ts'
import type { Value } from '../../../src/types/value.ts'
import { compileAggregate } from '../support/compile.ts'

const registry = createBuiltInRegistry()

function aggregate(name: string, type: DataType, values: readonly Value[]): string {
  const binding = registry
    .aggregate(name)
    ?.resolve([{ type }], { retract: false }, { timeZone: 'UTC' })
  if (binding === undefined) return `no function ${name}`
  if (isProblem(binding)) return binding.problem
  const compiled = compileAggregate(binding)
  const state = compiled.create()
  for (const value of values) compiled.accumulate(state, [value])
  return `${formatType(binding.returns)} ${canonicalValue(binding.returns)(compiled.result(state))}`
}

const DECIMAL = types.decimal(20, 8)
const decimals = [112345678, 212345678, 412345679]

describe('aggregates', () => {
  it.each<[string, DataType, readonly Value[], string]>([
    ['SUM', types.int, [2147483647, 1], 'INT -2147483648'],
    ['SUM', types.bigint, [2n ** 63n - 1n, 1], 'BIGINT -9223372036854775808'],
    ['SUM', types.decimal(10, 2), [125, 225, 421], 'DECIMAL(38, 2) "7.71"'],
    ['SUM', types.int, [null, null], 'INT null'],
    ['SUM', types.string, [], 'needs a number, not STRING'],
    ['$SUM0', types.int, [], 'INT NOT NULL 0'],
    ['AVG', types.int, [-2, -1], 'INT -1'],
    ['AVG', types.int, [2147483647, 1], 'INT 1073741824'],
    ['AVG', DECIMAL, decimals, 'DECIMAL(38, 8) "2.45679012"'],
    ['AVG', types.decimal(5, 2), [-101, -100], 'DECIMAL(38, 6) "-1.005000"'],
    ['VAR_POP', types.int, [1, 2, 4], 'INT 1'],
    ['VARIANCE', types.int, [1, 2, 4], 'INT 2'],
    ['VAR_POP', DECIMAL, decimals, 'DECIMAL(38, 8) "1.55555600"'],
    ['VAR_SAMP', DECIMAL, decimals, 'DECIMAL(38, 8) "2.33333400"'],
    ['STDDEV_POP', DECIMAL, decimals, 'DECIMAL(38, 8) "1.24721931"'],
    ['VAR_SAMP', types.double, [1.5], 'DOUBLE null'],
    ['VAR_POP', types.double, [1.5], 'DOUBLE 0'],
    ['COUNT', types.int, [1, null], 'BIGINT NOT NULL 1'],
    ['MIN', types.boolean, [true, false], 'BOOLEAN false'],
    ['MIN', types.bytes, [], 'needs a type that has an order, not BYTES'],
    ['FIRST_VALUE', types.int, [null, 2, 4], 'INT 2'],
    ['LAST_VALUE', types.int, [1, 2, null], 'INT 2'],
    ['LISTAGG', types.string, ['a', null, 'b', 'a'], 'STRING "a,b,a"'],
    ['LISTAGG', types.int, [], 'needs a STRING, not INT'],
    ['ARRAY_AGG', types.int, [1, null, 4], 'ARRAY<INT> [1,null,4]'],
    [
      'COLLECT',
      notNull(types.string),
      ['a', 'b', 'a'],
      'MULTISET<STRING NOT NULL> NOT NULL {"a":2,"b":1}',
    ],
  ])('%s over %o of %o', (name, type, values, expected) => {
    expect(aggregate(name, type, values)).toBe(expected)
  })
})

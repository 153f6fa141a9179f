// Expected types are those that Flink 2.2.1 gives.

import { describe, expect, it } from 'vitest'
import type { DataType } from '../../src/types/data-type.ts'
import { formatType, notNull, types } from '../../src/types/data-type.ts'
import {
  asDecimal,
  averageType,
  comparisonType,
  decimalProductType,
  decimalQuotientType,
  decimalRemainderType,
  decimalRoundType,
  decimalSumType,
  leastRestrictive,
  sumType,
} from '../../src/types/type-rules.ts'

const d = (precision: number, scale: number) => asDecimal(types.decimal(precision, scale))
const format = (type: DataType | undefined) => type && formatType(type)

describe('decimal results', () => {
  it.each([
    ['sum', decimalSumType(asDecimal(types.int), d(2, 1)), 'DECIMAL(12, 1)'],
    ['sum, cut to 38 digits', decimalSumType(d(38, 20), d(38, 10)), 'DECIMAL(38, 9)'],
    ['product', decimalProductType(asDecimal(types.smallint), d(2, 1)), 'DECIMAL(8, 1)'],
    ['product, cut', decimalProductType(d(38, 20), d(38, 20)), 'DECIMAL(38, 6)'],
    ['quotient', decimalQuotientType(asDecimal(types.int), d(2, 1)), 'DECIMAL(17, 6)'],
    ['quotient of decimals', decimalQuotientType(d(9, 2), d(20, 4)), 'DECIMAL(34, 23)'],
    ['quotient, cut', decimalQuotientType(d(38, 20), d(38, 10)), 'DECIMAL(38, 10)'],
    ['remainder', decimalRemainderType(d(20, 4), asDecimal(types.int)), 'DECIMAL(14, 4)'],
    ['rounding', decimalRoundType(d(20, 4), -3), 'DECIMAL(17, 0)'],
    ['rounding to more digits', decimalRoundType(d(2, 1), 5), 'DECIMAL(2, 1)'],
    ['SUM', sumType(d(10, 2)), 'DECIMAL(38, 2)'],
    ['AVG', averageType(d(10, 2)), 'DECIMAL(38, 6)'],
  ])('of a %s', (_, type, expected) => {
    expect(formatType(type)).toBe(expected)
  })
})

describe('common types', () => {
  it.each<[readonly DataType[], string | undefined]>([
    [[types.int, types.bigint], 'BIGINT'],
    [[types.int, types.decimal(2, 1)], 'DECIMAL(11, 1)'],
    [[types.decimal(38, 0), types.decimal(38, 20)], 'DECIMAL(38, 0)'],
    [[types.float, types.double], 'FLOAT'],
    [[types.double, types.float], 'DOUBLE'],
    [[types.bigint, types.float], 'FLOAT'],
    [[types.decimal(2, 1), types.float], 'DOUBLE'],
    [[types.char(1), types.char(1)], 'CHAR(1)'],
    [[types.char(1), types.char(3)], 'VARCHAR(3)'],
    [[types.varchar(5), types.char(7)], 'VARCHAR(7)'],
    [[types.timestamp(0), types.timestamp(6)], 'TIMESTAMP(6)'],
    [[types.null, types.int], 'INT'],
    [[notNull(types.int), notNull(types.int)], 'INT NOT NULL'],
    [[types.array(notNull(types.int)), types.array(types.decimal(2, 1))], 'ARRAY<DECIMAL(11, 1)>'],
    [[types.date, types.timestamp(0)], undefined],
    [[types.int, types.string], undefined],
    [[types.boolean, types.int], undefined],
  ])('of %o', (list, expected) => {
    expect(format(leastRestrictive(list))).toBe(expected)
  })
})

describe('types of comparisons', () => {
  it.each<[DataType, DataType, string | undefined]>([
    [types.float, types.double, 'DOUBLE'],
    [types.bigint, types.double, 'DOUBLE'],
    [types.string, types.date, 'DATE'],
    [types.timestamp(3), types.char(10), 'TIMESTAMP(3)'],
    [types.timestamp(0), types.timestampLtz(3), 'TIMESTAMP_LTZ(3)'],
    [types.timestamp(0), types.date, undefined],
    [types.int, types.string, undefined],
  ])('of %o and %o', (a, b, expected) => {
    expect(format(comparisonType(a, b))).toBe(expected)
  })
})

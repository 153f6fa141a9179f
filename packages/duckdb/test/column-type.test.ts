// Every SQL type, written to DuckDB and read back.

import { rmSync } from 'node:fs'
import { join } from 'node:path'
import { type DataType, types, type Value } from 'millrace'
import { afterAll, expect, it } from 'vitest'
import { openWarehouse } from '../src/index.ts'
import { temporaryFolder, writeEpochs } from './sink-harness.ts'

const folder = temporaryFolder()
afterAll(() => rmSync(folder, { recursive: true, force: true }))

const point = types.row([
  { name: 'x y', type: types.int },
  { name: 'y', type: types.decimal(5, 2) },
])

const CASES: readonly (readonly [
  string,
  DataType,
  string,
  readonly Value[],
  readonly unknown[],
])[] = [
  ['BOOLEAN', types.boolean, 'BOOLEAN', [true, false], [true, false]],
  ['TINYINT', types.tinyint, 'TINYINT', [-128, 127], [-128, 127]],
  ['SMALLINT', types.smallint, 'SMALLINT', [-32768], [-32768]],
  ['INT', types.int, 'INTEGER', [-2147483648], [-2147483648]],
  [
    'BIGINT',
    types.bigint,
    'BIGINT',
    [1, 9223372036854775807n, -9223372036854775808n],
    [1, 9223372036854775807n, -9223372036854775808n],
  ],
  ['FLOAT', types.float, 'FLOAT', [0.5, Number.NaN], [0.5, Number.NaN]],
  [
    'DOUBLE',
    types.double,
    'DOUBLE',
    [0.1, Number.NEGATIVE_INFINITY],
    [0.1, Number.NEGATIVE_INFINITY],
  ],
  ['DECIMAL(4, 2)', types.decimal(4, 2), 'DECIMAL(4,2)', [-1205], ['-12.05']],
  ['DECIMAL(9, 0)', types.decimal(9, 0), 'DECIMAL(9,0)', [123456789], ['123456789']],
  [
    'DECIMAL(18, 4)',
    types.decimal(18, 4),
    'DECIMAL(18,4)',
    [123456789012345678n],
    ['12345678901234.5678'],
  ],
  [
    'DECIMAL(38, 10)',
    types.decimal(38, 10),
    'DECIMAL(38,10)',
    [99999999999999999999999999999999999999n, 1],
    ['9999999999999999999999999999.9999999999', '0.0000000001'],
  ],
  [
    'VARCHAR',
    types.string,
    'VARCHAR',
    ['', 'a\u0000b', '𝄞 ß', '\'"; DROP TABLE x'],
    ['', 'a\u0000b', '𝄞 ß', '\'"; DROP TABLE x'],
  ],
  ['BYTES', types.bytes, 'BLOB', [Uint8Array.of(0, 255)], [Uint8Array.of(0, 255)]],
  ['DATE', types.date, 'DATE', [15706, -1], ['2013-01-01', '1969-12-31']],
  ['TIME(3)', types.time(3), 'TIME', [86399999], ['23:59:59.999']],
  [
    'TIMESTAMP(3)',
    types.timestamp(3),
    'TIMESTAMP_MS',
    [1357034400123, -1],
    ['2013-01-01 10:00:00.123', '1969-12-31 23:59:59.999'],
  ],
  [
    'TIMESTAMP(6)',
    types.timestamp(6),
    'TIMESTAMP',
    [1357034400123456],
    ['2013-01-01 10:00:00.123456'],
  ],
  [
    'TIMESTAMP(9)',
    types.timestamp(9),
    'TIMESTAMP_NS',
    [1357034400123456789n],
    ['2013-01-01 10:00:00.123456789'],
  ],
  [
    'TIMESTAMP_LTZ(3)',
    types.timestampLtz(3),
    'TIMESTAMP WITH TIME ZONE',
    [1357034400123],
    ['2013-01-01 10:00:00.123+00'],
  ],
  [
    'TIMESTAMP_LTZ(6)',
    types.timestampLtz(6),
    'TIMESTAMP WITH TIME ZONE',
    [1357034400123456],
    ['2013-01-01 10:00:00.123456+00'],
  ],
  ['INTERVAL DAY', types.intervalDay(), 'INTERVAL', [90_061_001], ['25:01:01.001']],
  ['INTERVAL YEAR', types.intervalYear(), 'INTERVAL', [14], ['1 year 2 months']],
  [
    'ARRAY',
    types.array(types.bigint),
    'BIGINT[]',
    [[1, null, 9007199254740993n], []],
    [[1, null, 9007199254740993n], []],
  ],
  [
    'ARRAY of ARRAY',
    types.array(types.array(types.string)),
    'VARCHAR[][]',
    [[['a'], null, []]],
    [[['a'], null, []]],
  ],
  [
    'MAP',
    types.map(types.string, types.decimal(5, 2)),
    'MAP(VARCHAR, DECIMAL(5,2))',
    [new Map([['__proto__', 105]])],
    [new Map([['__proto__', '1.05']])],
  ],
  [
    'MULTISET',
    types.multiset(types.string),
    'MAP(VARCHAR, INTEGER)',
    [new Map([['a', 2]])],
    [new Map([['a', 2]])],
  ],
  [
    'ROW',
    point,
    'STRUCT("x y" INTEGER, y DECIMAL(5,2))',
    [
      [1, 105],
      [null, null],
    ],
    [
      Object.fromEntries([
        ['x y', 1],
        ['y', '1.05'],
      ]),
      Object.fromEntries([
        ['x y', null],
        ['y', null],
      ]),
    ],
  ],
  [
    'ARRAY of ROW',
    types.array(types.row([{ name: 'a', type: types.int }])),
    'STRUCT(a INTEGER)[]',
    [[[1], [2]]],
    [[{ a: 1 }, { a: 2 }]],
  ],
]

it.each(CASES.map((c, i) => [c[0], i, ...c.slice(1)] as const))(
  'keeps %s exactly, with NULL',
  async (_name, i, type, duckdbType, values, read) => {
    const table = `t${i}`
    const schema = [
      { name: 'n', type: types.int },
      { name: 'v', type: type as DataType },
    ]
    const all = [...(values as readonly Value[]), null]
    await writeEpochs({ folder, schema, table }, [all.map((v, n) => [0, [n, v]])])
    const warehouse = await openWarehouse(join(folder, 'w.duckdb'))
    try {
      const rows = await warehouse.query(`SELECT v FROM ${table} ORDER BY n`)
      expect(rows.map(r => r['v'])).toEqual([...(read as readonly unknown[]), null])
      const columns = await warehouse.query(`DESCRIBE ${table}`)
      expect(columns[1]?.['column_type']).toBe(duckdbType)
    } finally {
      await warehouse.close()
    }
  },
)

it('keeps fields and columns named __proto__', async () => {
  const schema = [{ name: '__proto__', type: types.row([{ name: '__proto__', type: types.int }]) }]
  await writeEpochs({ folder, schema, table: 'proto' }, [[[0, [[7]]]]])
  const warehouse = await openWarehouse(join(folder, 'w.duckdb'))
  const rows = await warehouse.query(
    `SELECT struct_extract("__proto__", '__proto__') AS "__proto__" FROM proto`,
  )
  await warehouse.close()
  expect(rows.map(r => Object.entries(r))).toEqual([[['__proto__', 7]]])
})

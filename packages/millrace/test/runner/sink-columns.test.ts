// What a sink's columns are declared as: NOT NULL, the lengths of texts and bytes, and what INSERT converts by itself.

import { mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { messageOf, runSql } from './bad-input/sql-run.ts'

let folder: string
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'millrace-sink-columns-'))
})
afterEach(() => rm(folder, { recursive: true, force: true }))

/** Copies lines from a table with these columns to one with those. */
async function copy(
  lines: readonly object[],
  { from, to = from, set = '' }: { from: string; to?: string; set?: string },
  mode: 'streaming' | 'batch' = 'streaming',
): Promise<unknown[]> {
  await writeFile(join(folder, 'in.ndjson'), lines.map(l => `${JSON.stringify(l)}\n`).join(''))
  await runSql(
    `SET 'bad-records' = 'fail'; ${set}
    CREATE TABLE s (${from}) WITH ('connector' = 'filesystem', 'path' = '${join(folder, 'in.ndjson')}', 'format' = 'json');
    CREATE TABLE o (${to}) WITH ('connector' = 'filesystem', 'path' = '${join(folder, 'out')}', 'format' = 'json');
    INSERT INTO o SELECT * FROM s;`,
    { mode },
  )
  const files = await readdir(join(folder, 'out')).catch(() => [])
  const texts = await Promise.all(
    files.toSorted().map(f => readFile(join(folder, 'out', f), 'utf8')),
  )
  return texts
    .join('')
    .split('\n')
    .filter(line => line !== '')
    .map(line => JSON.parse(line))
}

const NULLS = [
  { a: 1, b: 'a' },
  { a: null, b: 'b' },
  { a: 3, b: null },
  { a: 4, b: 'd' },
]
const REQUIRED = { from: 'a INT, b STRING', to: 'a INT NOT NULL, b STRING NOT NULL' }
const DROP = "SET 'table.exec.sink.not-null-enforcer' = 'DROP';"

describe('a column that is NOT NULL', () => {
  for (const mode of ['streaming', 'batch'] as const) {
    it(`refuses a NULL: ${mode}`, async () => {
      expect(await messageOf(copy(NULLS, REQUIRED, mode))).toContain(
        'column "a" of table o is NOT NULL, but gets a NULL',
      )
    })

    it(`drops the row where a setting says so: ${mode}`, async () => {
      expect(await copy(NULLS, { ...REQUIRED, set: DROP }, mode)).toEqual([
        { a: 1, b: 'a' },
        { a: 4, b: 'd' },
      ])
    })
  }

  it('is every column of the primary key', async () => {
    const to = 'a INT, b STRING, PRIMARY KEY (a) NOT ENFORCED'
    expect(await copy(NULLS, { from: 'a INT, b STRING', to, set: DROP })).toEqual(
      NULLS.filter(({ a }) => a !== null),
    )
  })
})

const LENGTHS = [
  { a: 'abcdef', b: 'abcdef' },
  { a: 'a', b: 'a' },
  { a: null, b: null },
  { a: '', b: '' },
  { a: '👍👍👍👍👍', b: '👍👍👍👍' },
]
const SIZED = 'a CHAR(4), b VARCHAR(3)'
const enforce = (choice: string) => ({
  from: SIZED,
  set: `SET 'table.exec.sink.type-length-enforcer' = '${choice}';`,
})
const bytes = (...values: readonly string[]) =>
  values.map(hex => Buffer.from(hex, 'hex').toString('base64'))

describe('a column with a length', () => {
  it('takes texts of any length as they are', async () => {
    expect(await copy(LENGTHS, { from: SIZED })).toEqual(LENGTHS)
    expect(await copy(LENGTHS, enforce('IGNORE'))).toContainEqual(LENGTHS[0])
  })

  it('cuts and pads by code points where a setting says so', async () => {
    expect(await copy(LENGTHS, enforce('TRIM_PAD'))).toEqual([
      { a: 'abcd', b: 'abc' },
      { a: 'a   ', b: 'a' },
      { a: null, b: null },
      { a: '    ', b: '' },
      { a: '👍👍👍👍', b: '👍👍👍' },
    ])
  })

  it('cuts bytes, and pads them with zeros', async () => {
    const from = 'a BINARY(2), b VARBINARY(2)'
    const [long, short] = bytes('010203', '01')
    const rows = [
      { a: long, b: long },
      { a: short, b: short },
    ]
    const [cut, padded] = bytes('0102', '0100')
    expect(await copy(rows, { ...enforce('TRIM_PAD'), from })).toEqual([
      { a: cut, b: cut },
      { a: padded, b: short },
    ])
  })

  const WRONG: readonly [string, object, string][] = [
    [
      'too short for a CHAR',
      { a: 'ab', b: 'abc' },
      '"a" of table o is CHAR(4), but gets a value of length 2',
    ],
    [
      'too long for a VARCHAR',
      { a: 'abcd', b: 'abcd' },
      '"b" of table o is VARCHAR(3), but gets a value of length 4',
    ],
  ]
  for (const [title, row, says] of WRONG)
    it(`refuses a text that is ${title}, where a setting says so`, async () => {
      expect(await messageOf(copy([row], enforce('ERROR')))).toContain(says)
    })
})

const NESTED = [
  { k: 1, r: { x: 1, l: [{ y: 1 }] } },
  { k: 2, r: { x: 2, l: [{ y: null }] } },
  { k: 3, r: { x: 3, l: null } },
  { k: 4, r: { x: 4, l: [null] } },
  { k: 5, r: { x: 5, l: [] } },
]
const PARTS = {
  from: 'k INT, r ROW<x INT, l ARRAY<ROW<y INT>>>',
  to: 'k INT, r ROW<x INT NOT NULL, l ARRAY<ROW<y INT NOT NULL> NOT NULL> NOT NULL>',
}
const SIZES = {
  from: 'k INT, r ROW<x CHAR(2), n ROW<y VARCHAR(3)>>, l ARRAY<VARCHAR(3)>, m MAP<VARCHAR(3), VARCHAR(4)>',
}
const ROW_OF_SIZES = {
  k: 1,
  r: { x: 'abc', n: { y: 'abcd' } },
  l: ['abc', 'abcdef'],
  m: { abc: 'abcd' },
}
const settings = (scope: string, more: Readonly<Record<string, string>> = {}) =>
  Object.entries({ 'nested-constraint-enforcer': scope, ...more })
    .map(([name, value]) => `SET 'table.exec.sink.${name}' = '${value}';`)
    .join(' ')

// What Flink 2.2.1 does with the same.
describe('parts of columns', () => {
  it('are not looked at where no setting says so', async () => {
    expect(await copy(NESTED, { ...PARTS, set: settings('IGNORE') })).toEqual(NESTED)
  })

  it('may have any length where no setting says so', async () => {
    const lengths = settings('IGNORE', { 'type-length-enforcer': 'ERROR' })
    expect(await copy([ROW_OF_SIZES], { ...SIZES, set: lengths })).toEqual([ROW_OF_SIZES])
  })

  const kept = { ROWS: [1, 2, 4, 5], ROWS_AND_COLLECTIONS: [1, 5] }
  for (const [scope, keys] of Object.entries(kept))
    it(`drop rows by NULLs in them: ${scope}`, async () => {
      const rows = await copy(NESTED, { ...PARTS, set: settings(scope) + DROP })
      expect(rows.map(row => (row as { k: number }).k)).toEqual(keys)
    })

  const places = { ROWS: '"r.l"', ROWS_AND_COLLECTIONS: '"r.l[0].y"' }
  for (const [scope, place] of Object.entries(places))
    it(`refuse NULLs in them, with their place: ${scope}`, async () => {
      expect(await messageOf(copy(NESTED, { ...PARTS, set: settings(scope) }))).toContain(
        `column ${place} of table o is NOT NULL, but gets a NULL`,
      )
    })

  it('in rows are refused or cut by their lengths', async () => {
    const refused = settings('ROWS', { 'type-length-enforcer': 'ERROR' })
    expect(await messageOf(copy([ROW_OF_SIZES], { ...SIZES, set: refused }))).toContain(
      'column "r.x" of table o is CHAR(2), but gets a value of length 3',
    )
    const cut = settings('ROWS', { 'type-length-enforcer': 'TRIM_PAD' })
    const nulls = { ...ROW_OF_SIZES, r: { x: null, n: null } }
    const short = { ...ROW_OF_SIZES, r: { x: 'a', n: { y: 'b' } } }
    expect(await copy([ROW_OF_SIZES, short, nulls], { ...SIZES, set: cut })).toEqual([
      { ...ROW_OF_SIZES, r: { x: 'ab', n: { y: 'abc' } } },
      { ...short, r: { x: 'a ', n: { y: 'b' } } },
      nulls,
    ])
  })

  it('in collections are refused by their lengths, and never cut', async () => {
    const errors = settings('ROWS_AND_COLLECTIONS', { 'type-length-enforcer': 'ERROR' })
    const fits = { ...ROW_OF_SIZES, r: null }
    expect(await messageOf(copy([fits], { ...SIZES, set: errors }))).toContain(
      'column "l[1]" of table o is VARCHAR(3), but gets a value of length 6',
    )
    const keys = { ...fits, l: ['a'], m: { abcd: 'x' } }
    expect(await messageOf(copy([keys], { ...SIZES, set: errors }))).toContain('column "m[key]"')
    const values = { ...fits, l: ['a'], m: { a: 'abcde' } }
    expect(await messageOf(copy([values], { ...SIZES, set: errors }))).toContain(
      'column "m[value]"',
    )
    const cut = settings('ROWS_AND_COLLECTIONS', { 'type-length-enforcer': 'TRIM_PAD' })
    expect(await messageOf(copy([fits], { ...SIZES, set: cut }))).toContain(
      'cannot cut values inside of collections',
    )
  })
})

describe('INSERT', () => {
  const CONVERTED: readonly [from: string, to: string, value: unknown, becomes: unknown][] = [
    ['DOUBLE', 'DECIMAL(10, 2)', 1.25, 1.25],
    ['DECIMAL(10, 2)', 'FLOAT', 1.5, 1.5],
    ['TIMESTAMP(3)', 'DATE', '2024-03-01 12:00:00', '2024-03-01'],
    ['STRING', 'VARCHAR(2)', 'abc', 'ab'],
    ['ROW<x INT>', 'ROW<y BIGINT>', { x: 1 }, { y: 1 }],
  ]
  for (const [from, to, value, becomes] of CONVERTED)
    it(`makes ${to} of ${from}`, async () => {
      expect(await copy([{ a: value }], { from: `a ${from}`, to: `a ${to}` })).toEqual([
        { a: becomes },
      ])
    })

  for (const [from, to] of [
    ['STRING', 'CHAR(3)'],
    ['VARBINARY(2)', 'BINARY(2)'],
    ['DOUBLE', 'FLOAT'],
    ['DATE', 'TIMESTAMP(3)'],
    ['TIMESTAMP_LTZ(3)', 'DATE'],
    ['BIGINT', 'INT'],
  ])
    it(`wants a CAST from ${from} to ${to}`, async () => {
      expect(await messageOf(copy([], { from: `a ${from}`, to: `a ${to}` }))).toContain(
        'MR_SQL_TYPE',
      )
    })
})

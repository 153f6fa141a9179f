// A program that is changed and started again on its state: what keeps it, and what is refused.

import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { createBuiltInRegistry } from '../../src/runner/built-in-registry.ts'
import { EmbeddedRunner } from '../../src/runner/embedded-runner.ts'
import { loadScript } from '../../src/runner/load-script.ts'
import { messageOf } from './bad-input/sql-run.ts'

let folder: string
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'millrace-changed-'))
  await mkdir(join(folder, 'other'))
})
afterEach(() => rm(folder, { recursive: true, force: true }))

const give = (file: string, ...rows: readonly object[]) =>
  writeFile(join(folder, file), rows.map(r => `${JSON.stringify(r)}\n`).join(''))

const table = (columns: string, { name = 't', path = '', options = '' } = {}) =>
  `CREATE TABLE ${name} (${columns}) WITH ('connector' = 'filesystem', 'path' = '${join(folder, path)}/*.ndjson', 'format' = 'json' ${options});`

/** Runs the script's query on the state of earlier runs; with `rows`, stops once it has given so many. */
async function run(sql: string, rows = Number.POSITIVE_INFINITY): Promise<unknown[][]> {
  const { program, query } = loadScript(sql, {
    name: 'changed',
    connectors: createBuiltInRegistry(),
    settings: { stateDir: join(folder, 'state'), epochMs: 10 },
  })
  if (!query) throw new TypeError('no query')
  const stop = new AbortController()
  const found: unknown[][] = []
  for await (const { row } of new EmbeddedRunner().query(program, query.plan, {
    signal: stop.signal,
  })) {
    found.push([...row])
    if (found.length === rows) stop.abort()
  }
  return found
}

const SUMS = 'SELECT k, SUM(x) AS total FROM t GROUP BY k;'
const COLUMNS = 'k STRING, x INT'
const FIRST = [
  { k: 'a', x: 1, y: 2 },
  { k: 'b', x: 2, y: 3 },
]
const SUMS_OF_FIRST = [
  ['a', 1],
  ['b', 2],
]

describe('state is kept', () => {
  const changes: Readonly<Record<string, { path?: string; options?: string }>> = {
    'the input grows': {},
    'its path is another': { path: 'other' },
    'it is read more slowly': { options: ", 'source.rate-limit' = '1000'" },
    'records may be longer': { options: ", 'source.max-record-bytes' = '1 mb'" },
    'bad records are skipped': { options: ", 'bad-records' = 'skip'" },
    'its format reads less strictly': { options: ", 'json.ignore-parse-errors' = 'true'" },
  }
  for (const [title, change] of Object.entries(changes))
    it(`when ${title}`, async () => {
      await give('1.ndjson', ...FIRST)
      expect(await run(table(COLUMNS) + SUMS)).toEqual(SUMS_OF_FIRST)
      await give(join(change.path ?? '', '2.ndjson'), { k: 'a', x: 10 })
      const changed = await run(table(COLUMNS, change) + SUMS)
      expect(changed.at(-1)).toEqual(['a', 11])
    })

  it('when a folder that was watched is read to its end, and no record counts twice', async () => {
    await give('1.ndjson', ...FIRST)
    const options = ", 'source.monitor-interval' = '20 ms'"
    expect(await run(table(COLUMNS, { options }) + SUMS, 2)).toEqual(SUMS_OF_FIRST)
    await give('2.ndjson', { k: 'a', x: 10 })
    expect(await run(table(COLUMNS) + SUMS)).toEqual([
      ['a', 1],
      ['a', 11],
    ])
  })

  it('when a folder that was read to its end is watched', async () => {
    await give('1.ndjson', ...FIRST)
    expect(await run(table(COLUMNS) + SUMS)).toEqual(SUMS_OF_FIRST)
    await give('2.ndjson', { k: 'a', x: 10 })
    const options = ", 'source.monitor-interval' = '20 ms'"
    expect(await run(table(COLUMNS, { options }) + SUMS, 2)).toEqual([
      ['a', 1],
      ['a', 11],
    ])
  })

  it('when columns are added that the operator does not read, and integers are wider', async () => {
    await give('1.ndjson', ...FIRST)
    expect(await run(table(COLUMNS) + SUMS)).toEqual(SUMS_OF_FIRST)
    await give('2.ndjson', { k: 'a', x: 2 ** 40 })
    const changed = await run(table('y INT, k STRING NOT NULL, x BIGINT') + SUMS)
    expect(changed.at(-1)).toEqual(['a', 2 ** 40 + 1])
  })
})

const COUNTS = 'SELECT k, COUNT(*) AS n FROM t GROUP BY k;'
const top = (columns: string) =>
  `SELECT ${columns} FROM (SELECT *, ROW_NUMBER() OVER (PARTITION BY k ORDER BY x DESC) AS n FROM t) WHERE n <= 1;`
const over = (call: string) => `SELECT k, ${call} OVER (PARTITION BY k ORDER BY at_) AS s FROM t;`
const JOIN = 'SELECT t.k, t.x, t.y, u.z FROM t JOIN u ON t.k = u.k;'

/** The columns of the table that is read, and the query, before and after. */
interface Change {
  readonly before: readonly [columns: string, query: string]
  readonly after: readonly [columns: string, query: string]
  readonly why: string
}

const REFUSED: Readonly<Record<string, Change>> = {
  'the type of an aggregated column is another': {
    before: ['k STRING, x INT', SUMS],
    after: ['k STRING, x DOUBLE', SUMS],
    why: 'has stored (STRING) SUM(INTEGER), but now is about (STRING) SUM(DOUBLE)',
  },
  'the type of a key is another': {
    before: ['k INT', COUNTS],
    after: ['k BIGINT', COUNTS],
    why: 'has stored (INT) COUNT(), but now is about (BIGINT) COUNT()',
  },
  'a column is new and NOT NULL': {
    before: ['k STRING, x INT, y INT NOT NULL', top('k, x')],
    after: ['k STRING, x INT, y INT NOT NULL', top('k, x, y')],
    why: 'has stored (k STRING, x INT), but now is about (k STRING, x INT, y INT): column "y" is new and NOT NULL',
  },
  'a column of rows that are kept is narrower': {
    before: ['k STRING, x BIGINT', top('k, x')],
    after: ['k STRING, x INT', top('k, x')],
    why: 'column "x" is INT instead of BIGINT',
  },
  'a column of rows that are kept is of another kind': {
    before: ['k STRING, x INT, y INT', JOIN],
    after: ['k STRING, x INT, y STRING', JOIN],
    why: 'column "y" is STRING instead of INT',
  },
  'decimals have another scale': {
    before: ['k STRING, x INT, y DECIMAL(6, 2)', JOIN],
    after: ['k STRING, x INT, y DECIMAL(8, 3)', JOIN],
    why: 'column "y" is DECIMAL(8, 3) instead of DECIMAL(6, 2)',
  },
  'an aggregate beside rows is of another kind': {
    before: ['k STRING, x INT, at_ TIMESTAMP(3), WATERMARK FOR at_ AS at_', over('SUM(x)')],
    after: ['k STRING, x INT, at_ TIMESTAMP(3), WATERMARK FOR at_ AS at_', over('MAX(x)')],
    why: 'SUM(INTEGER) became MAX(INTEGER)',
  },
}

describe('state is refused, with the operator and what it stored', () => {
  for (const [title, { before, after, why }] of Object.entries(REFUSED))
    it(`when ${title}`, async () => {
      await give('1.ndjson', { k: 1, x: 1, y: 2, at_: '2024-01-01 00:00:00' })
      await give('other/1.ndjson', { k: 1, z: 3 })
      const right = table('k STRING, z INT', { name: 'u', path: 'other' })
      const script = ([columns, query]: Change['before']) => table(columns) + right + query
      expect(await run(script(before))).toHaveLength(1)
      const message = await messageOf(run(script(after)))
      expect(message).toContain('MR_STATE_INCOMPATIBLE')
      expect(message).toContain(why)
    })

  it('when another connector reads the table', async () => {
    await give('1.ndjson', ...FIRST)
    await run(table(COLUMNS) + SUMS)
    const generated = `CREATE TABLE t (${COLUMNS}) WITH ('connector' = 'datagen', 'number-of-rows' = '1');`
    expect(await messageOf(run(generated + SUMS))).toContain(
      'has stored connector filesystem, but now is about connector datagen',
    )
  })
})

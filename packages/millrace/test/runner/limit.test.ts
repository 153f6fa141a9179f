// LIMIT in batch mode: what it gives, and how little it reads and keeps for it.

import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { explainProgram } from '../../src/compiler/explain.ts'
import { createBuiltInRegistry } from '../../src/runner/built-in-registry.ts'
import { explainQueryPlan, loadScript } from '../../src/runner/load-script.ts'
import { rowsOf, runSql } from './bad-input/sql-run.ts'

const ROWS = 20_000
const keyOf = (id: number) => (id * 7919) % ROWS
const ids = Array.from({ length: ROWS }, (_, id) => id)

let folder: string
let tables: string
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'millrace-limit-'))
  const lines = ids.map(id => `${JSON.stringify({ id, k: keyOf(id), g: id % 3 })}\n`)
  const path = join(folder, 'in.ndjson')
  await writeFile(path, lines.join(''))
  tables = `CREATE TABLE t (id INT, k INT, g INT)
    WITH ('connector' = 'filesystem', 'path' = '${path}', 'format' = 'json');`
})
afterAll(() => rm(folder, { recursive: true, force: true }))

const rows = (query: string) => rowsOf(`${tables} ${query}`)
function physicalPlan(query: string): string {
  const connectors = createBuiltInRegistry()
  const settings = { mode: 'batch' } as const
  const script = loadScript(`${tables} ${query}`, { name: 'script', connectors, settings })
  if (!script.query) throw new Error('the script has no SELECT')
  const text = explainProgram(explainQueryPlan(script.program, script.query.plan))
  return text.slice(text.indexOf('== Physical plan =='))
}

describe('without an order', () => {
  it('stops to read once it has its rows', async () => {
    const endless = `CREATE TABLE endless (id BIGINT) WITH ('connector' = 'datagen',
      'number-of-rows' = '1000000000000', 'fields.id.kind' = 'sequence',
      'fields.id.start' = '0', 'fields.id.end' = '999999999999');`
    const first = (query: string) => rowsOf(`${endless} ${query}`)
    expect(await first('SELECT id FROM endless LIMIT 3')).toEqual([[0], [1], [2]])
    expect(await first('SELECT id * 2 FROM endless WHERE id > 4 LIMIT 2 OFFSET 5')).toEqual([
      [20],
      [22],
    ])
    expect(await first('SELECT id FROM endless LIMIT 0')).toEqual([])
  })

  it('gives all rows where there are fewer', async () => {
    expect(await rows(`SELECT id FROM t WHERE id < 2 LIMIT 5`)).toEqual([[0], [1]])
    expect(await rows(`SELECT id FROM t WHERE id < 2 LIMIT 5 OFFSET 4`)).toEqual([])
  })

  it('limits what aggregates to the end', async () => {
    expect(await rows('SELECT g, COUNT(*) FROM t GROUP BY g LIMIT 2')).toHaveLength(2)
  })
})

describe('reading', () => {
  /** How many records a script's INSERTs read until all have their rows. */
  const readFor = async (inserts: string, mode: 'batch' | 'streaming' = 'batch') => {
    const sinks = `CREATE TABLE out1 (id BIGINT) WITH ('connector' = 'blackhole');
      CREATE TABLE out2 (id BIGINT) WITH ('connector' = 'blackhole');`
    const run = await runSql(`${tables} ${sinks} ${inserts}`, { mode })
    return [run.recordsRead, run.rowsWritten]
  }

  it.each([
    ['an INSERT', 'INSERT INTO out1 SELECT id FROM t LIMIT 10', [10, 10]],
    ['an OFFSET', 'INSERT INTO out1 SELECT id FROM t LIMIT 10 OFFSET 5', [15, 10]],
    ['a filter', 'INSERT INTO out1 SELECT id FROM t WHERE g = 2 LIMIT 10', [30, 10]],
    ['a sub-query', 'INSERT INTO out1 SELECT COUNT(*) FROM (SELECT id FROM t LIMIT 10)', [10, 1]],
    [
      'a view',
      'CREATE VIEW v AS SELECT id FROM t LIMIT 10; INSERT INTO out1 SELECT id FROM v WHERE id > 4',
      [10, 5],
    ],
    [
      'both parts of a union, read as one',
      'INSERT INTO out1 (SELECT id FROM t LIMIT 10) UNION ALL (SELECT k FROM t LIMIT 20)',
      [20, 30],
    ],
    [
      'a union',
      'INSERT INTO out1 SELECT * FROM (SELECT id FROM t UNION ALL SELECT k FROM t) LIMIT 10',
      [5, 10],
    ],
    [
      'a join of the table with itself',
      'INSERT INTO out1 SELECT a.id FROM t a JOIN t b ON a.id = b.id LIMIT 10',
      [10, 10],
    ],
    [
      'the statement that needs most',
      `EXECUTE STATEMENT SET BEGIN INSERT INTO out1 SELECT id FROM t LIMIT 10;
       INSERT INTO out2 SELECT id FROM t LIMIT 30; END`,
      [30, 40],
    ],
    [
      'one that needs all',
      `EXECUTE STATEMENT SET BEGIN INSERT INTO out1 SELECT id FROM t LIMIT 10;
       INSERT INTO out2 SELECT COUNT(*) FROM t; END`,
      [ROWS, 11],
    ],
    [
      'an aggregation below',
      'INSERT INTO out1 SELECT COUNT(*) FROM t GROUP BY g LIMIT 2',
      [ROWS, 2],
    ],
  ])('stops with %s', async (_with, inserts, expected) => {
    expect(await readFor(`${inserts};`)).toEqual(expected)
  })

  it('goes on in streaming mode, where the rows are given at once too', async () => {
    expect(await readFor('INSERT INTO out1 SELECT id FROM t LIMIT 10;', 'streaming')).toEqual([
      ROWS,
      10,
    ])
  })

  it('is shown in the plan', () => {
    expect(physicalPlan('SELECT id FROM t LIMIT 10 OFFSET 5')).toContain(`
  limit 10 offset 5 [append]
    calc id [append]
      source t (filesystem) reads id [append] limit=15`)
    expect(physicalPlan('SELECT id FROM t WHERE id > 3 LIMIT 10')).not.toContain('limit=')
    expect(
      physicalPlan('SELECT * FROM ((SELECT id FROM t LIMIT 10) UNION ALL SELECT k FROM t) LIMIT 4'),
    ).toMatch(/limit 4 [\s\S]*union [\s\S]*limit 10 [\s\S]*limit=4[\s\S]*/)
  })
})

describe('with an order', () => {
  const byKey = ids.toSorted((a, b) => keyOf(a) - keyOf(b))

  it.each([
    [0, 1],
    [0, 10],
    [7, 10],
    [990, 10],
    [991, 10],
    [ROWS - 5, 10],
    [ROWS, 10],
  ])('skips %i rows and gives %i', async (offset, limit) => {
    const wanted = byKey.slice(offset, offset + limit).map(id => [id])
    expect(await rows(`SELECT id FROM t ORDER BY k LIMIT ${limit} OFFSET ${offset}`)).toEqual(
      wanted,
    )
    const last = byKey
      .toReversed()
      .slice(offset, offset + limit)
      .map(id => [id])
    expect(await rows(`SELECT id FROM t ORDER BY k DESC LIMIT ${limit} OFFSET ${offset}`)).toEqual(
      last,
    )
  })

  it('orders by several columns, also of sums', async () => {
    const wanted = ids.toSorted((a, b) => (b % 3) - (a % 3) || keyOf(a) - keyOf(b)).slice(0, 4)
    expect(await rows('SELECT id FROM t ORDER BY g DESC, k LIMIT 4')).toEqual(
      wanted.map(id => [id]),
    )
    expect(
      await rows('SELECT g, COUNT(*) AS n FROM t GROUP BY g ORDER BY n DESC, g LIMIT 2'),
    ).toEqual([
      [0, 6667],
      [1, 6667],
    ])
  })

  it('keeps no more rows than it gives, up to a thousand', () => {
    expect(physicalPlan('SELECT id FROM t ORDER BY k LIMIT 10')).toContain(
      'rank 1..10 by [] order k',
    )
    expect(physicalPlan('SELECT id FROM t ORDER BY k LIMIT 1000')).toContain('rank 1..1000')
    expect(physicalPlan('SELECT id FROM t ORDER BY k LIMIT 1000 OFFSET 1')).not.toContain('rank')
    expect(physicalPlan('SELECT id FROM t ORDER BY k')).not.toContain('rank')
  })
})

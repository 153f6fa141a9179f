// What statements and queries have in common is read and computed once: by the plan, and by what is read.

import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { explainProgram } from '../../src/compiler/explain.ts'
import { createBuiltInRegistry } from '../../src/runner/built-in-registry.ts'
import { explainQueryPlan, loadScript } from '../../src/runner/load-script.ts'
import { rowsOf, runSql } from './bad-input/sql-run.ts'

const ROWS = 300

let folder: string
let tables: string
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'millrace-shared-'))
  const path = join(folder, 'in.ndjson')
  const lines = Array.from({ length: ROWS }, (_, id) =>
    JSON.stringify({ id, g: id % 3, v: id % 7 }),
  )
  await writeFile(path, `${lines.join('\n')}\n`)
  const sink = (name: string) =>
    `CREATE TABLE ${name} (a BIGINT, b BIGINT, PRIMARY KEY (a) NOT ENFORCED) WITH ('connector' = 'blackhole');`
  tables = `CREATE TABLE t (id BIGINT, g INT, v INT)
    WITH ('connector' = 'filesystem', 'path' = '${path}', 'format' = 'json');
    CREATE VIEW sums AS SELECT g, SUM(v) AS s, COUNT(*) AS n FROM t WHERE id > 9 GROUP BY g;
    ${sink('out1')} ${sink('out2')}`
})
afterAll(() => rm(folder, { recursive: true, force: true }))

function physicalPlan(text: string): readonly string[] {
  const connectors = createBuiltInRegistry()
  const script = loadScript(`${tables} ${text}`, { name: 'script', connectors, settings: {} })
  const program = script.query
    ? explainQueryPlan(script.program, script.query.plan)
    : script.program
  const plan = explainProgram(program).split('== Physical plan ==\n')[1] ?? ''
  return plan.slice(0, plan.indexOf('\n\n== ')).split('\n')
}

/** How often the plan computes something anew. */
const timesOf = (lines: readonly string[], part: RegExp): number =>
  lines.filter(l => part.test(l) && !l.endsWith('(as above)')).length

const both = (first: string, second: string) =>
  `EXECUTE STATEMENT SET BEGIN INSERT INTO out1 ${first}; INSERT INTO out2 ${second}; END;`

describe('in a statement set', () => {
  it('reads a table once, with the columns that any statement reads', async () => {
    const script = both(
      'SELECT id, CAST(g AS BIGINT) FROM t WHERE g = 1',
      'SELECT id, CAST(v AS BIGINT) FROM t WHERE v < 2',
    )
    expect(physicalPlan(script).filter(l => l.includes('source t'))).toEqual([
      expect.stringContaining('reads id, g, v'),
    ])
    const run = await runSql(`${tables} ${script}`)
    expect([run.recordsRead, run.rowsWritten]).toEqual([ROWS, 100 + 86])
  })

  it('computes a view once, whatever each statement takes of it', async () => {
    const script = both(
      'SELECT CAST(g AS BIGINT), CAST(s AS BIGINT) FROM sums',
      'SELECT CAST(g AS BIGINT), n FROM sums WHERE n > 3',
    )
    expect(timesOf(physicalPlan(script), /group-aggregate/)).toBe(1)
    expect((await runSql(`${tables} ${script}`)).recordsRead).toBe(ROWS)
  })

  it('computes once what was written twice', () => {
    const counts = 'SELECT CAST(g AS BIGINT) AS a, COUNT(*) AS b FROM t GROUP BY g'
    const lines = physicalPlan(both(counts, `SELECT a, b + 1 FROM (${counts})`))
    expect(timesOf(lines, /group-aggregate/)).toBe(1)
  })

  it('reads a table that is only declared twice as two', async () => {
    const twin = `CREATE TABLE u WITH ('bad-records' = 'skip') LIKE t;`
    const script = both('SELECT id, id FROM t', 'SELECT id, id FROM u')
    expect((await runSql(`${tables} ${twin} ${script}`)).recordsRead).toBe(2 * ROWS)
  })
})

describe('in one query', () => {
  it.each([
    ['a self-join', 'SELECT x.g, y.n FROM sums x JOIN sums y ON x.g = y.g', 3],
    [
      'a union of a WITH',
      'WITH w AS (SELECT g, MAX(v) AS m FROM t GROUP BY g) SELECT g FROM w UNION ALL SELECT m FROM w',
      6,
    ],
    [
      'a sub-query that compares with its own input',
      'SELECT g FROM sums WHERE s >= (SELECT MAX(s) FROM sums)',
      1,
    ],
  ])('computes once the parts of %s', async (_of, query, rows) => {
    const lines = physicalPlan(`${query};`)
    expect(timesOf(lines, /group-aggregate by \[g\]/)).toBe(1)
    expect(timesOf(lines, /source t/)).toBe(1)
    expect(await rowsOf(`${tables} ${query};`)).toHaveLength(rows)
  })

  it('keeps what depends on chance apart', () => {
    const lines = physicalPlan('SELECT RAND() AS r FROM t UNION ALL SELECT RAND() FROM t;')
    expect(timesOf(lines, /calc RAND\(\)/)).toBe(2)
  })
})

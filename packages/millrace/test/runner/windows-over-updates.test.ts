// Windows over rows that are updated and deleted: what is taken back leaves the window that it was in.

import { mkdir, mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { rowsOf, runSql, startSql } from './bad-input/sql-run.ts'

let folder: string
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'millrace-updates-'))
})
afterEach(() => rm(folder, { recursive: true, force: true }))

type Op = '+I' | '-U' | '+U' | '-D'
type Change = readonly [op: Op, id: number, second: number, n: number]

/** Row 1 moves to a later window, row 2 changes within its own, row 3 goes and leaves its window empty. */
const FIRST: readonly Change[] = [
  ['+I', 1, 1, 10],
  ['+I', 2, 4, 20],
  ['+I', 3, 12, 30],
  ['-U', 2, 4, 20],
  ['+U', 2, 5, 25],
]
const SECOND: readonly Change[] = [
  ['-U', 1, 1, 10],
  ['+U', 1, 21, 40],
  ['-D', 3, 12, 30],
  ['+I', 4, 23, 7],
]

const clock = (second: number) => new Date(second * 1000).toISOString().slice(0, 19)
const give = (file: string, changes: readonly Change[]) =>
  writeFile(
    join(folder, file),
    changes
      .map(([op, id, second, n]) => ({ op, data: { id, n, ts: clock(second).replace('T', ' ') } }))
      .map(line => `${JSON.stringify(line)}\n`)
      .join(''),
  )

const source = (options = '', path = '*') => `
  CREATE TABLE t (id INT, n INT, ts TIMESTAMP(3), WATERMARK FOR ts AS ts - INTERVAL '30' SECOND)
  WITH ('connector' = 'filesystem', 'path' = '${folder}/${path}.ndjson', 'format' = 'changelog-json'${options});`

const WINDOWS = {
  tumble: "TUMBLE(TABLE t, DESCRIPTOR(ts), INTERVAL '10' SECOND)",
  hop: "HOP(TABLE t, DESCRIPTOR(ts), INTERVAL '5' SECOND, INTERVAL '15' SECOND)",
  session: "SESSION(TABLE t, DESCRIPTOR(ts), INTERVAL '5' SECOND)",
  cumulate: "CUMULATE(TABLE t, DESCRIPTOR(ts), INTERVAL '5' SECOND, INTERVAL '15' SECOND)",
}
const query = (window: string) =>
  `SELECT window_end, COUNT(*) AS c, SUM(n) AS s, MAX(n) AS m, COUNT(DISTINCT n) AS d
   FROM ${window} GROUP BY window_start, window_end`

/** What the rows that are left at the end give. */
async function left(window: string): Promise<(readonly unknown[])[]> {
  await mkdir(join(folder, 'left'))
  await give('left/1.ndjson', [
    ['+I', 1, 21, 40],
    ['+I', 2, 5, 25],
    ['+I', 4, 23, 7],
  ])
  return rowsOf(`${source('', 'left/*')} ${query(window)};`)
}

const insert = (window: string) => `
  CREATE TABLE o (w TIMESTAMP(3), c BIGINT, s INT, m INT, d BIGINT)
  WITH ('connector' = 'filesystem', 'path' = '${join(folder, 'out')}', 'format' = 'changelog-json');
  INSERT INTO o ${query(window)};`

/** The rows that the sink's changes leave. */
async function written(): Promise<unknown[][]> {
  const names = (await readdir(join(folder, 'out'))).toSorted()
  const texts = await Promise.all(names.map(n => readFile(join(folder, 'out', n), 'utf8')))
  const rows = new Map<string, number>()
  for (const line of texts.join('').split('\n').filter(Boolean)) {
    const { op, data } = JSON.parse(line) as { op: Op; data: Record<string, unknown> }
    const { w, c, s, m, d } = data
    const row = JSON.stringify([Date.parse(`${w}Z`), c, s, m, d])
    rows.set(row, (rows.get(row) ?? 0) + (op === '+I' || op === '+U' ? 1 : -1))
  }
  expect([...rows.values()].every(count => count === 0 || count === 1)).toBe(true)
  return [...rows].filter(([, count]) => count === 1).map(([row]) => JSON.parse(row))
}

const sorted = (rows: readonly (readonly unknown[])[]) =>
  rows.map(row => JSON.stringify(row)).toSorted()

describe.each(Object.entries(WINDOWS))('a %s window', (_, window) => {
  it('counts the rows that are left, and gives nothing where none is', async () => {
    await give('1.ndjson', [...FIRST, ...SECOND])
    const expected = sorted(await left(window))
    expect(expected.length).toBeGreaterThan(0)
    await runSql(source() + insert(window))
    expect(sorted(await written())).toEqual(expected)
    expect(sorted(await rowsOf(`${source()} ${query(window)};`))).toEqual(expected)
  })

  it('takes back in a second run what came in the first', async () => {
    await give('1.ndjson', FIRST)
    const settings = { stateDir: join(folder, 'state') }
    const watched = source(", 'source.monitor-interval' = '5 ms'")
    const run = await startSql(watched + insert(window), settings)
    await expect.poll(() => run.job.recordsRead).toBe(FIRST.length)
    await run.stop()
    expect((await run.finished).outcome).not.toBe('finished')
    await give('2.ndjson', SECOND)
    await runSql(source() + insert(window), settings)
    expect(sorted(await written())).toEqual(sorted(await left(window)))
  })
})

describe('with allowed lateness', () => {
  it('takes back the result of a window that loses its last row', async () => {
    const late: Change[] = [
      ['+I', 1, 1, 10],
      ['+I', 2, 12, 20],
      ['+I', 3, 50, 30],
      ['-D', 1, 1, 10],
      ['-U', 2, 12, 20],
      ['+U', 2, 13, 25],
    ]
    await give('1.ndjson', late)
    await runSql(`SET 'table.allowed-lateness' = '60 s'; ${source()} ${insert(WINDOWS.tumble)}`)
    expect(sorted(await written())).toEqual(
      sorted([
        [20_000, 1, 25, 25, 1],
        [60_000, 1, 30, 30, 1],
      ]),
    )
  })
})

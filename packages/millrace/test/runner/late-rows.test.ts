// Rows that are late for a window: counted, taken in with `table.allowed-lateness`, and read as a table.

import { mkdtemp, readFile, readdir, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { messageOf, rowsOf, runSql } from './bad-input/sql-run.ts'

let folder: string
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'millrace-late-'))
})
afterEach(() => rm(folder, { recursive: true, force: true }))

/** Times in seconds, in the order of arrival; the watermark follows a second behind. */
const TIMES = [1, 3, 12, 2, 14, 27, 13, 5, 33, 26, 58, 1, 41, 57, 90, 35, 88]
const clock = (second: number) =>
  new Date(second * 1000).toISOString().slice(0, 19).replace('T', ' ')
const input = () =>
  writeFile(
    join(folder, 'in.ndjson'),
    TIMES.map((s, id) => `${JSON.stringify({ id, k: `k${id % 2}`, ts: clock(s) })}\n`).join(''),
  )

const tables = (lateness = '') => `
  ${lateness === '' ? '' : `SET 'table.allowed-lateness' = '${lateness}';`}
  CREATE TABLE t (id INT, k STRING, ts TIMESTAMP(3), WATERMARK FOR ts AS ts - INTERVAL '1' SECOND)
  WITH ('connector' = 'filesystem', 'path' = '${join(folder, 'in.ndjson')}', 'format' = 'json');`
const sink = (columns: string) => `
  CREATE TABLE o (${columns})
  WITH ('connector' = 'filesystem', 'path' = '${join(folder, 'out')}', 'format' = 'changelog-json');`

const WINDOWS = {
  tumble: "TUMBLE(TABLE t, DESCRIPTOR(ts), INTERVAL '10' SECOND)",
  hop: "HOP(TABLE t, DESCRIPTOR(ts), INTERVAL '5' SECOND, INTERVAL '20' SECOND)",
  cumulate: "CUMULATE(TABLE t, DESCRIPTOR(ts), INTERVAL '5' SECOND, INTERVAL '20' SECOND)",
}
const counts = (window: string) =>
  `SELECT k, window_start, window_end, COUNT(*) AS n, SUM(id) AS s FROM ${window} GROUP BY k, window_start, window_end`

interface Change {
  readonly op: '+I' | '-U' | '+U' | '-D'
  readonly data: object
}

async function changes(): Promise<Change[]> {
  const names = (await readdir(join(folder, 'out'))).toSorted()
  const texts = await Promise.all(names.map(n => readFile(join(folder, 'out', n), 'utf8')))
  return texts
    .join('')
    .trim()
    .split('\n')
    .filter(Boolean)
    .map(line => JSON.parse(line))
}

/** What is left after all changes, as sorted texts; taking back what is not there fails. */
function leftOf(list: readonly Change[]): string[] {
  const rows = new Map<string, number>()
  for (const { op, data } of list) {
    const row = JSON.stringify(Object.values(data))
    const count = (rows.get(row) ?? 0) + (op === '+I' || op === '+U' ? 1 : -1)
    expect(count).toBeGreaterThanOrEqual(0)
    if (count === 0) rows.delete(row)
    else rows.set(row, count)
  }
  return [...rows.keys()].toSorted()
}

const asText = (rows: readonly (readonly unknown[])[]) =>
  rows
    .map(([k, start, end, n, s]) => JSON.stringify([k, clockOf(start), clockOf(end), n, s]))
    .toSorted()
const clockOf = (ms: unknown) => clock((ms as number) / 1000)

describe.each(Object.entries(WINDOWS))('a %s window with allowed lateness', (_, window) => {
  const columns = 'k STRING, ws TIMESTAMP(0), we TIMESTAMP(0), n BIGINT, s INT'

  it('ends with what batch mode gives when no row is later than allowed', async () => {
    await input()
    await runSql(`${tables('100 s')} ${sink(columns)} INSERT INTO o ${counts(window)};`)
    const list = await changes()
    expect(list.some(c => c.op === '-U')).toBe(true)
    expect(leftOf(list)).toEqual(asText(await rowsOf(`${tables()} ${counts(window)};`)))
  })

  it('gives the same changes when every record is committed for itself', async () => {
    await input()
    const sql = `${tables('15 s')} ${sink(columns)} INSERT INTO o ${counts(window)};`
    await runSql(sql)
    const whole = await changes()
    await rm(join(folder, 'out'), { recursive: true })
    await runSql(sql, { stateDir: join(folder, 'state'), epochMs: 1 })
    expect(await changes()).toEqual(whole)
  })

  it('takes in exactly the rows that are not in the table of late rows', async () => {
    await input()
    const view = `CREATE VIEW v AS ${counts(window)};`
    for (const lateness of ['0 s', '15 s']) {
      const late = await runLate(`${tables(lateness)} ${view}`)
      const kept = TIMES.flatMap((s, id) =>
        late.includes(id) ? [] : [`${JSON.stringify({ id, k: `k${id % 2}`, ts: clock(s) })}\n`],
      )
      const result = await runCounts(lateness, window, columns)
      await writeFile(join(folder, 'in.ndjson'), kept.join(''))
      if (window.startsWith('TUMBLE'))
        expect(result).toEqual(asText(await rowsOf(`${tables()} ${counts(window)};`)))
      await input()
      expect(late.length).toBeGreaterThan(0)
    }
  })
})

async function runLate(script: string): Promise<number[]> {
  await runSql(`${script} ${sink('id INT')} INSERT INTO o SELECT id FROM v$late;`)
  const ids = (await changes()).map(c => (c.data as { id: number }).id)
  await rm(join(folder, 'out'), { recursive: true })
  return ids
}

async function runCounts(lateness: string, window: string, columns: string): Promise<string[]> {
  await runSql(`${tables(lateness)} ${sink(columns)} INSERT INTO o ${counts(window)};`)
  const left = leftOf(await changes())
  await rm(join(folder, 'out'), { recursive: true })
  return left
}

describe('the table of late rows', () => {
  it('holds what a session window drops', async () => {
    await input()
    const session = `CREATE VIEW v AS SELECT window_start, COUNT(*) AS n
      FROM SESSION(TABLE t, DESCRIPTOR(ts), INTERVAL '4' SECOND) GROUP BY window_start, window_end;`
    const late = await runLate(`${tables()} ${session}`)
    await runSql(
      `${tables()} ${session} ${sink('ws TIMESTAMP(3), n BIGINT')} INSERT INTO o SELECT * FROM v;`,
    )
    const taken = (await changes()).reduce((sum, c) => sum + (c.data as { n: number }).n, 0)
    expect(late.length).toBeGreaterThan(0)
    expect(taken + late.length).toBe(TIMES.length)
  })

  it('is refused for a view without a window, or with two', async () => {
    const plain = 'CREATE VIEW v AS SELECT id FROM t;'
    expect(
      await messageOf(
        runSql(`${tables()} ${plain} ${sink('id INT')} INSERT INTO o SELECT id FROM v$late;`),
      ),
    ).toMatch(/"v" has no window, so no row is too late for it/)
    const two = `CREATE VIEW a AS ${counts(WINDOWS.tumble)}; CREATE VIEW b AS ${counts(WINDOWS.hop)};
      CREATE VIEW v AS SELECT n FROM a UNION ALL SELECT n FROM b;`
    expect(
      await messageOf(
        runSql(`${tables()} ${two} ${sink('n BIGINT')} INSERT INTO o SELECT id FROM v$late;`),
      ),
    ).toMatch(/"v" has several windows/)
  })
})

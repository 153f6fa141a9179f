// Temporal joins with a view of versions that is filtered: what the filter drops still ends the version before it.

import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, it } from 'vitest'
import { createBuiltInRegistry } from '../../src/runner/built-in-registry.ts'
import { EmbeddedRunner } from '../../src/runner/embedded-runner.ts'
import { loadScript } from '../../src/runner/load-script.ts'

let folder: string
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'millrace-versions-'))
})
afterEach(() => rm(folder, { recursive: true, force: true }))

const at = (second: number) => `2024-03-01 12:00:${String(second).padStart(2, '0')}`
const give = (
  file: string,
  rows: readonly (readonly [currency: string, second: number, n: number])[],
) =>
  writeFile(
    join(folder, `${file}.ndjson`),
    rows
      .map(([currency, second, n]) => `${JSON.stringify({ currency, n, ts: at(second) })}\n`)
      .join(''),
  )

const table = (name: string) => `
  CREATE TABLE ${name} (currency STRING, n DOUBLE, ts TIMESTAMP(3), WATERMARK FOR ts AS ts)
  WITH ('connector' = 'filesystem', 'path' = '${folder}/${name}.ndjson', 'format' = 'json');`

async function joined(kind: string, mode: 'streaming' | 'batch'): Promise<unknown[]> {
  const { program, query } = loadScript(
    `${table('payments')} ${table('rates')}
     CREATE VIEW good AS SELECT currency, n, ts FROM
       (SELECT *, ROW_NUMBER() OVER (PARTITION BY currency ORDER BY ts DESC) AS rn FROM rates)
     WHERE rn = 1 AND n > 1;
     SELECT p.n AS id, r.n AS rate FROM payments AS p
     ${kind} JOIN good FOR SYSTEM_TIME AS OF p.ts AS r ON p.currency = r.currency;`,
    { name: 'versions', connectors: createBuiltInRegistry(), settings: { mode } },
  )
  if (!query) throw new TypeError('no query')
  const rows: unknown[] = []
  for await (const { row } of new EmbeddedRunner().query(program, query.plan)) rows.push(row)
  return rows.toSorted()
}

beforeEach(async () => {
  await give('rates', [
    ['USD', 10, 2],
    ['EUR', 11, 3],
    ['USD', 20, 0.5],
    ['USD', 30, 4],
    ['USD', 40, 5],
  ])
  await give('payments', [
    ['USD', 5, 1],
    ['USD', 15, 2],
    ['USD', 25, 3],
    ['EUR', 26, 4],
    ['USD', 35, 5],
    ['USD', 45, 6],
  ])
})

it('finds no version in place of a dropped one', async () => {
  expect(await joined('LEFT', 'streaming')).toEqual([
    [1, null],
    [2, 2],
    [3, null],
    [4, 3],
    [5, 4],
    [6, 5],
  ])
  expect(await joined('', 'streaming')).toEqual([
    [2, 2],
    [4, 3],
    [5, 4],
    [6, 5],
  ])
})

it('is refused in batch mode, where a view has only its last versions', async () => {
  await expect(joined('LEFT', 'batch')).rejects.toThrow(/only the last version/)
})

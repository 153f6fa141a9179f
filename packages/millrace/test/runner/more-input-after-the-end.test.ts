// Bounded input that grows between two runs on the same state.

import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, it } from 'vitest'
import { createBuiltInRegistry } from '../../src/runner/built-in-registry.ts'
import { EmbeddedRunner } from '../../src/runner/embedded-runner.ts'
import { loadScript } from '../../src/runner/load-script.ts'

let folder: string
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'millrace-more-'))
})
afterEach(() => rm(folder, { recursive: true, force: true }))

const give = (file: string, ...seconds: readonly number[]) =>
  writeFile(
    join(folder, file),
    seconds.map(s => `{"ts":"2024-01-01 00:00:${String(s).padStart(2, '0')}"}\n`).join(''),
  )

/** The seconds at which windows end, with their counts. */
async function run(): Promise<(readonly [number, unknown])[]> {
  const { program, query } = loadScript(
    `CREATE TABLE t (ts TIMESTAMP(3), WATERMARK FOR ts AS ts - INTERVAL '5' SECOND)
       WITH ('connector' = 'filesystem', 'path' = '${folder}/*.ndjson', 'format' = 'json');
     SELECT window_end, COUNT(*) AS n FROM TUMBLE(TABLE t, DESCRIPTOR(ts), INTERVAL '10' SECOND)
       GROUP BY window_start, window_end;`,
    {
      name: 'more',
      connectors: createBuiltInRegistry(),
      settings: { stateDir: join(folder, 'state') },
    },
  )
  if (!query) throw new TypeError('no query')
  const found: (readonly [number, unknown])[] = []
  for await (const { row } of new EmbeddedRunner().query(program, query.plan))
    found.push([((row[0] as number) / 1000) % 3600, row[1]])
  return found
}

it('drops rows for windows that data had closed, and opens those again that only the end had closed', async () => {
  await give('1.ndjson', 5, 25, 31)
  expect(await run()).toEqual([
    [10, 1],
    [30, 1],
    [40, 1],
  ])
  // The watermark of the data is at 26 s: 6 is late; 28 and 33 are not.
  await give('2.ndjson', 6, 28, 33, 50)
  expect(await run()).toEqual([
    [30, 1],
    [40, 1],
    [60, 1],
  ])
})

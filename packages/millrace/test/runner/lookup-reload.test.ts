// Files as the table of a look-up join, read again when they change.

import { appendFile, mkdir, mkdtemp, rename, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout } from 'node:timers/promises'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { createBuiltInRegistry } from '../../src/runner/built-in-registry.ts'
import { EmbeddedRunner } from '../../src/runner/embedded-runner.ts'
import { loadScript } from '../../src/runner/load-script.ts'
import { messageOf, rowsOf } from './bad-input/sql-run.ts'

let folder: string
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'millrace-lookup-'))
  await mkdir(join(folder, 'names'))
  await name(1, 'one')
  await ask(1)
})
afterEach(() => rm(folder, { recursive: true, force: true }))

/** Appears at once, as files that programs replace should. */
async function name(id: number, text: string, file = 'a.ndjson'): Promise<void> {
  await writeFile(join(folder, '.new'), `{"id":${id},"name":"${text}"}\n`)
  await rename(join(folder, '.new'), join(folder, 'names', file))
}

const ask = (id: number) => appendFile(join(folder, 'asked.ndjson'), `{"id":${id}}\n`)

const script = (lookup: string) => `
  CREATE TABLE asked (id INT, at_time AS PROCTIME()) WITH ('connector' = 'filesystem',
    'path' = '${folder}/asked.ndjson', 'format' = 'json', 'source.monitor-interval' = '5 ms');
  CREATE TABLE names (id INT, name STRING) WITH ('connector' = 'filesystem',
    'path' = '${folder}/names', 'format' = 'json' ${lookup});
  SELECT a.id, n.name FROM asked a LEFT JOIN names FOR SYSTEM_TIME AS OF a.at_time AS n ON a.id = n.id;`

/** Runs until `next` says after an answer that it is enough. */
async function answers(
  lookup: string,
  next: (answer: readonly unknown[], count: number) => Promise<boolean>,
): Promise<unknown[][]> {
  const { program, query } = loadScript(script(lookup), {
    name: 'lookup',
    connectors: createBuiltInRegistry(),
    settings: {},
  })
  if (!query) throw new TypeError('no query')
  const found: unknown[][] = []
  for await (const { row } of new EmbeddedRunner().query(program, query.plan)) {
    found.push([...row])
    if (await next(row, found.length)) break
  }
  return found
}

const INTERVALS: Readonly<Record<string, string>> = {
  'as its own option says':
    ", 'lookup.cache' = 'FULL', 'lookup.full-cache.periodic-reload.interval' = '5 ms'",
  'as often as it is looked for new files': ", 'source.monitor-interval' = '5 ms'",
}

describe('files as a look-up table', () => {
  for (const [title, options] of Object.entries(INTERVALS))
    it(`are read again when one is replaced, or another comes: ${title}`, async () => {
      const found = await answers(options, async ([id, text], count) => {
        if (count === 1) await name(1, 'uno')
        if (text === 'uno' && id === 1) await name(2, 'dos', 'b.ndjson')
        if (text === 'dos') return true
        await setTimeout(5)
        await ask(text === 'uno' || id === 2 ? 2 : 1)
        return false
      })
      expect(found[0]).toEqual([1, 'one'])
      // Between the two there may be rows for which there was no name yet.
      const texts = found.flatMap(([, text]) => (text === null ? [] : [text]))
      expect([...new Set(texts)]).toEqual(['one', 'uno', 'dos'])
    })

  it('stay as they were at the start where nothing says how often', async () => {
    const found = await answers('', async (_, count) => {
      if (count === 1) await name(1, 'uno')
      await setTimeout(30)
      await ask(1)
      return count === 3
    })
    expect(found.map(([, text]) => text)).toEqual(['one', 'one', 'one'])
  })

  it('end the run when they cannot be read any more', async () => {
    const run = answers(INTERVALS['as its own option says'] ?? '', async () => {
      await writeFile(join(folder, 'names/c.ndjson'), 'no JSON\n')
      return false
    })
    expect(await messageOf(run)).toContain('MR_DATA_MALFORMED: A record of names cannot be read')
  })

  it('take no other cache than the whole table', async () => {
    const run = rowsOf(script(", 'lookup.cache' = 'PARTIAL'"))
    expect(await messageOf(run)).toContain("'lookup.cache' = 'PARTIAL'")
  })
})

// Records beyond `source.max-record-bytes`, under each policy, and what is read around them.

import { mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { gzipSync } from 'node:zlib'
import { afterEach, beforeEach, expect, it } from 'vitest'
import { messageOf, runSql } from './sql-run.ts'

let folder: string
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'millrace-too-long-'))
})
afterEach(() => rm(folder, { recursive: true, force: true }))

const record = (id: number, length: number) => `{"id":${id},"s":"${'x'.repeat(length)}"}\n`
const TEXT = record(1, 500) + record(2, 2000) + record(3, 5)

async function copy(policy: string, bytes: string | Uint8Array = TEXT, file = 'in.ndjson') {
  await writeFile(join(folder, file), bytes)
  const run = await runSql(`
    CREATE TABLE t (id INT, s STRING) WITH ('connector' = 'filesystem', 'path' = '${folder}/${file}', 'format' = 'json',
      'source.max-record-bytes' = '1 kb', 'bad-records' = '${policy}');
    CREATE TABLE o (id INT) WITH ('connector' = 'filesystem', 'path' = '${folder}/out', 'format' = 'json');
    INSERT INTO o SELECT id FROM t;`)
  const [name] = await readdir(join(folder, 'out'))
  return { run, written: await readFile(join(folder, 'out', name ?? ''), 'utf8') }
}

const OTHERS = '{"id":1}\n{"id":3}\n'
const PROBLEM = `record at byte ${record(1, 500).length} of`

it('go to the dead letters with their place, not with their bytes', async () => {
  const { run, written } = await copy('dead-letter')
  expect(written).toBe(OTHERS)
  expect(run).toMatchObject({ recordsRead: 3, deadLetters: 1 })
  expect(run.letters[0]?.reason).toContain(
    `${PROBLEM} "${folder}/in.ndjson" is longer than 1024 bytes`,
  )
  expect(run.letters[0]?.bytes.length).toBeLessThan(300)
})

it('are found in compressed files', async () => {
  const { run, written } = await copy('dead-letter', gzipSync(TEXT), 'in.ndjson.gz')
  expect(written).toBe(OTHERS)
  expect(run.deadLetters).toBe(1)
})

it('are left out', async () => {
  const { run, written } = await copy('skip')
  expect(written).toBe(OTHERS)
  expect(run).toMatchObject({ recordsRead: 3, deadLetters: 0 })
})

it('end the run, with the option that allows them', async () => {
  const message = await messageOf(copy('fail'))
  expect(message).toContain('MR_DATA_MALFORMED: A record of t cannot be read: ')
  expect(message).toContain(PROBLEM)
  expect(message).toContain("Raise the table's 'source.max-record-bytes'")
})

// A disk that really fills: a tmpfs of 16 MiB, mounted for the test.

import { spawnSync } from 'node:child_process'
import { mkdir, mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { messageOf, runSql } from './sql-run.ts'

const ROWS = 120_000
let folder: string
let disk: string
let mountProblem: string | undefined

function mount(...args: readonly string[]): string | undefined {
  const { status, stderr, error } = spawnSync('mount', [...args])
  return status === 0 ? undefined : String(error?.message ?? stderr).trim()
}

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'millrace-full-disk-'))
  disk = join(folder, 'disk')
  await mkdir(disk)
  mountProblem = mount('-t', 'tmpfs', '-o', 'size=16m', 'tmpfs', disk)
  const row = (id: number) => `{"id":${id},"text":"${'0123456789'.repeat(20)}"}\n`
  await writeFile(
    join(folder, 'in.ndjson'),
    Array.from({ length: ROWS }, (_, i) => row(i)).join(''),
  )
})

afterAll(async () => {
  if (mountProblem === undefined) spawnSync('umount', [disk])
  await rm(folder, { recursive: true, force: true })
})

const makeLarger = (): void => {
  expect(mount('-o', 'remount,size=256m', disk)).toBeUndefined()
}
const makeSmaller = async (): Promise<void> => {
  for (const name of await readdir(disk)) await rm(join(disk, name), { recursive: true })
  expect(mount('-o', 'remount,size=16m', disk)).toBeUndefined()
}

const script = (out: string) => `
  CREATE TABLE t (id INT, text STRING)
  WITH ('connector' = 'filesystem', 'path' = '${join(folder, 'in.ndjson')}', 'format' = 'json');
  CREATE TABLE o (id INT, text STRING)
  WITH ('connector' = 'filesystem', 'path' = '${out}', 'format' = 'json',
        'sink.rolling-policy.file-size' = '4 mb');
  INSERT INTO o SELECT id, text FROM t;`

async function copiedIds(out: string): Promise<number[]> {
  const number = (name: string) => Number(name.slice(name.lastIndexOf('-') + 1))
  const names = (await readdir(out)).toSorted((a, b) => number(a) - number(b))
  const texts = await Promise.all(names.map(name => readFile(join(out, name), 'utf8')))
  return texts.flatMap(t => t.trimEnd().split('\n')).map(line => JSON.parse(line).id)
}

describe('a full disk', () => {
  const everyId = Array.from({ length: ROWS }, (_, i) => i)

  it('under the sink stops the run with a message; with room again the run goes on, nothing lost or doubled', async context => {
    if (mountProblem !== undefined) return context.skip(`mount is not permitted: ${mountProblem}`)
    await makeSmaller()
    const out = join(disk, 'out')
    const settings = { stateDir: join(folder, 'state-1'), epochMs: 5 }
    const message = await messageOf(runSql(script(out), settings))
    expect(message).toMatch(/^MR_SINK_FAILED: .*\/disk\/out.*ENOSPC: no space left on device/)
    makeLarger()
    await runSql(script(out), settings)
    expect(await copiedIds(out)).toEqual(everyId)
  }, 60_000)

  it('under the state stops the run and names the folder; with room again the run goes on', async context => {
    if (mountProblem !== undefined) return context.skip(`mount is not permitted: ${mountProblem}`)
    await makeSmaller()
    const out = join(folder, 'out-2')
    const settings = { stateDir: join(disk, 'state'), epochMs: 5 }
    await writeFile(join(disk, 'ballast'), new Uint8Array(16 * 2 ** 20 - 2 * 4096))
    const message = await messageOf(runSql(script(out), settings))
    expect(message).toMatch(/^MR_STATE_IO: .*\/disk\/state": .*ENOSPC.*its disk has space\./)
    makeLarger()
    await runSql(script(out), settings)
    expect(await copiedIds(out)).toEqual(everyId)
  }, 60_000)
})

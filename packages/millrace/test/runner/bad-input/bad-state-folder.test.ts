// State folders that cannot be used, or belong to others, and disks that refuse.

import { chmod, copyFile, mkdir, mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { SimulatedDisk } from '@millrace/testing'
import { nodePorts } from '../../../src/runner/node-ports.ts'
import { discardState } from '../../../src/runner/state/create-state-backend.ts'
import { DurableStateBackend } from '../../../src/runner/state/durable-state-backend.ts'
import { messageOf, runSql, startSql } from './sql-run.ts'

let folder: string
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'millrace-bad-state-'))
  await writeFile(join(folder, 'in.ndjson'), '{"id":1}\n{"id":2}\n{"id":2}\n')
})
afterEach(() => rm(folder, { recursive: true, force: true }))

const script = (
  sink = `'connector' = 'filesystem', 'path' = '${join(folder, 'out')}', 'format' = 'json'`,
) => `
  CREATE TABLE t (id INT)
  WITH ('connector' = 'filesystem', 'path' = '${join(folder, 'in.ndjson')}', 'format' = 'json');
  CREATE TABLE o (id INT) WITH (${sink});
  INSERT INTO o SELECT id FROM t;`
const state = () => join(folder, 'state')

async function copiedIds(): Promise<string> {
  const names = (await readdir(join(folder, 'out'))).toSorted()
  const texts = await Promise.all(names.map(name => readFile(join(folder, 'out', name), 'utf8')))
  return texts.join('')
}

/** Runs `work` as somebody who may not write to the folder. */
async function withoutRights<T>(path: string, work: () => Promise<T>): Promise<T> {
  const isRoot = process.geteuid?.() === 0
  await chmod(folder, 0o755)
  await chmod(path, 0o555)
  if (isRoot) process.seteuid?.(NOBODY)
  try {
    return await work()
  } finally {
    if (isRoot) process.seteuid?.(0)
    await chmod(path, 0o755)
  }
}

/** Root may write anywhere, so root's tests become this user for a while. */
const NOBODY = 65534

describe('a state folder', () => {
  it('that is a file is named, with the reason and what to do', async () => {
    await writeFile(state(), 'a file')
    const message = await messageOf(runSql(script(), { stateDir: state() }))
    expect(message).toMatch(/^MR_STATE_IO: Cannot open ".*\/state": EEXIST.*Check that the folder/)
    expect(await readFile(state(), 'utf8')).toBe('a file')
  })

  it('below a file is named, too', async () => {
    await writeFile(join(folder, 'file'), '')
    const stateDir = join(folder, 'file', 'state')
    expect(await messageOf(runSql(script(), { stateDir }))).toMatch(/^MR_STATE_IO: .*ENOTDIR/)
  })

  it('that may not be written to is named', async () => {
    const locked = join(folder, 'locked')
    await mkdir(locked)
    const message = await withoutRights(locked, () =>
      messageOf(runSql(script(), { stateDir: join(locked, 'state') })),
    )
    expect(message).toMatch(/^MR_STATE_IO: Cannot open ".*\/locked\/state": EACCES.*is writable/)
  })

  it('of another program is refused and left as it was', async () => {
    const backend = new DurableStateBackend({
      folder: state(),
      ports: nodePorts(),
      lock: async () => ({ release: async () => {} }),
    })
    await backend.open({ name: 'orders' })
    await backend.close()
    const before = await readFile(join(state(), 'manifest'))
    const message = await messageOf(runSql(script(), { stateDir: state() }))
    expect(message).toMatch(
      /^MR_STATE_INCOMPATIBLE: .*"orders".*"script".*Use another state folder/,
    )
    expect(await readFile(join(state(), 'manifest'))).toEqual(before)
  })

  it('of another version of the format is refused', async () => {
    await runSql(script(), { stateDir: state() })
    const manifest = await readFile(join(state(), 'manifest'))
    manifest[5] = 9
    await writeFile(join(state(), 'manifest'), manifest)
    const message = await messageOf(runSql(script(), { stateDir: state() }))
    expect(message).toMatch(
      /^MR_STATE_INCOMPATIBLE: .*format version "9".*Use another state folder/,
    )
  })

  it('in use by another instance is refused with its process', async () => {
    const generator = `'connector' = 'datagen', 'rows-per-second' = '10'`
    const endless = script(`'connector' = 'blackhole'`).replace(
      /'connector' = 'filesystem'.*/,
      `${generator});`,
    )
    const stop = new AbortController()
    const settings = { stateDir: state() }
    const first = await startSql(endless, settings, { signal: stop.signal })
    const message = await messageOf(runSql(script(), settings))
    stop.abort()
    await first.finished
    expect(message).toBe(
      `MR_STATE_LOCKED: The state in "${state()}" is in use by process ${process.pid}. Stop that process, or give this program a state folder of its own.`,
    )
  })
})

describe('a fresh start', () => {
  it('discards the state, whatever program it was of', async () => {
    await runSql(script(), { stateDir: state() })
    await rm(join(folder, 'out'), { recursive: true })
    await runSql(script(), { stateDir: state(), fresh: true })
    expect(await copiedIds()).toBe('{"id":1}\n{"id":2}\n{"id":2}\n')
  })

  it('keeps files that are not of the state', async () => {
    await runSql(script(), { stateDir: state() })
    await writeFile(join(state(), 'letter.txt'), 'mine')
    await mkdir(join(state(), 'photos'))
    await discardState(state(), nodePorts())
    expect((await readdir(state())).toSorted()).toEqual(['letter.txt', 'photos'])
  })

  it('touches nothing in a folder that holds no state', async () => {
    await mkdir(state())
    await copyFile(join(folder, 'in.ndjson'), join(state(), 'in.ndjson'))
    await discardState(state(), nodePorts())
    expect(await readdir(state())).toEqual(['in.ndjson'])
  })
})

describe('a disk that fails', () => {
  const lock = async () => ({ release: async () => {} })
  const sink = `'connector' = 'blackhole'`

  /** Runs on a simulated disk that fails at the n-th operation; gives the message, or nothing when it did not get there. */
  async function runOn(disk: SimulatedDisk): Promise<string | undefined> {
    const ports = { ...nodePorts(), disk }
    const backend = new DurableStateBackend({ folder: '/state', ports, lock })
    try {
      return await messageOf(runSql(script(sink), {}, { ports, backend }))
    } catch (error) {
      if ((error as Error).message !== 'it did not fail') throw error
      return undefined
    }
  }

  it.each(['EIO', 'ENOSPC'])(
    'with %s at any write or sync stops the run, and names the folder',
    async code => {
      for (let at = 1; ; at++) {
        const disk = new SimulatedDisk()
        disk.fault = { kind: 'error', at, code }
        const message = await runOn(disk)
        if (disk.operations.length < at) break
        // Everything was committed before: the failure concerned the tidying up at the end.
        if (message === undefined) continue
        expect(message, `operation ${at}, ${disk.operations.at(-1)}`).toMatch(
          new RegExp(`^MR_(STATE_IO|STATE_POISONED|IO_FAILED): .*${code}.*(Check|Repair|Free)`),
        )
        disk.kill()
        expect(await runOn(disk)).toBeUndefined()
      }
    },
  )
})

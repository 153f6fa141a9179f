import { execFile } from 'node:child_process'
import { mkdtemp, readdir, readFile, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { promisify } from 'node:util'
import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { ownerOf } from '../../src/runner/parallel/parallel-nodes.ts'
import { event, writeLines } from '../support/engine.ts'

// Real processes with threads on shared machines.
vi.setConfig({ testTimeout: 180_000 })

const PROGRAM = fileURLToPath(new URL('parallel-program.ts', import.meta.url))

let folder: string
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'millrace-parallel-'))
  const lines = Array.from({ length: 6000 }, (_, i) =>
    event(`k${(i * 7919) % 97}`, i, i * 20 - ((i * 13) % 11) * 500),
  )
  await writeLines(join(folder, 'in.ndjson'), lines)
})
afterEach(() => rm(folder, { recursive: true, force: true }))

interface Outcome {
  readonly outcome: string
  readonly lateRecords: number
  readonly operators: readonly { readonly recordsIn: number; readonly recordsOut: number }[]
}

async function run(name: string, parallelism: number, ...more: string[]): Promise<Outcome> {
  const args = [join(folder, 'in.ndjson'), join(folder, name), String(parallelism), ...more]
  const { stdout } = await promisify(execFile)(process.execPath, [PROGRAM, ...args])
  return JSON.parse(stdout) as Outcome
}

async function outputOf(name: string): Promise<string[]> {
  const out = join(folder, name)
  const files = (await readdir(out)).filter(f => !f.startsWith('.'))
  const texts = await Promise.all(files.map(f => readFile(join(out, f), 'utf8')))
  return texts.join('').trim().split('\n').sort()
}

test('two workers give what one thread gives, the late records too', async () => {
  const one = await run('one', 1)
  const two = await run('two', 2)
  expect(one.lateRecords).toBeGreaterThan(0)
  expect(two.lateRecords).toBe(one.lateRecords)
  expect(two.operators.map(o => [o.recordsIn, o.recordsOut])).toEqual(
    one.operators.map(o => [o.recordsIn, o.recordsOut]),
  )
  expect(await outputOf('two')).toEqual(await outputOf('one'))
})

test('workers go on from their part of the state', async () => {
  await run('whole', 1)
  let outcome = 'stopped'
  let runs = 0
  while (outcome === 'stopped') {
    // With another number of workers at each start: the state is divided anew.
    const result = await run('parts', 1 + (runs % 3), join(folder, 'state'), '1500')
    outcome = result.outcome
    runs++
  }
  expect(runs).toBeGreaterThan(2)
  expect(await outputOf('parts')).toEqual(await outputOf('whole'))
})

test('every key group has one owner, each worker about the same number', () => {
  const owners = Array.from({ length: 128 }, (_, group) => ownerOf(group, 3))
  expect(owners).toEqual(owners.toSorted((a, b) => a - b))
  const counts = [0, 1, 2].map(w => owners.filter(o => o === w).length)
  expect(Math.max(...counts) - Math.min(...counts)).toBeLessThanOrEqual(1)
})

import { mkdtemp, readdir, readFile, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { createUnion } from '../../src/plan/create-node.ts'
import type { PlanNode } from '../../src/plan/node.ts'
import { EmbeddedRunner } from '../../src/runner/embedded-runner.ts'
import {
  changesOf,
  event,
  events,
  fileTable,
  finalRows,
  grouped,
  program,
  sinkTo,
  START_MS,
  table,
  where,
  windowed,
  writeLines,
} from '../support/engine.ts'

let folder: string
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'millrace-runner-'))
})
afterEach(() => rm(folder, { recursive: true, force: true }))

const TUMBLE = { kind: 'tumble', sizeMs: 1000, offsetMs: 0 } as const
const HOP = { kind: 'hop', sizeMs: 3000, slideMs: 1000, offsetMs: 0 } as const

/** Disorder beyond the watermark's delay: some rows are late. */
const disordered = (count: number, seed = 7) =>
  Array.from({ length: count }, (_, i) =>
    event(`k${(i * seed) % 5}`, i, i * 100 - ((i * 13) % 11) * 150),
  )

describe('windows', () => {
  test('fires a window when the watermark reaches its end and drops rows that come later', async () => {
    const path = join(folder, 'in.ndjson')
    await writeLines(path, [
      event('a', 1, 0),
      event('a', 2, 900),
      event('a', 3, 1400), // watermark 900: the first window is still open
      event('a', 4, 100),
      event('a', 5, 1450),
      event('a', 6, 1600), // watermark 1100: the first window has fired
      event('a', 7, 50), // late
    ])
    const changes = await changesOf(windowed(events(fileTable('t', path), 500), TUMBLE))
    expect(changes.map(c => [c.kind, ...c.row])).toEqual([
      ['+I', 'a', START_MS, START_MS + 1000, 3, 7],
      ['+I', 'a', START_MS + 1000, START_MS + 2000, 3, 14],
    ])
  })

  test('counts a late row in the hopping windows that have not fired', async () => {
    const path = join(folder, 'in.ndjson')
    await writeLines(path, [event('a', 1, 0), event('a', 10, 2000), event('a', 100, 500)])
    // At the third row the windows ending at 1000 and 2000 have fired, the one ending at 3000 has not.
    const changes = await changesOf(windowed(events(fileTable('t', path), 0), HOP))
    expect(changes.map(c => [(c.row[2] as number) - START_MS, c.row[4]])).toEqual([
      [1000, 1],
      [2000, 1],
      [3000, 111],
      [4000, 10],
      [5000, 10],
    ])
  })
})

describe('the order law', () => {
  test.each([
    ['a tumbling window', (p: string) => windowed(events(fileTable('t', p), 300), TUMBLE)],
    ['a hopping window', (p: string) => windowed(events(fileTable('t', p), 300), HOP)],
    ['a group', (p: string) => grouped(events(fileTable('t', p), 300))],
  ])('gives the same changes of %s with batches of 1 and of 1,000', async (_, plan) => {
    const path = join(folder, 'in.ndjson')
    await writeLines(path, disordered(500))
    const one = await changesOf(plan(path), {}, { batchRecords: 1 })
    const many = await changesOf(plan(path), {}, { batchRecords: 1000 })
    expect(one).toEqual(many)
    expect(one.length).toBeGreaterThan(10)
  })

  test('reads several inputs in an order that follows their data only', async () => {
    const [a, b] = [join(folder, 'a.ndjson'), join(folder, 'b.ndjson')]
    await writeLines(a, disordered(400, 3))
    await writeLines(b, disordered(90, 11))
    const plan = () => {
      const inputs = [events(fileTable('a', a), 300), events(fileTable('b', b), 300)]
      return windowed(createUnion(inputs), TUMBLE)
    }
    const one = await changesOf(plan(), {}, { batchRecords: 1 })
    const many = await changesOf(plan(), { epochMs: 1 }, { batchRecords: 1000 })
    expect(one).toEqual(many)
  })
})

describe('modes', () => {
  test('batch emits only final rows, and nothing is late in it', async () => {
    const path = join(folder, 'in.ndjson')
    await writeLines(path, disordered(300))
    const plan = () => windowed(events(fileTable('t', path), 0), TUMBLE)
    const batch = await changesOf(plan(), { mode: 'batch' })
    expect(new Set(batch.map(c => c.kind))).toEqual(new Set(['+I']))
    expect(batch.reduce((sum, c) => sum + (c.row[3] as number), 0)).toBe(300)
    const streaming = await changesOf(plan())
    expect(streaming.reduce((sum, c) => sum + (c.row[3] as number), 0)).toBeLessThan(300)
  })

  test('an unwindowed group ends with the same rows in both modes', async () => {
    const path = join(folder, 'in.ndjson')
    await writeLines(path, disordered(300))
    const plan = () => grouped(where(events(fileTable('t', path), 0), 1, '>', 50))
    expect(finalRows(await changesOf(plan(), { mode: 'batch' }))).toEqual(
      finalRows(await changesOf(plan())),
    )
  })

  test('refuses batch mode over input that never ends', async () => {
    const endless = table('gen', 'datagen', { 'rows-per-second': '10' })
    await expect(changesOf(grouped(events(endless, 0)), { mode: 'batch' })).rejects.toMatchObject({
      code: 'MR_PLAN_UNBOUNDED',
    })
  })
})

describe('bad records', () => {
  const bad = [event('a', 1, 0), '{"k": "b", "v": tru', event('a', 2, 10)]

  test('a query fails at one, naming file, offset and record', async () => {
    const path = join(folder, 'in.ndjson')
    await writeLines(path, bad)
    await expect(changesOf(grouped(events(fileTable('t', path), 0)))).rejects.toThrow(
      /in\.ndjson.*tru/s,
    )
  })

  test('a run puts it aside with its bytes, and counts every record once', async () => {
    const path = join(folder, 'in.ndjson')
    await writeLines(path, bad)
    const plan = grouped(events(fileTable('t', path), 0))
    const sinks = [sinkTo(plan, table('out', 'blackhole', {}))]
    const run = await new EmbeddedRunner().start(program('dead', {}, sinks))
    const result = await run.finished
    expect(result).toMatchObject({ recordsRead: 3, deadLetters: 1, outcome: 'finished' })
    const [letter] = run.job.letters.recent
    expect(new TextDecoder().decode(letter?.bytes)).toContain('{"k": "b", "v": tru')
    expect(letter?.split).toContain('in.ndjson')
  })
})

describe('durable state', () => {
  const lines = disordered(4000)

  async function outputOf(out: string): Promise<string[]> {
    const files = (await readdir(out)).filter(f => !f.startsWith('.')).sort()
    const texts = await Promise.all(files.map(f => readFile(join(out, f), 'utf8')))
    return texts.join('').trim().split('\n').sort()
  }

  function job(path: string, name: string, rate?: string) {
    const source = fileTable('t', path, rate ? { 'source.rate-limit': rate } : {})
    const plan = windowed(events(source, 300), HOP)
    const sink = sinkTo(plan, fileTable('out', join(folder, name)))
    return program('windows', { stateDir: join(folder, `state-${name}`), epochMs: 10 }, [sink])
  }

  test('goes on after a stop exactly where it was', async () => {
    const path = join(folder, 'in.ndjson')
    await writeLines(path, lines)
    const whole = await new EmbeddedRunner().start(job(path, 'whole'))
    await whole.finished
    let outcome = 'stopped'
    let runs = 0
    while (outcome === 'stopped') {
      const run = await new EmbeddedRunner().start(job(path, 'parts', '10000'))
      const timer = setTimeout(() => void run.stop(), 60)
      outcome = (await run.finished).outcome
      clearTimeout(timer)
      runs++
    }
    expect(runs).toBeGreaterThan(2)
    expect(await outputOf(join(folder, 'parts'))).toEqual(await outputOf(join(folder, 'whole')))
  })

  test('refuses state of operators that the program no longer has, and drops it when told to', async () => {
    const path = join(folder, 'in.ndjson')
    await writeLines(path, lines)
    const settings = { stateDir: join(folder, 'state-orphan'), epochMs: 10 }
    const source = events(fileTable('t', path), 300)
    const sinkOf = (plan: PlanNode) => [sinkTo(plan, table('out', 'blackhole', {}))]
    const before = program('orphan', settings, sinkOf(grouped(source)))
    await (await new EmbeddedRunner().start(before)).finished
    const after = (more = {}) =>
      program('orphan', { ...settings, ...more }, sinkOf(where(source, 1, '>', 5)))
    await expect(new EmbeddedRunner().start(after())).rejects.toMatchObject({
      code: 'MR_STATE_INCOMPATIBLE',
      message: expect.stringContaining('group-aggregate'),
    })
    const run = await new EmbeddedRunner().start(after({ allowOrphanedState: true }))
    expect((await run.finished).outcome).toBe('finished')
  })

  test('a second start after the end does nothing', async () => {
    const path = join(folder, 'in.ndjson')
    await writeLines(path, lines)
    const first = await (await new EmbeddedRunner().start(job(path, 'twice'))).finished
    const again = await (await new EmbeddedRunner().start(job(path, 'twice'))).finished
    expect(first.rowsWritten).toBeGreaterThan(0)
    expect(again).toMatchObject({ outcome: 'finished', rowsWritten: 0, recordsRead: 0 })
  })
})

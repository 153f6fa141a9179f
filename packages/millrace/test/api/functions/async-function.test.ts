// Async functions: order, bounds, failures, watermarks, restarts.

import { mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import {
  type AsyncPolicy,
  asyncFunction,
  callback,
  count,
  EmbeddedRunner,
  files,
  json,
  memory,
  Millrace,
  t,
  tumble,
} from '../../../src/index.ts'
import { slowSquare } from './fixture-functions.ts'

const pause = (ms: number) => new Promise(resolve => setTimeout(resolve, ms))

function createApp(rows: number, settings: ConstructorParameters<typeof Millrace>[1] = {}) {
  const app = new Millrace('async', settings)
  const input = app.table('input', {
    source: memory(Array.from({ length: rows }, (_, n) => ({ n, at: n * 100 }))),
    schema: { n: t.int(), at: t.timestamp() },
    watermark: { column: 'at' },
  })
  app.function('SLOW_SQUARE', slowSquare)
  return { app, input }
}

describe('an async function', () => {
  it('gives its values in the order of the rows, in SQL and over columns', async () => {
    const { app, input } = createApp(40)
    const sql = app.sql`SELECT n, SLOW_SQUARE(n) AS square FROM input`
    const typed = input.select(r => ({ n: r.n, square: slowSquare(r.n) }))
    const expected = Array.from({ length: 40 }, (_, n) => ({ n, square: n * n }))
    expect(await sql.collect()).toEqual(expected)
    expect(await typed.collect()).toEqual(expected)
    expect(typed.explain()).toBe(sql.explain())
  })

  it('is called for at most so many rows at once, and with less for what filters before', async () => {
    let inFlight = 0
    let most = 0
    let calls = 0
    const { app } = createApp(30)
    app.function(
      'ASKED',
      asyncFunction({
        args: [t.int()],
        returns: t.boolean(),
        concurrency: 4,
        async eval(n) {
          calls++
          most = Math.max(most, ++inFlight)
          await pause(1)
          inFlight--
          return n % 10 === 0
        },
      }),
    )
    const rows = await app.sql`SELECT n FROM input WHERE ASKED(n) AND n < 15`.collect()
    expect(rows).toEqual([{ n: 0 }, { n: 10 }])
    expect({ most, calls }).toEqual({ most: 4, calls: 15 })
  })

  it('may take the value of another, and is called once for equal calls', async () => {
    let calls = 0
    const { app } = createApp(3)
    const next = asyncFunction({
      args: [t.int()],
      returns: t.int(),
      async eval(n) {
        calls++
        return n + 1
      },
    })
    app.function('NEXT_', next)
    const rows = await app.sql`SELECT NEXT_(NEXT_(n)) AS a, NEXT_(n) * 10 AS b FROM input`.collect()
    expect(rows).toEqual([
      { a: 2, b: 10 },
      { a: 3, b: 20 },
      { a: 4, b: 30 },
    ])
    expect(calls).toBe(6)
  })

  it('lets the watermark pass with its rows: windows behind it lose nothing', async () => {
    const { app, input } = createApp(35)
    const seen: unknown[] = []
    input
      .withColumns(r => ({ square: slowSquare(r.n) }))
      .window(tumble('at', '1s'))
      .groupBy()
      .select({ rows: count(), squares: count('square') })
      .select('window_start', 'rows', 'squares')
      .into(callback(({ row }) => void seen.push(Object.values(row as object))))
    expect(await app.run()).toMatchObject({ lateRecords: 0 })
    expect(seen).toEqual([
      [0, 10n, 10n],
      [1000, 10n, 10n],
      [2000, 10n, 10n],
      [3000, 5n, 5n],
    ])
  })

  describe('that fails', () => {
    async function run(policy: AsyncPolicy, failures: number, badRecords = 'dead-letter') {
      const { app, input } = createApp(3, { options: new Map([['bad-records', badRecords]]) })
      const attempts = new Map<number, number>()
      const signals: AbortSignal[] = []
      const flaky = asyncFunction({
        name: 'FLAKY',
        args: [t.int()],
        returns: t.int(),
        ...policy,
        async eval(n, { signal }) {
          signals.push(signal)
          const attempt = (attempts.get(n) ?? 0) + 1
          attempts.set(n, attempt)
          if (n !== 1 || attempt > failures) return n
          if (policy.timeout !== undefined) await pause(60)
          throw new Error(`attempt ${attempt}`)
        },
      })
      const seen: unknown[] = []
      input
        .select(r => ({ n: flaky(r.n) }))
        .into(callback(({ row }) => void seen.push((row as { n: number }).n)))
      const { deadLetters } = await app.run()
      return { seen, deadLetters, attempts: attempts.get(1), signals }
    }

    it('is called again, as often as it may be', async () => {
      const retry = { attempts: 3, delay: 1 }
      expect(await run({ retry }, 2)).toMatchObject({
        seen: [0, 1, 2],
        deadLetters: 0,
        attempts: 3,
      })
      expect(await run({ retry }, 9)).toMatchObject({ seen: [0, 2], deadLetters: 1, attempts: 3 })
    })

    it('is given up after its time, and told so', async () => {
      const { signals, ...result } = await run({ timeout: 10 }, 9)
      expect(result).toMatchObject({ seen: [0, 2], deadLetters: 1, attempts: 1 })
      expect(signals[1]?.aborted).toBe(true)
    })

    it('ends the job under the policy to fail, and names itself and its arguments', async () => {
      await expect(run({}, 9, 'fail')).rejects.toMatchObject({
        code: 'MR_DATA_EVALUATION',
        message: expect.stringMatching(
          /^FLAKY\(1\) threw: attempt 1\nIt arose on a row of .*: \[.*\]$/,
        ),
      })
    })
  })

  it('is refused where rows cannot wait for it', async () => {
    const { app } = createApp(3)
    await expect(app.sql`SELECT SUM(SLOW_SQUARE(n)) AS s FROM input`.collect()).rejects.toThrow(
      /SLOW_SQUARE stands where rows cannot wait/,
    )
    const rows = await app.sql`
      SELECT SUM(s) AS s FROM (SELECT SLOW_SQUARE(n) AS s FROM input)`.collect()
    expect(rows).toEqual([{ s: 5 }])
  })
})

describe('an epoch', () => {
  let folder: string
  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), 'millrace-async-'))
    const lines = Array.from({ length: 300 }, (_, n) => JSON.stringify({ n }))
    await writeFile(join(folder, 'in.ndjson'), `${lines.join('\n')}\n`)
  })
  afterEach(() => rm(folder, { recursive: true, force: true }))

  it('is cut when all its rows are answered: restarts lose none and repeat none', async () => {
    let runs = 0
    for (let outcome = 'stopped'; outcome === 'stopped'; runs++) {
      const app = new Millrace('async', { stateDir: join(folder, 'state'), epochMs: 5 })
      const options = { 'source.rate-limit': '1500' }
      app
        .table('input', {
          source: files(join(folder, 'in.ndjson'), { options }),
          schema: { n: t.int() },
        })
        .select(r => ({ n: r.n, square: slowSquare(r.n) }))
        .into(files(join(folder, 'out'), { format: json() }))
      const run = await new EmbeddedRunner().start(app.program())
      const watch = setInterval(() => run.job.recordsRead > 90 * (runs + 1) && run.stop(), 1)
      outcome = (await run.finished).outcome
      clearInterval(watch)
    }
    expect(runs).toBeGreaterThan(1)
    const names = (await readdir(join(folder, 'out'))).filter(f => !f.startsWith('.')).sort()
    const texts = await Promise.all(names.map(f => readFile(join(folder, 'out', f), 'utf8')))
    const rows = texts
      .join('')
      .trim()
      .split('\n')
      .map(line => JSON.parse(line))
    expect(rows).toEqual(Array.from({ length: 300 }, (_, n) => ({ n, square: n * n })))
  })
})

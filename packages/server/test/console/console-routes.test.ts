// The console over real jobs and real HTTP.

import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { duckdb } from '@millrace/duckdb'
import { type AdHocQuery, type EmbeddedRun, live, Millrace, t } from 'millrace'
import { describe, expect, it, onTestFinished } from 'vitest'
import { linesOf, post, resultOf, serve, startJob } from './console-harness.ts'

const ENDLESS = `CREATE TABLE ticks (n BIGINT) WITH ('connector' = 'datagen', 'fields.n.kind' = 'sequence',
  'fields.n.start' = '0', 'fields.n.end' = '1000000000', 'source.rate-limit' = '2000');`
const NUMBERS = `CREATE TABLE numbers (n BIGINT) WITH ('connector' = 'datagen', 'fields.n.kind' = 'sequence',
  'fields.n.start' = '1', 'fields.n.end' = '1000');`
const COUNTS = `${ENDLESS} ${NUMBERS}
  CREATE TABLE counts (k BIGINT, c BIGINT, PRIMARY KEY (k) NOT ENFORCED) WITH ('connector' = 'live');
  INSERT INTO counts SELECT MOD(n, 3), COUNT(*) FROM ticks GROUP BY MOD(n, 3);`

const timers = () => process.getActiveResourcesInfo().filter(r => r === 'Timeout').length

describe('queries', () => {
  it("read the program's sources again, and leave the job where it is", async () => {
    const server = await serve(await startJob(COUNTS))
    const result = await resultOf(server, 'SELECT COUNT(*) AS n, SUM(n) AS total FROM numbers')
    expect(result).toMatchObject({
      columns: [
        { name: 'n', type: 'BIGINT NOT NULL' },
        { name: 'total', type: 'BIGINT' },
      ],
      rows: [['+I', 1000, 500500]],
      end: { reason: 'finished', rows: 1, recordsRead: 1000 },
    })
  })

  it('see live tables as they stand, and in streaming mode their changes', async () => {
    const run = await startJob(COUNTS)
    const server = await serve(run)
    await expect
      .poll(async () => (await resultOf(server, 'SELECT k FROM counts')).rows)
      .toHaveLength(3)
    const stop = new AbortController()
    const response = await post(
      server,
      'queries',
      { text: 'SELECT SUM(c) AS total FROM counts', mode: 'streaming' },
      stop.signal,
    )
    const totals: number[] = []
    const kinds = new Set<string>()
    for await (const line of linesOf(response)) {
      for (const [kind, total] of (line['rows'] ?? []) as [string, number][]) {
        kinds.add(kind)
        if (kind === '+U' || kind === '+I') totals.push(total)
      }
      if (totals.length > 20 && (totals.at(-1) as number) > (totals[0] as number)) break
    }
    stop.abort()
    expect(kinds).toContain('+U')
    expect(kinds).toContain('-U')
    expect(run.job.sinks[0]?.writer.appliedEpoch).toBeGreaterThan(0)
  })

  it('read the warehouse while the job writes it', async () => {
    const folder = await mkdtemp(join(tmpdir(), 'console-'))
    onTestFinished(() => rm(folder, { recursive: true }))
    const script = `${ENDLESS}
      CREATE TABLE facts (n BIGINT) WITH ('connector' = 'duckdb', 'path' = 'w.duckdb');
      INSERT INTO facts SELECT n FROM ticks;`
    const run = await startJob(script, folder)
    const server = await serve(run)
    const count = async () =>
      ((await resultOf(server, 'SELECT COUNT(*) FROM facts'))['rows'] as [string, number][])[0]?.[1]
    await expect.poll(count, { timeout: 15_000, interval: 300 }).toBeGreaterThan(100)
    await run.stop()
    const written = run.job.rowsWritten
    expect(await count()).toBe(written)
  })

  it('read what a program in TypeScript writes, by the names that its sinks have', async () => {
    const folder = await mkdtemp(join(tmpdir(), 'console-'))
    onTestFinished(() => rm(folder, { recursive: true }))
    const app = new Millrace('typed', { baseFolder: folder, epochMs: 20 })
    const numbers = app.values({ n: t.int() }, [{ n: 1 }, { n: 2 }])
    numbers.into(duckdb('w.duckdb', 'written', { commitInterval: '1 s' }))
    numbers.into(live('held'))
    const run = (await app.start()) as EmbeddedRun
    await run.finished
    const server = await serve(run)
    const sum = async (table: string) =>
      (await resultOf(server, `SELECT SUM(n) FROM ${table}`))['rows']
    expect(await sum('written')).toEqual([['+I', 3]])
    expect(await sum('held')).toEqual([['+I', 3]])
  })

  it('run next to views of their own, which end with them', async () => {
    const server = await serve(await startJob(COUNTS))
    const text = `CREATE VIEW few AS SELECT n FROM numbers WHERE n < 4; SELECT * FROM few`
    expect((await resultOf(server, text)).rows).toEqual([
      ['+I', 1],
      ['+I', 2],
      ['+I', 3],
    ])
    expect(await resultOf(server, 'SELECT * FROM few')).toMatchObject({ status: 400 })
    expect(await resultOf(server, 'SHOW TABLES')).toMatchObject({
      rows: [
        ['+I', 'counts'],
        ['+I', 'numbers'],
        ['+I', 'ticks'],
      ],
    })
  })
})

describe('a cancelled query', () => {
  it('ends with its job, its timers and its place among those that run', async () => {
    const run = await startJob(COUNTS)
    const server = await serve(run, { maxQueries: 1 })
    await resultOf(server, 'SELECT 1')
    const before = timers()
    const threads = process.getActiveResourcesInfo().filter(r => r === 'MessagePort').length
    const stop = new AbortController()
    const ask = {
      text: 'SELECT MOD(n, 10) AS k, COUNT(*) AS c FROM ticks GROUP BY MOD(n, 10)',
      mode: 'streaming',
    }
    const response = await post(server, 'queries', ask, stop.signal)
    const lines = linesOf(response)
    while (!(await lines.next()).value?.['rows']);
    const { error } = (await (await post(server, 'queries', ask)).json()) as { error: string }
    expect(error).toBe('1 queries are running; cancel one first.')
    stop.abort()
    await expect(lines.next()).rejects.toThrow()
    await expect
      .poll(() => post(server, 'queries', { text: 'SELECT 1', mode: 'batch' }).then(r => r.status))
      .toBe(200)
    await expect.poll(timers).toBeLessThanOrEqual(before + 1)
    expect(process.getActiveResourcesInfo().filter(r => r === 'MessagePort').length).toBe(threads)
    expect((await fetch(`${server.url}/api/status`).then(r => r.json())) as object).toMatchObject({
      state: 'running',
    })
  })
})

describe('limits', () => {
  it('end a query at its rows, its bytes and its time, and say so', async () => {
    const run = await startJob(COUNTS)
    const query = async (limits: object) =>
      (await resultOf(await serve(run, limits), 'SELECT n FROM ticks', 'streaming'))['end']
    expect(await query({ maxRows: 50 })).toMatchObject({ reason: 'rows', rows: 50 })
    expect(await query({ maxBytes: 2_000 })).toMatchObject({ reason: 'bytes' })
    expect(await query({ maxMs: 300 })).toMatchObject({ reason: 'time' })
  })

  it('fail a query whose state outgrows them', async () => {
    const server = await serve(await startJob(COUNTS), { maxStateBytes: 20_000 })
    const text = 'SELECT n, COUNT(*) AS c FROM ticks GROUP BY n'
    expect((await resultOf(server, text, 'streaming'))['error']).toMatchObject({
      code: 'MR_QUERY_TOO_LARGE',
      proposal: expect.stringContaining('Filter more'),
    })
  })

  it('hold a query back until the page reads', async () => {
    const run = await startJob(COUNTS.replace(", 'source.rate-limit' = '2000'", ''))
    const queries: AdHocQuery[] = []
    const server = await serve(run, { maxRows: 1e9, maxBytes: 1e9 }, query => queries.push(query))
    const text = `SELECT REPEAT('x', 500) AS x, n FROM ticks`
    const response = await post(server, 'queries', { text, mode: 'streaming' })
    const reader = (response.body as ReadableStream<Uint8Array>).getReader()
    await reader.read()
    const recordsRead = () => queries[0]?.progress().recordsRead ?? 0
    let before = -1
    const stands = () => {
      const last = before
      before = recordsRead()
      return before === last
    }
    await expect.poll(stands, { interval: 1_000, timeout: 60_000 }).toBe(true)
    expect(recordsRead()).toBeGreaterThan(0)
    await reader.cancel()
  })
})

describe('errors', () => {
  it('have a place and a proposal, before and when the query is run', async () => {
    const server = await serve(await startJob(COUNTS))
    const text = 'SELECT k,\n  cc FROM counts'
    const { problems } = (await (await post(server, 'problems', { text })).json()) as {
      problems: object[]
    }
    expect(problems).toEqual([expect.objectContaining({ line: 2, column: 3, start: 12, end: 14 })])
    expect(await resultOf(server, text)).toMatchObject({
      status: 400,
      problem: { code: 'MR_SQL_UNKNOWN_COLUMN', line: 2, column: 3 },
    })
  })

  it('refuse what writes, declares sources or changes the options of a table', async () => {
    const server = await serve(await startJob(COUNTS))
    const refused = async (text: string) =>
      ((await resultOf(server, text))['problem'] as { message: string }).message
    expect(await refused('INSERT INTO counts SELECT n, n FROM numbers')).toMatch(
      /The console reads/,
    )
    expect(
      await refused(
        "CREATE TABLE x (a STRING) WITH ('connector' = 'filesystem', 'path' = '/etc/passwd')",
      ),
    ).toMatch(/CREATE TABLE is no query/)
    expect(await refused("SELECT * FROM numbers /*+ OPTIONS('fields.n.end' = '7') */")).toBeTruthy()
  })

  it('refuse an input that never ends in batch mode', async () => {
    const job = COUNTS.replace(
      "'fields.n.kind' = 'sequence',\n  'fields.n.start' = '0', 'fields.n.end' = '1000000000', ",
      '',
    )
    const server = await serve(await startJob(job))
    expect(await resultOf(server, 'SELECT n FROM ticks')).toMatchObject({
      error: { code: 'MR_PLAN_UNBOUNDED' },
    })
  })
})

it('lists tables and completes names in a text', async () => {
  const server = await serve(await startJob(COUNTS))
  const { tables } = (await (await fetch(`${server.url}/api/console`)).json()) as {
    tables: object[]
  }
  expect(tables).toMatchObject([
    { name: 'counts', kind: 'live', columns: [{ name: 'k' }, { name: 'c' }] },
    { name: 'numbers', kind: 'source' },
    { name: 'ticks', kind: 'source' },
  ])
  const complete = async (text: string) =>
    (
      (await (await post(server, 'complete', { text, position: text.length })).json()) as {
        items: { text: string }[]
      }
    ).items.map(i => i.text)
  expect(await complete('SELECT * FROM co')).toContain('counts')
  expect(await complete('SELECT c.')).toEqual([])
  expect(await complete('SELECT * FROM counts AS x WHERE x.')).toEqual(['k', 'c'])
})

it('takes JSON alone', async () => {
  const server = await serve(await startJob(COUNTS))
  const response = await fetch(`${server.url}/api/console/queries`, {
    method: 'POST',
    headers: { 'content-type': 'text/plain' },
    body: JSON.stringify({ text: 'SELECT 1', mode: 'batch' }),
  })
  expect(response.status).toBe(415)
})

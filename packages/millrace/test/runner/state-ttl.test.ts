// The time to live of state through SQL: settings, hints, warnings, both modes, batches, restarts.

import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { explainProgram } from '../../src/compiler/explain.ts'
import { createResultSink } from '../../src/plan/result-sink.ts'
import { createBuiltInRegistry } from '../../src/runner/built-in-registry.ts'
import { EmbeddedRunner } from '../../src/runner/embedded-runner.ts'
import { explainQueryPlan, loadScript } from '../../src/runner/load-script.ts'
import { ROW_KINDS, type Row, type RowKindCode } from '../../src/types/value.ts'
import { type Event, event, writeLines } from '../support/engine.ts'

let folder: string
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'millrace-ttl-'))
  await writeLines(join(folder, 'events.ndjson'), EVENTS)
})
afterAll(() => rm(folder, { recursive: true, force: true }))

/** Keys of very different frequency; every tenth event is 700 ms behind. */
const EVENTS: readonly Event[] = Array.from({ length: 4000 }, (_, i) =>
  event(`k${i % (1 + (i % 40))}`, i, i * 100 - (i % 10 === 0 ? 700 : 0)),
)
const AT = EVENTS.map(e => Date.parse(`${e.ts.replace(' ', 'T')}Z`))

const TTL_MS = 10_000
const SET = "SET 'table.exec.state.ttl' = '10 s';"
const COUNTS = 'SELECT k, COUNT(*) AS n FROM events GROUP BY k'

function load(query: string, options = '') {
  const table = `CREATE TABLE events (k STRING, v BIGINT, ts TIMESTAMP(3), WATERMARK FOR ts AS ts - INTERVAL '1' SECOND)
    WITH ('connector' = 'filesystem', 'path' = '${join(folder, 'events.ndjson')}', 'format' = 'json'${options});`
  const loaded = loadScript(`${table}\n${query}`, {
    name: 'ttl',
    connectors: createBuiltInRegistry(),
  })
  const { program } = loaded
  return { program, plan: (loaded.query as NonNullable<typeof loaded.query>).plan }
}

/** All changes; `stopAfter` stops the job after so many records. */
async function changesOf(
  query: string,
  { batchRecords = 1000, stateDir = '', stopAfter = Number.POSITIVE_INFINITY } = {},
) {
  const { program, plan } = load(query, stateDir && `, 'source.rate-limit' = '10000'`)
  const changes: string[] = []
  const attachment = {
    onChange: (kind: RowKindCode, row: Row) =>
      void changes.push(`${ROW_KINDS[kind]} ${row.join(' ')}`),
  }
  const sink = createResultSink(plan, attachment)
  const settings = { ...program.settings, ...(stateDir !== '' && { stateDir, epochMs: 5 }) }
  const run = await new EmbeddedRunner({ batchRecords }).start({
    ...program,
    settings,
    sinks: [sink],
  })
  const before = run.job.recordsRead
  const watch = setInterval(() => {
    if (run.job.recordsRead - before >= stopAfter) void run.stop()
  }, 2)
  const { outcome } = await run.finished.finally(() => clearInterval(watch))
  return { changes, outcome }
}

/** Counts that start anew for a key of which no event came for the time to live. */
function naiveCounts(): string[] {
  const state = new Map<string, { n: number; seenAt: number }>()
  const changes: string[] = []
  let watermark = Number.NEGATIVE_INFINITY
  EVENTS.forEach(({ k }, i) => {
    const known = state.get(k)
    const isKnown = known && watermark - known.seenAt < TTL_MS
    const n = isKnown ? known.n + 1 : 1
    if (isKnown) changes.push(`-U ${k} ${n - 1}`)
    changes.push(`${isKnown ? '+U' : '+I'} ${k} ${n}`)
    const before = watermark
    watermark = Math.max(watermark, (AT[i] as number) - 1000)
    // Without a watermark the time begins with the first.
    state.set(k, { n, seenAt: Number.isFinite(before) ? before : watermark })
  })
  return changes
}

describe('table.exec.state.ttl', () => {
  it('forgets groups without rows, as a naive history does, in batches of any length', async () => {
    const expected = naiveCounts()
    expect(expected.filter(c => c.startsWith('+I')).length).toBeGreaterThan(100)
    expect((await changesOf(SET + COUNTS)).changes).toEqual(expected)
    expect((await changesOf(SET + COUNTS, { batchRecords: 1 })).changes).toEqual(expected)
  })

  it('gives the same when the job is stopped and goes on', async () => {
    const stateDir = join(folder, 'state')
    const changes: string[] = []
    let runs = 0
    for (let outcome = ''; outcome !== 'finished'; runs++) {
      const part = await changesOf(SET + COUNTS, { batchRecords: 50, stateDir, stopAfter: 1200 })
      changes.push(...part.changes)
      outcome = part.outcome
    }
    expect(runs).toBeGreaterThan(2)
    expect(changes).toEqual(naiveCounts())
  })

  it('gives a result out although it is the same, so that what is below does not forget it', async () => {
    const query = 'SELECT k, MIN(v) AS v FROM events GROUP BY k'
    const kept = (await changesOf(query)).changes
    const refreshed = (await changesOf(SET + query)).changes
    expect(kept.filter(c => c.startsWith('+U'))).toEqual([])
    expect(refreshed.filter(c => c.startsWith('+U')).length).toBeGreaterThan(1000)
  })

  it('has no effect in batch mode', async () => {
    const batch = "SET 'execution.runtime-mode' = 'batch';"
    const { changes } = await changesOf(batch + SET + COUNTS)
    const counts = Map.groupBy(EVENTS, e => e.k)
    expect(changes.toSorted()).toEqual(
      [...counts].map(([k, e]) => `+I ${k} ${e.length}`).toSorted(),
    )
  })

  it('is shown by explain, without a warning for what it bounds', () => {
    const explain = (query: string) => {
      const { program, plan } = load(query)
      return explainProgram(explainQueryPlan(program, plan))
    }
    expect(explain(COUNTS)).toContain('keeps state for every key for ever')
    const bounded = explain(SET + COUNTS)
    expect(bounded).not.toContain('for ever')
    expect(bounded).toContain('group-aggregate by [k] COUNT(*) ttl 10 s of event time')
  })
})

describe('the hint STATE_TTL', () => {
  const hinted = (hint: string) => COUNTS.replace('SELECT', `SELECT /*+ STATE_TTL(${hint}) */`)

  it('says it for one aggregation', async () => {
    expect((await changesOf(hinted("'events' = '10 s'"))).changes).toEqual(naiveCounts())
  })

  it('keeps state for ever where it is zero', async () => {
    const { changes } = await changesOf(SET + hinted("'events' = '0 s'"))
    expect(changes).toEqual((await changesOf(COUNTS)).changes)
  })

  it('says it for each side of a join', () => {
    const { program, plan } = load(
      `SELECT /*+ STATE_TTL('a' = '1 d', 'events' = '3 h') */ a.v FROM events AS a JOIN events ON a.k = events.k
       WHERE a.v > 5 AND events.v > 7`,
    )
    const text = explainProgram(explainQueryPlan(program, plan))
    expect(text).toMatch(/join inner on .* ttl 1 d, 3 h of event time/)
    expect(text).not.toContain('for ever')
  })

  it('refuses a table that is not read, and what is no duration', () => {
    expect(() => load(hinted("'orders' = '1 d'"))).toThrow(
      "found STATE_TTL('orders' = '1 d'), expected a table of FROM in STATE_TTL",
    )
    expect(() => load(hinted("'events' = 'soon'"))).toThrow('STATE_TTL takes a duration per table')
  })
})

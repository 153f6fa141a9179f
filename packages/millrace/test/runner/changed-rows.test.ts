// A program whose tables have other columns is started again on its state: it goes on as if they had been so from the start.

import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { createBuiltInRegistry } from '../../src/runner/built-in-registry.ts'
import { EmbeddedRunner, type EmbeddedRunnerOptions } from '../../src/runner/embedded-runner.ts'
import { loadScript } from '../../src/runner/load-script.ts'
import { nodePorts } from '../../src/runner/node-ports.ts'
import type { RuntimePorts } from '../../src/types/ports.ts'

let folder: string
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'millrace-changed-rows-'))
})
afterEach(() => rm(folder, { recursive: true, force: true }))

/** The columns of the left table besides its key and time, and the types of those. */
interface Shape {
  readonly columns: Readonly<Record<string, string>>
  readonly key: string
}

const SHAPES = {
  plain: { key: 'INT', columns: { n: 'INT', price: 'DECIMAL(6, 2)' } },
  more: { key: 'INT', columns: { note: 'STRING', n: 'INT', price: 'DECIMAL(6, 2)', y: 'INT' } },
  moved: { key: 'INT', columns: { price: 'DECIMAL(6, 2)', n: 'INT' } },
  less: { key: 'INT', columns: { n: 'INT' } },
  wide: { key: 'BIGINT', columns: { n: 'BIGINT', price: 'DECIMAL(12, 2)' } },
  float: { key: 'INT', columns: { n: 'INT', price: 'FLOAT' } },
  double: { key: 'INT', columns: { n: 'INT', price: 'DOUBLE' } },
  short: { key: 'INT', columns: { n: 'INT', price: 'VARCHAR(5)' } },
  long: { key: 'INT', columns: { n: 'INT', price: 'VARCHAR(20)' } },
} satisfies Readonly<Record<string, Shape>>

/** What the state is of, and what reads it then. */
const CHANGES: readonly (readonly [keyof typeof SHAPES, keyof typeof SHAPES])[] = [
  ['plain', 'more'],
  ['more', 'plain'],
  ['plain', 'moved'],
  ['plain', 'less'],
  ['plain', 'wide'],
  ['float', 'double'],
  ['short', 'long'],
]

const at = (seconds: number) =>
  new Date(seconds * 1000).toISOString().slice(0, 19).replace('T', ' ')
const lines = (rows: readonly object[]) => rows.map(r => `${JSON.stringify(r)}\n`).join('')

/** Rows of the left table: the first lack what is new in some shapes. */
const FIRST = [
  { k: 1, n: 5, price: 1.5, ts: at(1) },
  { k: 2, n: null, price: 2.25, ts: at(2) },
  { k: 1, n: 7, price: null, ts: at(3) },
  { k: 1, n: 6, price: 4.5, ts: at(12) },
]
const SECOND = [
  { k: 1, n: 6, price: 3.5, note: 'x', y: 1, ts: at(13) },
  { k: 2, n: 1, price: 1.25, note: null, y: 2, ts: at(14) },
  { k: 3, n: 8, price: 9.75, note: 'z', y: null, ts: at(60) },
]
const RIGHT = [
  [
    { k: 1, r: 10, ts: at(1) },
    { k: 2, r: 20, ts: at(2) },
    { k: 2, r: 21, ts: at(12) },
  ],
  [
    { k: 1, r: 11, ts: at(13) },
    { k: 3, r: 30, ts: at(60) },
  ],
] as const

/**
 * What is asked, of the left table's columns `c`; `stop`: how many rows the first run gives while its input is watched. Absent: it
 * reads to the end, which keeps rows but those that wait for the watermark.
 */
interface Case {
  readonly query: (c: string) => string
  readonly stop?: number
}

const WINDOW = (table: string) =>
  `TABLE(TUMBLE(TABLE ${table}, DESCRIPTOR(ts), INTERVAL '10' SECOND))`

const CASES: Readonly<Record<string, Case>> = {
  'a join': { query: c => `SELECT l.k, ${c}, r.r FROM l JOIN r ON l.k = r.k` },
  'a full join': { query: c => `SELECT l.k, ${c}, r.r FROM l FULL JOIN r ON l.k = r.k` },
  'an interval join': {
    query: c =>
      `SELECT l.k, ${c}, r.r FROM l JOIN r ON l.k = r.k AND r.ts BETWEEN l.ts - INTERVAL '20' SECOND AND l.ts + INTERVAL '20' SECOND`,
    stop: 5,
  },
  'a window join': {
    query: c =>
      `SELECT l.k, ${c}, r.r FROM ${WINDOW('l')} AS l JOIN ${WINDOW('r')} AS r ON l.k = r.k AND l.window_start = r.window_start AND l.window_end = r.window_end`,
    stop: 3,
  },
  'a temporal join': {
    query: c => `SELECT r.k, r.r, ${c} FROM r JOIN v FOR SYSTEM_TIME AS OF r.ts AS l ON r.k = l.k`,
    stop: 3,
  },
  'Top-N': {
    query: c =>
      `SELECT k, ${c} FROM (SELECT *, ROW_NUMBER() OVER (PARTITION BY k ORDER BY n DESC) AS p FROM l) AS l WHERE p <= 2`,
  },
  'Top-N of windows': {
    query: c =>
      `SELECT k, ${c} FROM (SELECT *, ROW_NUMBER() OVER (PARTITION BY window_start, window_end, k ORDER BY n DESC) AS p FROM ${WINDOW('l')}) AS l WHERE p <= 1`,
    stop: 2,
  },
  'the last row of each key': {
    query: c =>
      `SELECT k, ${c} FROM (SELECT *, ROW_NUMBER() OVER (PARTITION BY k ORDER BY ts DESC) AS p FROM l) AS l WHERE p = 1`,
  },
  'aggregates of rows around a row': {
    query: c => `SELECT k, ${c}, SUM(n) OVER (PARTITION BY k ORDER BY ts) AS s FROM l`,
    stop: 4,
  },
  'aggregates in the order of values': {
    query: c => `SELECT k, ${c}, SUM(n) OVER (PARTITION BY k ORDER BY n) AS s FROM l`,
  },
  sessions: {
    query: c =>
      `SELECT k, ${c} FROM TABLE(SESSION(TABLE l PARTITION BY k, DESCRIPTOR(ts), INTERVAL '5' SECOND)) AS l`,
    stop: 3,
  },
  'rows in the order of time': { query: c => `SELECT k, ${c} FROM l ORDER BY ts`, stop: 4 },
  'a pattern': {
    query: () =>
      `SELECT * FROM l MATCH_RECOGNIZE (PARTITION BY k ORDER BY ts MEASURES A.n AS a, B.n AS b
        AFTER MATCH SKIP PAST LAST ROW PATTERN (A B) DEFINE B AS B.n >= A.n)`,
    stop: 1,
  },
  'rows that replace each other': { query: c => `SELECT k, ${c} FROM v AS l` },
}

/** The script of a shape over the files of a folder, watched unless it is to end. */
function scriptOf(shape: Shape, { query }: Case, { watched }: { readonly watched: boolean }) {
  const columns = Object.entries(shape.columns)
  const declared = columns.map(([name, type]) => `${name} ${type}`).join(', ')
  const watch = watched ? ", 'source.monitor-interval' = '10 ms'" : ''
  const table = (name: string, more: string, options: string) =>
    `CREATE TABLE ${name} (k ${shape.key}, ${more}, ts TIMESTAMP(3), WATERMARK FOR ts AS ts) WITH ('connector' = 'filesystem',
      'path' = '${join(folder, name)}', ${options}${watch});`
  const upserts = `'format' = 'changelog-json', 'changelog-json.mode' = 'I,UA,D'`
  return [
    table('l', declared, "'format' = 'json'"),
    table('r', 'r INT', "'format' = 'json'"),
    table('v', `${declared}, PRIMARY KEY (k) NOT ENFORCED`, upserts),
    query(columns.map(([name]) => `l.${name}`).join(', ')),
  ].join('\n')
}

/** What a start on the state in `state` gives; stops once there are so many rows, or at the end of its input. */
async function run(
  sql: string,
  state: string,
  stop = Number.POSITIVE_INFINITY,
  options: EmbeddedRunnerOptions = {},
) {
  const { program, query } = loadScript(sql, {
    name: 'changed',
    connectors: createBuiltInRegistry(),
    settings: { stateDir: join(folder, state), epochMs: 5 },
  })
  if (!query) throw new TypeError('no query')
  const ended = new AbortController()
  const found: string[] = []
  for await (const { kind, row } of new EmbeddedRunner(options).query(program, query.plan, {
    signal: ended.signal,
  })) {
    found.push(`${kind} ${JSON.stringify(row, (_, v) => (typeof v === 'bigint' ? Number(v) : v))}`)
    if (found.length === stop) ended.abort()
  }
  return found.toSorted()
}

async function give(part: 0 | 1) {
  const rows = part === 0 ? FIRST : SECOND
  for (const name of ['l', 'r', 'v']) await mkdir(join(folder, name), { recursive: true })
  await writeFile(join(folder, 'l', `${part}`), lines(rows))
  await writeFile(join(folder, 'r', `${part}`), lines(RIGHT[part]))
  await writeFile(join(folder, 'v', `${part}`), lines(rows.map(data => ({ op: '+U', data }))))
}

describe.each(Object.entries(CASES))('%s', (_, one) => {
  it.each(CHANGES)('goes on when what was %s is %s', async (before, after) => {
    await give(0)
    const script = (shape: keyof typeof SHAPES, watched: boolean) =>
      scriptOf(SHAPES[shape], one, { watched })
    const watched = one.stop !== undefined
    await run(script(before, watched), 'changed', one.stop)
    await run(script(after, watched), 'same', one.stop)
    await give(1)
    const expected = await run(script(after, false), 'same')
    expect(expected.length).toBeGreaterThan(0)
    expect(await run(script(after, false), 'changed')).toEqual(expected)
  })
})

describe('a crash', () => {
  it.each(['job.state-opened', 'job.state-evolved'])('at %s loses nothing', async name => {
    const one = CASES['a join'] as Case
    await give(0)
    await run(scriptOf(SHAPES.plain, one, { watched: false }), 'changed')
    const script = scriptOf(SHAPES.more, one, { watched: false })
    await run(script, 'same')
    await give(1)
    const ports: RuntimePorts = {
      ...nodePorts(),
      failpoint(at) {
        if (at === name) throw new Error(`crashed at ${at}`)
      },
    }
    await expect(run(script, 'changed', undefined, { ports })).rejects.toThrow(`crashed at ${name}`)
    expect(await run(script, 'changed')).toEqual(await run(script, 'same'))
  })
})

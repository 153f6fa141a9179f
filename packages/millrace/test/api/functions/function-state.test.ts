// Functions in programs that keep state, in SQL scripts, and on worker threads.

import { execFile } from 'node:child_process'
import { mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { promisify } from 'node:util'
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import {
  createConnectors,
  EmbeddedRunner,
  loadFunctionModules,
  loadScript,
  type ProgramSettings,
} from '../../../src/index.ts'

vi.setConfig({ testTimeout: 120_000 })

let folder: string
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'millrace-functions-'))
  const rows = Array.from({ length: 400 }, (_, i) =>
    JSON.stringify({ k: `k${i % 7}`, p: i, q: i % 3, text: `a,b${i}`, ts: stamp(i * 250) }),
  )
  await writeFile(join(folder, 'in.ndjson'), `${rows.join('\n')}\n`)
  // Out of order by up to 40 rows, so that sessions grow together.
  const mixed = rows.map((_, i) => rows[i - (i % 40) + (((i % 40) * 23) % 40)])
  await writeFile(join(folder, 'mixed.ndjson'), `${mixed.join('\n')}\n`)
})
afterEach(() => rm(folder, { recursive: true, force: true }))

const stamp = (ms: number) => new Date(ms).toISOString().replace('T', ' ').replace('Z', '')
const MODULE = fileURLToPath(new URL('fixture-functions.ts', import.meta.url))

const script = (query: string, more = '', limit = '') => `
  CREATE FUNCTION WMEAN AS '${MODULE}#weightedMean' LANGUAGE TYPESCRIPT;
  CREATE TEMPORARY FUNCTION WORDS AS '${MODULE}#words' LANGUAGE TYPESCRIPT;
  CREATE TABLE input (k STRING, p DOUBLE, q INT, text STRING, ts TIMESTAMP(3), WATERMARK FOR ts AS ts)
    WITH ('connector' = 'filesystem', 'path' = 'in.ndjson', 'format' = 'json'${limit});
  CREATE TABLE mixed (k STRING, p DOUBLE, q INT, ts TIMESTAMP(3), WATERMARK FOR ts AS ts - INTERVAL '10' SECOND)
    WITH ('connector' = 'filesystem', 'path' = 'mixed.ndjson', 'format' = 'json'${limit});
  ${more}
  CREATE TABLE output WITH ('connector' = 'filesystem', 'path' = 'out', 'format' = 'json') AS ${query};`

const WINDOWED = `
  SELECT k, window_start, WMEAN(p, q) AS m, COUNT(*) AS n
  FROM TABLE(HOP(TABLE input, DESCRIPTOR(ts), INTERVAL '5' SECOND, INTERVAL '10' SECOND))
  GROUP BY k, window_start, window_end`

async function run(text: string, settings: ProgramSettings = {}, records = 0): Promise<string> {
  const functionModules = await loadFunctionModules(text, folder)
  const { program } = loadScript(text, {
    name: 'functions',
    connectors: createConnectors(),
    settings: { baseFolder: folder, ...settings },
    functionModules,
  })
  const started = await new EmbeddedRunner().start(program)
  if (records > 0) {
    const before = started.job.recordsRead
    const watch = setInterval(() => {
      if (started.job.recordsRead - before >= records) void started.stop()
    }, 2)
    started.finished.finally(() => clearInterval(watch))
  }
  return (await started.finished).outcome
}

async function output(): Promise<string[]> {
  const files = (await readdir(join(folder, 'out'))).filter(f => !f.startsWith('.'))
  const texts = await Promise.all(files.map(f => readFile(join(folder, 'out', f), 'utf8')))
  return texts.join('').trim().split('\n').sort()
}

/** What a changelog leaves, in whatever order its lines are. */
function finalRows(lines: readonly string[]): readonly string[] {
  const counts = new Map<string, number>()
  for (const line of lines) {
    const { op, data } = JSON.parse(line) as { readonly op: string; readonly data: object }
    const row = JSON.stringify(data)
    counts.set(row, (counts.get(row) ?? 0) + (op.startsWith('+') ? 1 : -1))
  }
  return [...counts].flatMap(([row, n]) => Array.from({ length: n }, () => row)).sort()
}

describe('the accumulator of an aggregate function', () => {
  it.each([
    ['windows', WINDOWED],
    [
      'a running total',
      'SELECT k, p, WMEAN(p, q) OVER (PARTITION BY k ORDER BY ts) AS m FROM input',
    ],
    [
      'a bounded frame',
      'SELECT k, p, WMEAN(p, q) OVER (PARTITION BY k ORDER BY ts ROWS BETWEEN 3 PRECEDING AND CURRENT ROW) AS m FROM input',
    ],
    [
      'sessions that grow together',
      `SELECT k, window_start, window_end, WMEAN(p, q) AS m, WMEAN(DISTINCT p, q) AS d
       FROM TABLE(SESSION(TABLE mixed PARTITION BY k, DESCRIPTOR(ts), INTERVAL '4' SECOND))
       WHERE MOD(CAST(p AS INT), 100) < 60 GROUP BY k, window_start, window_end`,
    ],
    [
      'row patterns',
      `SELECT * FROM mixed MATCH_RECOGNIZE (PARTITION BY k ORDER BY ts
       MEASURES WMEAN(A.p, A.q) AS m, B.p AS p AFTER MATCH SKIP PAST LAST ROW PATTERN (A+ B) DEFINE A AS A.q > 0, B AS B.q = 0)`,
    ],
  ])('survives restarts in %s', async (_, query) => {
    expect(await run(script(query))).toBe('finished')
    const whole = await output()
    await rm(join(folder, 'out'), { recursive: true })
    const slow = script(query, '', ", 'source.rate-limit' = '1000'")
    let runs = 0
    for (let outcome = 'stopped'; outcome === 'stopped'; runs++)
      outcome = await run(slow, { stateDir: join(folder, 'state'), epochMs: 10 }, 120)
    expect(runs).toBeGreaterThan(1)
    expect(await output()).toEqual(whole)
    expect(whole.length).toBeGreaterThan(20)
  })

  it('survives restarts where rows are taken back', async () => {
    const query =
      'SELECT q, WMEAN(m, 1) AS m, COUNT(*) AS n FROM (SELECT k, q, WMEAN(p, q) AS m FROM input GROUP BY k, q) GROUP BY q'
    const changes = (limit: string) =>
      script(query, '', limit).replace(
        "'path' = 'out', 'format' = 'json'",
        "'path' = 'out', 'format' = 'changelog-json'",
      )
    expect(await run(changes(''))).toBe('finished')
    const whole = finalRows(await output())
    await rm(join(folder, 'out'), { recursive: true })
    const slow = changes(", 'source.rate-limit' = '1000'")
    for (let outcome = 'stopped'; outcome === 'stopped'; )
      outcome = await run(slow, { stateDir: join(folder, 'state'), epochMs: 10 }, 120)
    expect(finalRows(await output())).toEqual(whole)
    expect(whole).toHaveLength(3)
  })

  it('is the same with batches of 1 and of 1,000', async () => {
    const results: string[][] = []
    for (const batchRecords of [1, 1000]) {
      const text = script(WINDOWED)
      const { program } = loadScript(text, {
        name: 'functions',
        connectors: createConnectors(),
        settings: { baseFolder: folder },
        functionModules: await loadFunctionModules(text, folder),
      })
      await (await new EmbeddedRunner({ batchRecords }).start(program)).finished
      results.push(await output())
      await rm(join(folder, 'out'), { recursive: true })
    }
    expect(results[0]).toEqual(results[1])
  })
})

describe('CREATE FUNCTION', () => {
  it('takes an expression in place of a module', async () => {
    const twice = `CREATE FUNCTION twice AS
      'scalarFunction({ args: [t.double()], returns: t.double(), eval: (x: number) => x * 2 })'
      LANGUAGE TYPESCRIPT;`
    await run(
      script(
        'SELECT twice(p) AS d, word FROM input, LATERAL TABLE(WORDS(text)) WHERE p < 2',
        twice,
      ),
    )
    expect(await output()).toEqual([
      '{"d":0,"word":"a"}',
      '{"d":0,"word":"b0"}',
      '{"d":2,"word":"a"}',
      '{"d":2,"word":"b1"}',
    ])
  })

  it.each([
    ["'./none.ts#x'", /none\.ts#x' at 1:1 is not found/],
    [`'${MODULE}#wordz'`, /has no export "wordz".*Did you mean "words"/],
    [`'${MODULE}'`, /has no export "default"/],
    [`'${MODULE}#notAFunction'`, /is no function for SQL, but number/],
    [
      "'scalarFunction({ args: [t.nothing()] })'",
      /cannot be evaluated: t\.nothing is not a function/,
    ],
  ])('says what is wrong with %s', async (implementation, message) => {
    const text = `CREATE FUNCTION f AS ${implementation} LANGUAGE TYPESCRIPT;`
    await expect(loadFunctionModules(text, folder)).rejects.toMatchObject({
      code: 'MR_SQL_FUNCTION',
      message: expect.stringMatching(message),
    })
  })

  it('refuses a name that a function of the script has, and other languages', async () => {
    const create = `CREATE FUNCTION f AS '${MODULE}#words';`
    await expect(run(`${create} ${create}`)).rejects.toMatchObject({ code: 'MR_SQL_DUPLICATE' })
    await expect(run("CREATE FUNCTION f AS 'com.acme.F' LANGUAGE JAVA;")).rejects.toMatchObject({
      code: 'MR_SQL_UNSUPPORTED',
    })
  })

  it('works from a script on worker threads', async () => {
    const at = (path: string) => fileURLToPath(new URL(path, import.meta.url))
    const command = at('../../../../cli/src/main.ts')
    const resolver = at('../../../../../tools/testing/resolve-sources.ts')
    await run(script(WINDOWED))
    const one = await output()
    await rm(join(folder, 'out'), { recursive: true })
    const file = join(folder, 'functions.sql')
    await writeFile(file, script(WINDOWED, "SET 'parallelism.default' = '2';"))
    await promisify(execFile)(process.execPath, [
      '--import',
      resolver,
      command,
      'run',
      file,
      '--no-server',
    ])
    expect(await output()).toEqual(one)
  })
})

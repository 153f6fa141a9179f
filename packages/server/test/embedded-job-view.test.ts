// A real run, as the server sees it.

import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createConnectors, embeddedRunner, loadScript, type EmbeddedRun } from 'millrace'
import { expect, it, onTestFinished } from 'vitest'
import { embeddedJobView } from '../src/index.ts'

/** @param stateDir is removed with the run */
async function startView(script: string, stateDir?: string) {
  const { program } = loadScript(script, {
    name: 'view-test',
    connectors: createConnectors(),
    settings: {
      options: new Map([['bad-records', 'dead-letter']]),
      ...(stateDir && { stateDir, epochMs: 20 }),
    },
  })
  const run = (await embeddedRunner.start(program)) as EmbeddedRun
  onTestFinished(async () => {
    await run.stop()
    if (stateDir) await rm(stateDir, { recursive: true })
  })
  return embeddedJobView(run)
}

async function viewOf(script: string) {
  const view = await startView(script)
  return (kind: string) => {
    const found = view.status().operators.find(o => o.kind === kind)
    if (!found) throw new Error(`no ${kind} among ${JSON.stringify(view.status().operators)}`)
    return found
  }
}

const NUMBERS = `CREATE TABLE numbers (n BIGINT) WITH (
  'connector' = 'datagen', 'fields.n.kind' = 'sequence', 'fields.n.start' = '0', 'fields.n.end' = '100000000');`

it('tells which share of its thread an operator has', async () => {
  const operator = await viewOf(`${NUMBERS}
    CREATE TABLE counts (k BIGINT, c BIGINT) WITH ('connector' = 'blackhole');
    INSERT INTO counts SELECT MOD(n, 1000), COUNT(*) FROM numbers GROUP BY MOD(n, 1000);`)
  await expect.poll(() => operator('aggregate').busyShare, { timeout: 20_000 }).toBeGreaterThan(0)
  const { busyShare, backpressuredShare } = operator('aggregate')
  expect(operator('sink').busyShare).toBeCloseTo(operator('source').busyShare)
  expect(busyShare).toBeLessThanOrEqual(1)
  expect(backpressuredShare).toBeLessThanOrEqual(1)
})

it('counts the records that an operator cannot process', async () => {
  const operator = await viewOf(`${NUMBERS}
    CREATE TABLE out_table (n INT) WITH ('connector' = 'blackhole');
    INSERT INTO out_table SELECT CAST(CASE WHEN MOD(n, 100) = 7 THEN 'seven' ELSE '1' END AS INT) FROM numbers
      WHERE n < 1000;`)
  await expect.poll(() => operator('source').errors, { timeout: 20_000 }).toBe(10)
})

it('gives the code in which an operator has its part, and that of others not', async () => {
  const view = await startView(`${NUMBERS}
    CREATE TABLE counts (k BIGINT, c BIGINT) WITH ('connector' = 'blackhole');
    INSERT INTO counts SELECT MOD(n, 1000), COUNT(*) FROM numbers WHERE n > 424242 GROUP BY MOD(n, 1000);`)
  const idOf = (kind: string) => view.status().operators.find(o => o.kind === kind)?.id as string
  expect(view.operatorCode(idOf('source'))).toContain('424242')
  expect(view.operatorCode(idOf('aggregate'))).toContain('424242')
  expect(view.operatorCode(idOf('sink'))).not.toContain('424242')
  expect(view.operatorCode('no such operator')).toBeUndefined()
})

it('remembers the last epochs, with their parts and sizes', async () => {
  const view = await startView(
    `${NUMBERS}
    CREATE TABLE counts (k BIGINT, c BIGINT) WITH ('connector' = 'live');
    INSERT INTO counts SELECT MOD(n, 1000), COUNT(*) FROM numbers GROUP BY MOD(n, 1000);`,
    await mkdtemp(join(tmpdir(), 'millrace-epochs-')),
  )
  const newest = () => view.epochs({ limit: 2 })
  await expect.poll(() => newest()[0]?.epoch, { timeout: 20_000 }).toBeGreaterThan(3)
  const [last, before] = newest()
  if (!last || !before) throw new Error('two epochs are there')
  expect(last.epoch).toBe(before.epoch + 1)
  expect(last.atMs).toBeGreaterThanOrEqual(before.atMs)
  expect(last.cutMs + last.prepareMs + last.commitMs + last.applyMs).toBeCloseTo(last.durationMs)
  expect(last.stateBytes).toBeGreaterThan(0)
  expect(last.outputBytes).toBeGreaterThan(0)
})

it('tells how it is set up, and no secret', async () => {
  const view = await startView(`SET 'my.api-key' = 'hunter2-in-set';
    CREATE TABLE numbers (n INT) WITH ('connector' = 'datagen', 'number-of-rows' = '3', 'rows-per-second' = '1');
    CREATE TABLE files (n INT) WITH (
      'connector' = 'filesystem', 'path' = 's3://user:hunter2-in-path@host/x', 'format' = 'json');
    CREATE TABLE counts (n INT) WITH ('connector' = 'live', 'max-rows' = '7');
    INSERT INTO counts SELECT n FROM numbers;`)
  const groups = view.configuration()
  expect(groups.map(g => g.name)).toEqual([
    'Program',
    'SET',
    'numbers (source)',
    'counts (sink)',
    'Process',
  ])
  expect(groups[3]?.settings).toEqual([
    { name: 'connector', value: 'live' },
    { name: 'max-rows', value: '7' },
  ])
  expect(groups[0]?.settings).toContainEqual({ name: 'mode', value: 'streaming' })
  expect(JSON.stringify(groups)).not.toContain('hunter2')
})

it('tells how far in event time each operator is', async () => {
  const view = await startView(`
    CREATE TABLE numbers (n BIGINT, at_time AS TO_TIMESTAMP_LTZ(n * 1000, 3), WATERMARK FOR at_time AS at_time - INTERVAL '7' SECOND)
    WITH ('connector' = 'datagen', 'rows-per-second' = '1000', 'fields.n.kind' = 'sequence', 'fields.n.start' = '0',
      'fields.n.end' = '100000000');
    CREATE TABLE counts (s TIMESTAMP_LTZ(3), c BIGINT) WITH ('connector' = 'blackhole');
    INSERT INTO counts SELECT window_start, COUNT(*)
      FROM TABLE(TUMBLE(TABLE numbers, DESCRIPTOR(at_time), INTERVAL '1' MINUTE)) GROUP BY window_start, window_end;`)
  const watermarks = () => view.status().operators.map(o => o.watermarkMs)
  await expect
    .poll(
      () =>
        watermarks()
          .slice(1)
          .every(w => (w ?? 0) > 10_000),
      { timeout: 20_000 },
    )
    .toBe(true)
  const read = view.status().eventsTotal
  for (const watermark of watermarks().slice(1))
    expect(watermark).toBeLessThan((read + 1_000) * 1_000)
})

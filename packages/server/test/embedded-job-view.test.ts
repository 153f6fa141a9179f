// A real run, as the server sees it.

import { createConnectors, embeddedRunner, loadScript, type EmbeddedRun } from 'millrace'
import { expect, it, onTestFinished } from 'vitest'
import { embeddedJobView } from '../src/index.ts'

async function viewOf(script: string) {
  const { program } = loadScript(script, {
    name: 'view-test',
    connectors: createConnectors(),
    settings: { options: new Map([['bad-records', 'dead-letter']]) },
  })
  const run = (await embeddedRunner.start(program)) as EmbeddedRun
  onTestFinished(async () => {
    await run.stop()
  })
  const view = embeddedJobView(run)
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

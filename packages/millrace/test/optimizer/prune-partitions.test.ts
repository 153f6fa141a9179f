// Scans of partitioned tables that know which partitions are asked for, in the text of plans.

import { describe, expect, it } from 'vitest'
import { optimize } from '../../src/optimizer/optimize.ts'
import { createSink } from '../../src/plan/create-node.ts'
import { printPlan } from '../../src/plan/print-plan.ts'
import { createBuiltInRegistry } from '../../src/runner/built-in-registry.ts'
import { loadScript } from '../../src/runner/load-script.ts'

const TABLES = `CREATE TABLE t (id INT, d STRING, n INT, ts TIMESTAMP(3)) PARTITIONED BY (d, n)
  WITH ('connector' = 'filesystem', 'path' = 'x', 'format' = 'json');
CREATE TABLE timed (id INT, d STRING, ts TIMESTAMP(3), WATERMARK FOR ts AS ts) PARTITIONED BY (d)
  WITH ('connector' = 'filesystem', 'path' = 'x', 'format' = 'json');
CREATE TABLE flat (id INT, d STRING) WITH ('connector' = 'filesystem', 'path' = 'x', 'format' = 'json');`

/** The scans of a query's optimized plan. */
function scans(query: string, mode: 'streaming' | 'batch' = 'streaming'): string[] {
  const script = loadScript(`${TABLES} ${query};`, {
    name: 'plans',
    connectors: createBuiltInRegistry(),
    settings: { mode },
  })
  const plan = script.query?.plan
  if (!plan) throw new TypeError('no query')
  const table = { name: 'out', metadata: new Map(), primaryKey: [], options: new Map() }
  const sink = createSink(plan, { ...table, schema: plan.schema, connector: 'blackhole' })
  const [optimized] = optimize([sink], { mode })
  return printPlan(optimized ?? sink)
    .split('\n')
    .map(line => line.trim())
    .filter(line => line.startsWith('Scan'))
}

describe('prunePartitions', () => {
  it('takes the conditions on partitions alone, and leaves the filter', () => {
    expect(scans("SELECT id FROM t WHERE d = 'a' AND id > 3 AND n > 2")).toEqual([
      "Scan t (id, d, n) partitions d = 'a' AND n > 2",
    ])
  })

  it('finds them through projections and sub-queries, by the names of the table', () => {
    expect(
      scans("SELECT id FROM (SELECT id, d AS e, n + 1 AS m FROM t) WHERE e = 'a' AND m > 2"),
    ).toEqual(["Scan t (id, d, n) partitions d = 'a' AND n + 1 > 2"])
  })

  it('takes none that is of other columns too, or depends on the time', () => {
    expect(scans("SELECT id FROM t WHERE d = 'a' OR id > 3")).toEqual(['Scan t (id, d)'])
    expect(scans('SELECT id FROM t WHERE d = CAST(CURRENT_DATE AS STRING)')).toEqual([
      'Scan t (id, d)',
    ])
    expect(scans("SELECT id FROM flat WHERE d = 'a'")).toEqual(['Scan flat (id, d)'])
  })

  it('does nothing below a watermark, which rows of all partitions move; in batch mode there is none', () => {
    const query = "SELECT id FROM timed WHERE d = 'a'"
    expect(scans(query)).toEqual(['Scan timed (id, d, ts)'])
    expect(scans(query, 'batch')).toEqual(["Scan timed (id, d, ts) partitions d = 'a'"])
  })

  it('keeps the scans of two conditions apart', () => {
    expect(
      scans("SELECT id FROM t WHERE d = 'a' UNION ALL SELECT id FROM t WHERE d = 'b'"),
    ).toEqual(["Scan t (id, d) partitions d = 'a'", "Scan t (id, d) partitions d = 'b'"])
  })
})

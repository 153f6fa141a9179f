// EXPLAIN as a statement of a script.

import { describe, expect, it } from 'vitest'
import { createBuiltInRegistry } from '../../src/runner/built-in-registry.ts'
import { loadScript } from '../../src/runner/load-script.ts'

const SOURCE = "CREATE TABLE numbers (n BIGINT) WITH ('connector' = 'datagen');"
const load = (text: string) =>
  loadScript(`${SOURCE}\n${text}`, { name: 'explained', connectors: createBuiltInRegistry() })

describe('EXPLAIN CREATE TABLE … AS', () => {
  it('shows the plan of the INSERT, and makes neither the table nor a job', () => {
    const { program, results } = load(
      "EXPLAIN CREATE TABLE copies WITH ('connector' = 'blackhole') AS SELECT n FROM numbers; SHOW TABLES;",
    )
    const [plan, tables] = results
    expect(String(plan?.rows[0]?.[0])).toContain('Sink copies\n  Scan numbers (n)')
    expect(tables?.rows).toEqual([['numbers']])
    expect(program.sinks).toEqual([])
  })

  it('keeps the table that OR REPLACE would replace', () => {
    const { results } = load(
      "EXPLAIN CREATE OR REPLACE TABLE numbers WITH ('connector' = 'blackhole') AS SELECT 1 AS one_more; DESCRIBE numbers;",
    )
    expect(results[1]?.rows.map(row => row[0])).toEqual(['n'])
  })

  it('is refused without a query', () => {
    expect(() => load("EXPLAIN CREATE TABLE t (n INT) WITH ('connector' = 'blackhole');")).toThrow(
      /EXPLAIN of this statement at 2:9 is not supported/,
    )
  })
})

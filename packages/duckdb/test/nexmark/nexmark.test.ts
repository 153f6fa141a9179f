// Nexmark q0 to q22 over 100,000 events: what Millrace answers, in both modes, is what DuckDB computes from the same file.
//
// The oracles are written for DuckDB, other than the queries where they can be. q6 is what Flink cannot run: its OVER takes no
// updating input. Sessions (q11) and windows of processing time (q12) are queries of streams alone, in Flink and here.

import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { type DuckDBConnection, DuckDBInstance } from '@duckdb/node-api'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { askDuck, askMillrace } from './nexmark-answers.ts'
import { writeEvents, writeSide } from './nexmark-input.ts'

const EVENTS = 100_000
const STREAMS_ALONE = new Set(['q11', 'q12'])

let folder: string
let duck: DuckDBConnection
beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'millrace-nexmark-'))
  writeEvents(join(folder, 'events.ndjson'), EVENTS)
  writeSide(join(folder, 'side.csv'))
  duck = await (await DuckDBInstance.create(':memory:', { threads: '2' })).connect()
  await duck.run(textOf('oracles/tables.sql'))
})
afterAll(() => {
  duck.closeSync()
  rmSync(folder, { recursive: true })
})

const textOf = (file: string): string =>
  readFileSync(join(import.meta.dirname, file), 'utf8')
    .replaceAll('{events}', join(folder, 'events.ndjson'))
    .replaceAll('{side}', join(folder, 'side.csv'))
    .replaceAll('{functions}', './functions.ts')

const queries = readdirSync(join(import.meta.dirname, 'queries'))
  .map(file => file.replace('.sql', ''))
  .filter(name => name !== 'tables')
  .sort((a, b) => Number(a.slice(1)) - Number(b.slice(1)))

describe.each(queries)('%s', query => {
  const modes = STREAMS_ALONE.has(query)
    ? (['streaming'] as const)
    : (['streaming', 'batch'] as const)

  it.each(modes)('answers as DuckDB does, in %s mode', async mode => {
    const script = `${textOf('queries/tables.sql')}\n${textOf(`queries/${query}.sql`)}`
    const { rows, plan, retractions } = await askMillrace(script, mode, import.meta.dirname)
    const expected = await askDuck(textOf(`oracles/${query}.sql`), plan, duck)
    expect(expected.length).toBeGreaterThan(0)
    expect(differenceOf(rows, expected)).toEqual({ millraceOnly: [], duckOnly: [] })
    if (mode === 'batch') expect(retractions).toBe(0)
  })
})

it('has all 23 queries', () => {
  expect(queries).toEqual(Array.from({ length: 23 }, (_, n) => `q${n}`))
})

/** The first few rows that one side has more often than the other; both are sorted. */
function differenceOf(ours: readonly string[], theirs: readonly string[]) {
  const difference = { millraceOnly: [] as string[], duckOnly: [] as string[] }
  let [i, j] = [0, 0]
  while (i < ours.length || j < theirs.length) {
    const [a, b] = [ours[i], theirs[j]]
    if (a === b) {
      i++
      j++
    } else if (b === undefined || (a !== undefined && a < b)) {
      if (difference.millraceOnly.length < 5) difference.millraceOnly.push(a as string)
      i++
    } else {
      if (difference.duckOnly.length < 5) difference.duckOnly.push(b)
      j++
    }
  }
  return difference
}

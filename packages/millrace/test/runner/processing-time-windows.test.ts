// Windows of processing time, on a clock that the test turns.

import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { createBuiltInRegistry } from '../../src/runner/built-in-registry.ts'
import { EmbeddedRunner } from '../../src/runner/embedded-runner.ts'
import { loadScript } from '../../src/runner/load-script.ts'
import { nodePorts } from '../../src/runner/node-ports.ts'
import type { ProgramSettings } from '../../src/plan/program.ts'
import type { Clock } from '../../src/types/ports.ts'
import { messageOf } from './bad-input/sql-run.ts'

/** Time goes on when somebody sleeps; it can be set back, as machines' clocks are. */
class TurnedClock implements Clock {
  #elapsedMs = 0
  #setBackMs = 0
  #alarm = { atMs: Number.POSITIVE_INFINITY, ring: () => {} }
  readonly now = () => 1_700_000_000_000 + this.#elapsedMs - this.#setBackMs
  readonly monotonic = () => this.#elapsedMs
  readonly sleep = async (ms: number) => {
    this.#elapsedMs += ms
    if (this.#elapsedMs >= this.#alarm.atMs) this.#alarm.ring()
    await new Promise<void>(resolve => setImmediate(resolve))
  }
  /** Does something once so much time has gone by. */
  wakeAt(atMs: number, ring: () => void): void {
    this.#alarm = { atMs, ring }
  }
  setBack(ms: number): void {
    this.#setBackMs += ms
  }
}

let folder: string
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'millrace-processing-'))
})
afterEach(() => rm(folder, { recursive: true, force: true }))

/** 100 rows, ten a second. */
const rows = `CREATE TABLE r (id INT, pt AS PROCTIME()) WITH ('connector' = 'datagen', 'rows-per-second' = '10',
  'fields.id.kind' = 'sequence', 'fields.id.start' = '1', 'fields.id.end' = '100');`

interface Given {
  readonly window: readonly [start: number, end: number]
  readonly count: number
  /** When it was given. */
  readonly atMs: number
}

const TUMBLE = `SELECT window_start, window_end, COUNT(*) AS n
  FROM TABLE(TUMBLE(TABLE r, DESCRIPTOR(pt), INTERVAL '2' SECOND)) GROUP BY window_start, window_end;`

/** What a query gives. */
async function run(
  query: string,
  clock: TurnedClock,
  settings: ProgramSettings = {},
  signal?: AbortSignal,
): Promise<Given[]> {
  const { program, query: bound } = loadScript(`${rows} ${query}`, {
    name: 'script',
    connectors: createBuiltInRegistry(),
    settings,
  })
  if (!bound) throw new Error('the script has no SELECT')
  const given: Given[] = []
  const runner = new EmbeddedRunner({ ports: { ...nodePorts({}), clock } })
  for await (const { row } of runner.query(program, bound.plan, { signal })) {
    const [start, end, count] = row as number[]
    given.push({ window: [start!, end!], count: count!, atMs: clock.now() })
  }
  return given
}

const total = (given: readonly Given[]) => given.reduce((sum, g) => sum + g.count, 0)

describe('a window of processing time', () => {
  it('closes when its time is over, the last one at the end of the input', async () => {
    const given = await run(TUMBLE, new TurnedClock())
    expect(given.map(g => g.count).slice(1, -1)).toEqual([20, 20, 20, 20])
    expect(total(given)).toBe(100)
    for (const { window, atMs } of given.slice(0, -1)) {
      expect(window[1] - window[0]).toBe(2000)
      expect(atMs).toBeGreaterThanOrEqual(window[1])
      expect(atMs).toBeLessThan(window[1] + 300)
    }
  })

  it('loses nothing and calls nothing late when the clock is set back', async () => {
    const clock = new TurnedClock()
    clock.wakeAt(4500, () => {
      clock.wakeAt(Number.POSITIVE_INFINITY, () => {})
      clock.setBack(5000)
    })
    const given = await run(TUMBLE, clock)
    expect(total(given)).toBe(100)
    const starts = given.map(g => g.window[0])
    expect(starts).toEqual([...new Set(starts)].toSorted((a, b) => a - b))
  })

  it.each([
    [
      'hopping',
      "SELECT window_start, window_end, COUNT(*) FROM TABLE(HOP(TABLE r, DESCRIPTOR(pt), INTERVAL '1' SECOND, INTERVAL '2' SECOND)) GROUP BY window_start, window_end",
      200,
    ],
    [
      'of GROUP BY',
      "SELECT TUMBLE_START(pt, INTERVAL '2' SECOND), TUMBLE_END(pt, INTERVAL '2' SECOND), COUNT(*) FROM r GROUP BY TUMBLE(pt, INTERVAL '2' SECOND)",
      100,
    ],
    [
      'of a session',
      "SELECT window_start, window_end, COUNT(*) FROM TABLE(SESSION(TABLE r, DESCRIPTOR(pt), INTERVAL '1' SECOND)) GROUP BY window_start, window_end",
      100,
    ],
  ])('holds each row: %s', async (_, query, expected) => {
    expect(total(await run(query, new TurnedClock()))).toBe(expected)
  })

  it('goes on with what it held before a restart', async () => {
    const clock = new TurnedClock()
    const settings = { stateDir: join(folder, 'state'), epochMs: 100 }
    const stop = new AbortController()
    clock.wakeAt(4500, () => stop.abort())
    const before = await run(TUMBLE, clock, settings, stop.signal)
    await clock.sleep(60_000)
    const after = await run(TUMBLE, clock, settings)
    expect(total(before)).toBeLessThan(100)
    expect(total(before) + total(after)).toBe(100)
  })

  it('is refused in batch mode, and over rows that are updated', async () => {
    expect(await messageOf(run(TUMBLE, new TurnedClock(), { mode: 'batch' }))).toContain(
      'a window of processing time has no meaning in batch mode',
    )
    const updated = `CREATE VIEW u AS SELECT id, COUNT(*) AS n, PROCTIME() AS pt FROM r GROUP BY id;
      SELECT window_start, window_end, COUNT(*) FROM TABLE(TUMBLE(TABLE u, DESCRIPTOR(pt), INTERVAL '2' SECOND)) GROUP BY window_start, window_end`
    expect(await messageOf(run(updated, new TurnedClock()))).toContain(
      'a window of processing time takes insert-only rows',
    )
  })
})

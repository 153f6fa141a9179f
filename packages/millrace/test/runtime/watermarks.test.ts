import { describe, expect, it } from 'vitest'
import type { Source, SourceFactory, SplitReader } from '../../src/connector/source.ts'
import { createResultSink } from '../../src/plan/result-sink.ts'
import { createBuiltInRegistry } from '../../src/runner/built-in-registry.ts'
import { EmbeddedRunner } from '../../src/runner/embedded-runner.ts'
import { loadScript } from '../../src/runner/load-script.ts'
import { nodePorts } from '../../src/runner/node-ports.ts'
import type { Clock, RuntimePorts } from '../../src/types/ports.ts'
import type { Row, RowKindCode } from '../../src/types/value.ts'

/** What a split has: seconds of event time, each alone in a batch; from `at` (ms of the clock) on. */
type Feed = readonly { readonly at: number; readonly seconds: number }[]

/** Time that passes only while somebody waits. */
class PatientClock implements Clock {
  #now = 0
  now = () => this.#now
  monotonic = () => this.#now
  sleep = async (ms: number, signal?: AbortSignal) => {
    await new Promise<void>(resolve => setImmediate(resolve))
    if (!signal?.aborted) this.#now += ms
  }
}

/** A live source whose splits never end. */
function liveSource(clock: Clock, feeds: Readonly<Record<string, readonly Feed[]>>): SourceFactory {
  return {
    connector: 'live',
    options: [],
    takesFormat: false,
    create: ({ table }): Source => {
      const splits = feeds[table.name.split('.').at(-1) as string] ?? []
      return {
        boundedness: 'unbounded',
        payload: 'rows',
        discover: async known =>
          splits.map((_, i) => ({ id: `${i}`, spec: i })).filter(s => !known.has(s.id)),
        open: async ({ spec }) => reader(clock, splits[spec as number] ?? []),
        describe: () => 'live',
      }
    },
  }
}

function reader(clock: Clock, feed: Feed): SplitReader {
  let next = 0
  return {
    async read() {
      const record = feed[next]
      if (!record || record.at > clock.now()) return 'idle'
      const first = next++
      return {
        kind: 'rows',
        rows: [[record.seconds * 1000]],
        positionAt: count => first + count,
      }
    },
    wait: signal => clock.sleep(20, signal),
    close: async () => {},
  }
}

const now = (...seconds: readonly number[]): Feed => seconds.map(s => ({ at: 0, seconds: s }))

interface Finding {
  readonly rows: readonly Row[]
  /** When the first row came, ms. */
  readonly firstAt: number
}

/** Runs the query for `forMs` of the clock's time. */
async function observe(
  ddl: string,
  query: string,
  feeds: Readonly<Record<string, readonly Feed[]>>,
  forMs: number,
): Promise<Finding> {
  const clock = new PatientClock()
  const connectors = createBuiltInRegistry()
  connectors.addSource(liveSource(clock, feeds))
  const { program, query: bound } = loadScript(`${ddl};\n${query};`, { name: 'p', connectors })
  const rows: Row[] = []
  let firstAt = Number.NaN
  if (!bound) throw new TypeError('no query')
  const sink = createResultSink(bound.plan, {
    onChange(_kind: RowKindCode, row: Row) {
      if (rows.length === 0) firstAt = clock.now()
      rows.push(row)
    },
  })
  const ports: RuntimePorts = { ...nodePorts(), clock }
  const run = await new EmbeddedRunner({ ports }).start({ ...program, sinks: [sink] })
  while (clock.now() < forMs) await new Promise<void>(resolve => setImmediate(resolve))
  await run.stop()
  return { rows, firstAt }
}

const table = (options = '', name = 't') =>
  `CREATE TABLE ${name} (ts TIMESTAMP(3), WATERMARK FOR ts AS ts) WITH ('connector' = 'live'${options})`

const WINDOWS = `SELECT window_end, COUNT(*) FROM TUMBLE(TABLE t, DESCRIPTOR(ts), INTERVAL '10' SECOND)
  GROUP BY window_start, window_end`

describe('scan.watermark.idle-timeout', () => {
  // The first split goes on; the second has nothing after a while.
  const steady: Feed = Array.from({ length: 60 }, (_, i) => ({ at: i * 1000, seconds: 25 }))
  const feeds = { t: [[...now(1, 2, 11), ...steady], now(3)] }

  it('lets a split that has nothing hold the watermark back no longer than the time-out', async () => {
    const idle = `, 'scan.watermark.idle-timeout' = '5 s'`
    const { rows, firstAt } = await observe(table(idle), WINDOWS, feeds, 40_000)
    expect(rows).toEqual([
      [10_000, 3],
      [20_000, 1],
    ])
    expect(firstAt).toBeGreaterThanOrEqual(5000)
    expect(firstAt).toBeLessThan(7000)
  })

  it('is never with 0, whatever the program sets', async () => {
    const never = `SET 'table.exec.source.idle-timeout' = '1 s'; ${table(`, 'scan.watermark.idle-timeout' = '0 s'`)}`
    expect((await observe(never, WINDOWS, feeds, 90_000)).rows).toEqual([])
  })

  it('comes from the program where the table has none', async () => {
    const ddl = `SET 'table.exec.source.idle-timeout' = '20 s'; ${table()}`
    const { firstAt } = await observe(ddl, WINDOWS, feeds, 40_000)
    expect(firstAt).toBeGreaterThanOrEqual(20_000)
    expect(firstAt).toBeLessThan(23_000)
  })

  it('counts a split again once it has a record', async () => {
    const back: Feed = [{ at: 10_000, seconds: 26 }]
    // After the record at 26 s the split is silent, but the other may not pass it before the next time-out.
    const ahead: Feed = Array.from({ length: 60 }, (_, i) => ({ at: i * 1000, seconds: 1 + 5 * i }))
    const idle = `, 'scan.watermark.idle-timeout' = '5 s'`
    const { rows } = await observe(table(idle), WINDOWS, { t: [ahead, back] }, 14_000)
    // The other split had reached 46 s, or 51 s.
    expect(rows.at(-1)?.[0]).toBe(50_000 - 10_000)
    const later = await observe(table(idle), WINDOWS, { t: [ahead, back] }, 20_000)
    expect(later.rows.length).toBeGreaterThan(rows.length)
  })
})

describe('scan.watermark.emit', () => {
  const gap = (n: number) =>
    `, 'scan.watermark.emit.strategy' = 'on-event', 'scan.watermark.emit.on-event.gap' = '${n}'`
  // 2 is late once the watermark stands at 11.
  const feeds = { t: [now(1, 11, 2, 25, 26)] }

  it('moves the watermark after every record without a gap', async () => {
    const { rows } = await observe(table(gap(1)), WINDOWS, feeds, 1000)
    expect(rows).toEqual([
      [10_000, 1],
      [20_000, 1],
    ])
  })

  it('moves it after as many records as the gap says', async () => {
    const { rows } = await observe(table(gap(3)), WINDOWS, feeds, 1000)
    // After the third record: 11. The fourth and fifth wait for a sixth.
    expect(rows).toEqual([[10_000, 2]])
  })

  it('takes no account of the gap on-periodic', async () => {
    const periodic = `, 'scan.watermark.emit.on-event.gap' = '3'`
    expect((await observe(table(periodic), WINDOWS, feeds, 1000)).rows).toHaveLength(2)
  })
})

describe('scan.watermark.alignment', () => {
  const both = (options: string) => `${table(options)}; ${table(options, 'u')}`
  const query = 'SELECT 1, ts FROM t UNION ALL SELECT 2, ts FROM u'
  const feeds = { t: [now(1)], u: [now(2, 5, 12, 30)] }

  it('lets no source of a group run ahead of another by more than the drift', async () => {
    const group = `, 'scan.watermark.alignment.group' = 'g', 'scan.watermark.alignment.max-drift' = '5 s'`
    const { rows } = await observe(both(group), query, feeds, 3000)
    // The record that passes the limit is the last one.
    expect(rows).toEqual([
      [1, 1000],
      [2, 2000],
      [2, 5000],
      [2, 12_000],
    ])
  })

  it('lets them run without a group', async () => {
    expect((await observe(both(''), query, feeds, 3000)).rows).toHaveLength(5)
  })

  it('no longer waits for a member that is idle', async () => {
    const group = `, 'scan.watermark.alignment.group' = 'g', 'scan.watermark.alignment.max-drift' = '5 s', 'scan.watermark.idle-timeout' = '10 s'`
    expect((await observe(both(group), query, feeds, 9000)).rows).toHaveLength(4)
    expect((await observe(both(group), query, feeds, 15_000)).rows).toHaveLength(5)
  })

  it('refuses a group without a drift', async () => {
    const group = `, 'scan.watermark.alignment.group' = 'g'`
    await expect(observe(table(group), 'SELECT ts FROM t', feeds, 0)).rejects.toThrow(
      /lacks the option 'scan.watermark.alignment.max-drift'/,
    )
  })
})

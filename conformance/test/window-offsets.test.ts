// Which rows Flink loses in windows with an offset of a stream, and that it is those: the one conformance case that is answered otherwise.
//
// Flink 2.2.1 collects rows in a buffer and flushes it into state when a watermark passes a multiple of the window's size, counted without
// the offset, and the first window in the buffer has ended. A timer is set at a flush, for windows that the watermark before had not
// ended. Rows of a window that ends between two flushes are thus in state only after it has fired: nothing fires it again.
// @see org.apache.flink.table.runtime.operators.aggregate.window: AbstractSliceWindowAggProcessor, AggCombiner; TimeWindowUtil

import { readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { createConnectors, EmbeddedRunner, loadScript } from 'millrace'
import { describe, expect, it } from 'vitest'

interface Order {
  readonly ms: number
  readonly qty: number | null
}

interface Windowing {
  readonly sizeMs: number
  readonly offsetMs: number
  /** Of the watermark. */
  readonly delayMs: number
}

/** By window end: rows, and the sum of their quantities. */
type Windows = ReadonlyMap<number, { readonly cnt: number; readonly sq: number | null }>

const file = (path: string): string =>
  readFileSync(new URL(`../${path}`, import.meta.url), 'utf8').trim()

const msOf = (timestamp: string): number => Date.parse(`${timestamp.replace(' ', 'T')}Z`)

const ORDERS: readonly Order[] = file('open/data/orders.ndjson')
  .split('\n')
  .map(line => JSON.parse(line) as { ts: string; qty: number | null })
  .map(({ ts, qty }) => ({ ms: msOf(ts), qty }))

/** What Flink recorded. */
function golden(path: string): Windows {
  const rows = file(path)
    .split('\n')
    .slice(1)
    .map(line => JSON.parse(line) as { window_end: string; cnt: number; sq: number | null })
  return new Map(rows.map(({ window_end, cnt, sq }) => [msOf(window_end), { cnt, sq }]))
}

function windowsOf(rows: readonly Order[], windowing: Windowing): Windows {
  const byEnd = Map.groupBy(rows, row => endOf(row, windowing))
  return new Map(
    [...byEnd].map(([end, inWindow]) => {
      const known = inWindow.flatMap(row => row.qty ?? [])
      const sq = known.length === 0 ? null : known.reduce((sum, qty) => sum + qty, 0)
      return [end, { cnt: inWindow.length, sq }]
    }),
  )
}

const endOf = ({ ms }: Order, { sizeMs, offsetMs }: Windowing): number =>
  Math.floor((ms - offsetMs) / sizeMs) * sizeMs + offsetMs + sizeMs

/** The rows that count: those of windows that had not ended when they came, and of these the ones that Flink counts. */
function rowsThatCount(windowing: Windowing): { readonly ours: Order[]; readonly flinks: Order[] } {
  const { sizeMs, delayMs } = windowing
  const hasEnded = (end: number, watermark: number) => watermark >= end - 1
  const ours: Order[] = []
  const flinks: Order[] = []
  let buffer: Order[] = []
  let watermark = Number.NEGATIVE_INFINITY
  let nextFlush = 0
  const advance = (to: number): void => {
    const before = watermark
    watermark = to
    if (to < nextFlush) return
    const first = Math.min(...buffer.map(row => endOf(row, windowing)))
    if (hasEnded(first, to)) {
      flinks.push(...buffer.filter(row => !hasEnded(endOf(row, windowing), before)))
      buffer = []
    }
    const boundary = Math.floor(to / sizeMs) * sizeMs + sizeMs - 1
    nextFlush = boundary > to ? boundary : boundary + sizeMs
  }
  for (const row of ORDERS) {
    if (!hasEnded(endOf(row, windowing), watermark)) {
      ours.push(row)
      buffer.push(row)
    }
    if (row.ms - delayMs > watermark) advance(row.ms - delayMs)
  }
  advance(Number.POSITIVE_INFINITY)
  return { ours, flinks }
}

async function millraces({ sizeMs, offsetMs, delayMs }: Windowing): Promise<Windows> {
  const seconds = (ms: number): string => `INTERVAL '${ms / SECOND}' SECOND(3)`
  const { program, query } = loadScript(
    `CREATE TABLE orders (qty INT, ts TIMESTAMP(3), WATERMARK FOR ts AS ts - ${seconds(delayMs)})
       WITH ('connector' = 'filesystem', 'path' = 'open/data/orders.ndjson', 'format' = 'json');
     SELECT window_end, COUNT(*), SUM(qty)
       FROM TUMBLE(TABLE orders, DESCRIPTOR(ts), ${seconds(sizeMs)}, ${seconds(offsetMs)})
       GROUP BY window_start, window_end;`,
    {
      name: 'offsets',
      connectors: createConnectors(),
      settings: { baseFolder: fileURLToPath(new URL('..', import.meta.url)) },
    },
  )
  const windows = new Map<number, { readonly cnt: number; readonly sq: number | null }>()
  if (!query) throw new Error('the script has no query')
  for await (const { row } of new EmbeddedRunner().query(program, query.plan)) {
    const [end, cnt, sq] = row as [number, number, number | null]
    windows.set(end, { cnt, sq })
  }
  return windows
}

const SECOND = 1000

describe.each([
  {
    path: 'open/golden/semantics/win-tumble-offset.streaming.ndjson',
    windowing: { sizeMs: 20 * SECOND, offsetMs: 7 * SECOND, delayMs: 120 * SECOND },
    lost: 5,
  },
  {
    path: 'test/window-offsets/tumble-a.ndjson',
    windowing: { sizeMs: 20 * SECOND, offsetMs: 7 * SECOND, delayMs: 5 * SECOND },
    lost: 41,
  },
  {
    path: 'test/window-offsets/tumble-b.ndjson',
    windowing: { sizeMs: 60 * SECOND, offsetMs: 15 * SECOND, delayMs: 40 * SECOND },
    lost: 21,
  },
])('$path', ({ path, windowing, lost }) => {
  const { ours, flinks } = rowsThatCount(windowing)

  it("has Flink's rows: all that were not late, but for those that a flush came too late for", () => {
    expect(windowsOf(flinks, windowing)).toEqual(golden(path))
  })

  it(`lacks ${lost} rows that were not late, which Millrace counts`, async () => {
    expect(ours.length - flinks.length).toBe(lost)
    expect(await millraces(windowing)).toEqual(windowsOf(ours, windowing))
  })
})

// Which rows Flink loses in windows with an offset of a stream, and that it is those: the one conformance case that is answered otherwise.
//
// Flink 2.2.1 collects rows in a buffer and flushes it into state when a watermark passes a multiple of the window's size, counted without
// the offset, and the first window in the buffer has ended. A timer is set at a flush, for windows that the watermark before had not
// ended. Rows of a window that ends between two flushes are thus in state only after it has fired: nothing fires it again. HOP and
// CUMULATE are flushed so by their slides and steps. A window of CUMULATE adds its last step to those before: what of a step is
// flushed after it was added is in none of the later windows.
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
  readonly kind: 'TUMBLE' | 'HOP' | 'CUMULATE'
  /** From window to window: the slide of HOP, the step of CUMULATE, the size of TUMBLE. */
  readonly stepMs: number
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

const sum = (rows: readonly Order[]): { readonly cnt: number; readonly sq: number | null } => {
  const known = rows.flatMap(row => row.qty ?? [])
  const sq = known.length === 0 ? null : known.reduce((total, qty) => total + qty, 0)
  return { cnt: rows.length, sq }
}

const endOf = ({ ms }: Order, { stepMs, offsetMs }: Windowing): number =>
  Math.floor((ms - offsetMs) / stepMs) * stepMs + offsetMs + stepMs

const startOf = (end: number, { kind, sizeMs, offsetMs }: Windowing): number =>
  kind === 'CUMULATE' ? Math.floor((end - 1 - offsetMs) / sizeMs) * sizeMs + offsetMs : end - sizeMs

const lastEndOf = (end: number, windowing: Windowing): number =>
  windowing.kind === 'CUMULATE'
    ? startOf(end, windowing) + windowing.sizeMs
    : end + windowing.sizeMs - windowing.stepMs

const hasEnded = (end: number, watermark: number): boolean => watermark >= end - 1

/** Each window of the rows that came before it ended. */
function windowsOfAll(windowing: Windowing): Windows {
  const rows = new Map<number, Order[]>()
  let watermark = Number.NEGATIVE_INFINITY
  for (const row of ORDERS) {
    const first = endOf(row, windowing)
    for (let end = first; end <= lastEndOf(first, windowing); end += windowing.stepMs)
      if (!hasEnded(end, watermark)) rows.set(end, [...(rows.get(end) ?? []), row])
    watermark = Math.max(watermark, row.ms - windowing.delayMs)
  }
  return new Map([...rows].map(([end, inWindow]) => [end, sum(inWindow)]))
}

/** The same by the rule above. */
function windowsOfFlink(windowing: Windowing): Windows {
  const { kind, stepMs, sizeMs, delayMs } = windowing
  const firstEndOf = (end: number) => startOf(end, windowing) + stepMs
  const windows = new Map<number, ReturnType<typeof sum>>()
  const timers = new Set<number>()
  let state: { readonly row: Order; readonly slice: number }[] = []
  let buffer: typeof state = []
  let watermark = Number.NEGATIVE_INFINITY
  let nextFlush = 0
  const flush = (before: number): void => {
    state.push(...buffer)
    for (const { slice } of buffer) if (!hasEnded(slice, before)) timers.add(slice)
    buffer = []
  }
  const fire = (end: number): void => {
    const slices = kind === 'CUMULATE' ? [firstEndOf(end), end] : undefined
    const inWindow = state.filter(({ slice }) =>
      slices ? slices.includes(slice) : slice <= end && slice > startOf(end, windowing),
    )
    if (inWindow.length > 0) windows.set(end, sum(inWindow.map(({ row }) => row)))
    if (kind === 'CUMULATE') {
      state = state.map(at => (at.slice === end ? { ...at, slice: firstEndOf(end) } : at))
      if (end < startOf(end, windowing) + sizeMs) timers.add(end + stepMs)
    } else if (inWindow.length > 0) timers.add(end + stepMs)
    state = state.filter(({ slice }) => lastEndOf(slice, windowing) !== end)
  }
  const advance = (to: number): void => {
    const before = watermark
    watermark = to
    if (to >= nextFlush) {
      if (hasEnded(Math.min(...buffer.map(({ slice }) => slice)), to)) flush(before)
      const boundary = Math.floor(to / stepMs) * stepMs + stepMs - 1
      nextFlush = boundary > to ? boundary : boundary + stepMs
    }
    for (let end = Math.min(...timers); timers.size > 0 && hasEnded(end, to); ) {
      timers.delete(end)
      fire(end)
      end = Math.min(...timers)
    }
  }
  for (const row of ORDERS) {
    let end = endOf(row, windowing)
    if (!hasEnded(lastEndOf(end, windowing), watermark)) {
      const isLate = hasEnded(end, watermark)
      buffer.push({ row, slice: isLate && kind === 'CUMULATE' ? firstEndOf(end) : end })
      while (hasEnded(end, watermark)) end += stepMs
      if (isLate) timers.add(end)
    }
    if (row.ms - delayMs > watermark) advance(row.ms - delayMs)
  }
  advance(Number.POSITIVE_INFINITY)
  return windows
}

const countOf = (windows: Windows): number =>
  [...windows.values()].reduce((total, { cnt }) => total + cnt, 0)

async function millraces({ kind, stepMs, sizeMs, offsetMs, delayMs }: Windowing): Promise<Windows> {
  const seconds = (ms: number): string => `INTERVAL '${ms / SECOND}' SECOND(3)`
  const step = kind === 'TUMBLE' ? '' : `${seconds(stepMs)}, `
  const { program, query } = loadScript(
    `CREATE TABLE orders (qty INT, ts TIMESTAMP(3), WATERMARK FOR ts AS ts - ${seconds(delayMs)})
       WITH ('connector' = 'filesystem', 'path' = 'open/data/orders.ndjson', 'format' = 'json');
     SELECT window_end, COUNT(*), SUM(qty)
       FROM ${kind}(TABLE orders, DESCRIPTOR(ts), ${step}${seconds(sizeMs)}, ${seconds(offsetMs)})
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

const windowing = (
  kind: Windowing['kind'],
  step: number,
  size: number,
  offset: number,
  delay: number,
): Windowing => ({
  kind,
  stepMs: step * SECOND,
  sizeMs: size * SECOND,
  offsetMs: offset * SECOND,
  delayMs: delay * SECOND,
})

describe.each([
  {
    path: 'open/golden/semantics/win-tumble-offset.streaming.ndjson',
    windowing: windowing('TUMBLE', 20, 20, 7, 120),
    lost: 5,
  },
  {
    path: 'test/window-offsets/tumble-a.ndjson',
    windowing: windowing('TUMBLE', 20, 20, 7, 5),
    lost: 41,
  },
  {
    path: 'test/window-offsets/tumble-b.ndjson',
    windowing: windowing('TUMBLE', 60, 60, 15, 40),
    lost: 21,
  },
  {
    path: 'test/window-offsets/tumble-c.ndjson',
    windowing: windowing('TUMBLE', 45, 45, 10, 20),
    lost: 50,
  },
  {
    path: 'test/window-offsets/hop.ndjson',
    windowing: windowing('HOP', 20, 60, 7, 10),
    lost: 43,
  },
  {
    path: 'test/window-offsets/hop-b.ndjson',
    windowing: windowing('HOP', 10, 20, 3, 2),
    lost: 51,
  },
  {
    path: 'test/window-offsets/cumulate.ndjson',
    windowing: windowing('CUMULATE', 20, 60, 7, 10),
    lost: 67,
  },
])('$path', ({ path, windowing, lost }) => {
  const flinks = windowsOfFlink(windowing)
  const all = windowsOfAll(windowing)

  it("has Flink's rows: all that were not late, but for those that a flush came too late for", () => {
    expect(flinks).toEqual(golden(path))
  })

  it(`lacks ${lost} rows of windows that were not late, which Millrace counts`, async () => {
    expect(countOf(all) - countOf(flinks)).toBe(lost)
    expect(await millraces(windowing)).toEqual(all)
  })
})

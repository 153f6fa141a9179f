import { describe, expect, it } from 'vitest'
import { count, datagen, memory, Millrace, tumble, t } from '../../src/index.ts'

const minute = (n: number) => n * 60_000

/** A sensor at minutes 1, 2, 20 and 3 (late after 20). */
function readings() {
  const app = new Millrace('actions')
  return app.table('readings', {
    source: memory([1, 2, 20, 3].map(n => ({ sensor: 'a', at: minute(n) }))),
    schema: { sensor: t.string(), at: t.timestamp() },
    watermark: { column: 'at', delay: '0s' },
  })
}

/** Sets a timer five minutes after each reading. */
function echoes() {
  return readings()
    .stream()
    .keyBy('sensor')
    .process({
      output: { event: t.string(), minute: t.int() },
      onEvent(_, { timestamp = 0, emit, setTimer }) {
        emit({ event: 'reading', minute: timestamp / minute(1) })
        setTimer(timestamp + minute(5))
      },
      onTimer: ({ timestamp = 0, emit }) => emit({ event: 'timer', minute: timestamp / minute(1) }),
    })
}

const reading = (n: number) => ({ event: 'reading', minute: n })
const timer = (n: number) => ({ event: 'timer', minute: n })

describe('actions', () => {
  it('fire timers between the records', async () => {
    expect(await echoes().collect()).toEqual([
      reading(1),
      reading(2),
      reading(20),
      timer(6),
      timer(7),
      reading(3),
      timer(8),
      timer(25),
    ])
  })

  it('fire them after all records in batch mode', async () => {
    expect(await echoes().toTable().collect({ mode: 'batch' })).toEqual([
      ...[1, 2, 20, 3].map(reading),
      ...[6, 7, 8, 25].map(timer),
    ])
  })

  it('count what was not taken back', async () => {
    const counts = echoes().toTable().groupBy('event').select({ n: count() })
    const rows = await counts.collect()
    expect(rows).toHaveLength(2)
    expect(rows.find(r => r.event === 'reading')?.n).toBe(4n)
    expect(await counts.count()).toBe(2)
    expect(await counts.take(5)).toHaveLength(2)
  })

  it('take late records in batch mode, and leave them out in streaming mode', async () => {
    const windows = readings().window(tumble('at', '5m')).groupBy('sensor').select({ n: count() })
    const totals = (rows: readonly { n: bigint }[]) => rows.map(r => Number(r.n)).sort()
    expect(totals(await windows.collect())).toEqual([1, 3])
    expect(totals(await windows.collect({ mode: 'streaming' }))).toEqual([1, 2])
  })

  it('refuse input without an end, timers or not', async () => {
    const app = new Millrace('endless')
    const endless = app.table('endless', {
      source: datagen({ rowsPerSecond: 10 }),
      schema: { sensor: t.string() },
    })
    const timed = endless
      .stream()
      .keyBy('sensor')
      .process({ output: { n: t.int() }, onEvent: () => {}, onTimer: () => {} })
    await expect(endless.count()).rejects.toThrow(/batch mode needs input that ends/)
    await expect(timed.collect()).rejects.toThrow(/an action needs input that ends/)
  })
})

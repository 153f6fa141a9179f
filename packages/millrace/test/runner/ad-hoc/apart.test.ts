// What keeps queries beside a program from being felt by it.

import { describe, expect, it } from 'vitest'
import { ConnectorRegistry } from '../../../src/connector/registry.ts'
import type { HeldTable } from '../../../src/connector/sink.ts'
import type { Source, SourceContext, SourceFactory } from '../../../src/connector/source.ts'
import { connectorsApart } from '../../../src/runner/ad-hoc/apart-source.ts'
import { heldTableSource } from '../../../src/runner/ad-hoc/held-table-source.ts'
import { yieldingClock } from '../../../src/runner/ad-hoc/yielding-clock.ts'
import type { Clock } from '../../../src/types/ports.ts'
import { DELETE, INSERT, type Row, type RowKindCode } from '../../../src/types/value.ts'

const context = { table: { name: 'cities' } } as unknown as SourceContext

/** A clock that moves by what is slept, and by hand. */
class HandClock implements Clock {
  nowMs = 0
  now = () => this.nowMs
  monotonic = () => this.nowMs
  async sleep(ms: number) {
    this.nowMs += ms
  }
}

describe('the clock of a query', () => {
  it('rests for as long as the query has worked, times those that run', async () => {
    const hand = new HandClock()
    let running = 1
    const clock = yieldingClock(hand, () => running)
    hand.nowMs += 10
    await clock.sleep(0)
    expect(hand.nowMs).toBe(20)
    running = 3
    hand.nowMs += 10
    await clock.sleep(0)
    expect(hand.nowMs).toBe(60)
    await clock.sleep(5)
    expect(hand.nowMs).toBe(65)
  })

  it('rests no more once the program has ended', async () => {
    const hand = new HandClock()
    const clock = yieldingClock(hand, () => 0)
    hand.nowMs += 10
    await clock.sleep(0)
    expect(hand.nowMs).toBe(10)
  })
})

describe('sources that are read a second time', () => {
  const sourceOf = (factory: Partial<SourceFactory>, source: Partial<Source> = {}) => {
    const own = new ConnectorRegistry().addSource({
      connector: 'log',
      options: [],
      takesFormat: false,
      create: () => source as Source,
      ...factory,
    })
    return connectorsApart(own, []).sources.get('log')?.create(context)
  }

  it('are told of no commit, which would move what others keep of the program', async () => {
    class Log {
      readonly #name = 'log'
      committed(): void {}
      describe = () => this.#name
    }
    const source = sourceOf({}, new Log() as unknown as Source)
    expect(source?.committed).toBeUndefined()
    expect(source?.describe()).toBe('log')
  })

  it('are refused where what is read is gone for the program', () => {
    expect(() => sourceOf({ isConsumed: true })).toThrow(/"cities" reads is gone once it is read/)
  })
})

describe('a held table', () => {
  const heldTable = () => {
    const listeners = new Set<(kind: RowKindCode, row: Row) => void>()
    const held: HeldTable = {
      isAppended: false,
      rows: () => [['Bonn'], ['Kiel']],
      follow(listener) {
        listeners.add(listener)
        return () => listeners.delete(listener)
      },
    }
    const read = (mode: 'streaming' | 'batch') =>
      heldTableSource('live', mode, () => held)
        .create(context)
        .open({ id: 'rows', spec: null }, undefined)
    return { listeners, read }
  }

  it('is read as it stands, then followed', async () => {
    const { listeners, read } = heldTable()
    const reader = await read('streaming')
    expect(await reader.read()).toMatchObject({ rows: [['Bonn'], ['Kiel']] })
    expect(await reader.read()).toBe('idle')
    const woken = reader.wait(new AbortController().signal)
    for (const tell of listeners) tell(DELETE, ['Bonn'])
    await woken
    expect(await reader.read()).toMatchObject({
      rows: [['Bonn']],
      kinds: Uint8Array.of(DELETE),
    })
    await reader.close()
    expect(listeners.size).toBe(0)
  })

  it('ends after its rows in batch mode, and follows nothing', async () => {
    const { listeners, read } = heldTable()
    const reader = await read('batch')
    expect(listeners.size).toBe(0)
    await reader.read()
    expect(await reader.read()).toBe('finished')
  })

  it('fails a query that does not keep up, and holds no more for it', async () => {
    const { listeners, read } = heldTable()
    const reader = await read('streaming')
    for (let i = 0; i < 60_000; i++) for (const tell of listeners) tell(INSERT, [String(i)])
    expect(listeners.size).toBe(0)
    await expect(reader.read()).rejects.toThrow('"cities" changes faster than this query follows.')
  })
})

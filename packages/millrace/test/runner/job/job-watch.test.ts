// A job that stands still is told of, by what its source says of itself; a process that did not run is not.

import { afterEach, beforeEach, expect, it } from 'vitest'
import type { Source, SourceFactory } from '../../../src/connector/source.ts'
import type { SourceTrouble } from '../../../src/connector/source-trouble.ts'
import { createBuiltInRegistry } from '../../../src/runner/built-in-registry.ts'
import { type EmbeddedRun, EmbeddedRunner } from '../../../src/runner/embedded-runner.ts'
import { loadScript } from '../../../src/runner/load-script.ts'
import { nodePorts } from '../../../src/runner/node-ports.ts'
import { setProgramHost } from '../../../src/runner/program-host.ts'
import { HandClock } from './hand-clock.ts'

/** A source with records that never come, until its connections are opened anew. */
class SilentSource implements Source {
  readonly boundedness = 'unbounded'
  readonly payload = 'rows'
  renewed = 0
  readonly #troubles: readonly SourceTrouble[]
  #records = 7
  #come: (() => void) | undefined

  constructor(troubles: readonly SourceTrouble[]) {
    this.#troubles = troubles
  }

  async discover() {
    return [{ id: 's', spec: null, label: 'letters-0' }]
  }

  async open() {
    return {
      read: async () => {
        if (this.renewed === 0 || this.#records === 0) return 'idle' as const
        const rows = Array.from({ length: this.#records }, () => ['x'])
        this.#records = 0
        return { kind: 'rows' as const, rows, positionAt: (n: number) => n }
      },
      wait: (signal: AbortSignal) =>
        new Promise<void>(resolve => {
          this.#come = resolve
          signal.addEventListener('abort', () => resolve())
        }),
      close: async () => {},
      lag: () => ({ position: 0, end: 7, records: this.#records, asOfMs: clock.now() }),
    }
  }

  async diagnose() {
    return this.#troubles
  }

  async renew() {
    this.renewed++
    this.#come?.()
  }

  describe() {
    return 'letters'
  }
}

let notices: string[]
let run: EmbeddedRun
let clock: HandClock
beforeEach(() => {
  notices = []
  clock = new HandClock()
  setProgramHost({ notice: text => notices.push(text) })
})
afterEach(async () => {
  setProgramHost(undefined)
  await run.stop()
})

async function start(source: SilentSource, timeout: string): Promise<EmbeddedRun> {
  const factory: SourceFactory = {
    connector: 'silent',
    options: [],
    takesFormat: false,
    create: () => source,
  }
  const script = `SET 'stall-timeout' = '${timeout}';
    CREATE TABLE letters (v STRING) WITH ('connector' = 'silent');
    CREATE TABLE nowhere (v STRING) WITH ('connector' = 'blackhole');
    INSERT INTO nowhere SELECT v FROM letters;`
  const connectors = createBuiltInRegistry().addSource(factory)
  const { program } = loadScript(script, { name: 'post', connectors })
  return new EmbeddedRunner({ ports: { ...nodePorts(), clock } }).start(program)
}

it('is told of with what the source says, which opens its connections anew; and so is its going on', async () => {
  const source = new SilentSource([
    { fact: 'the postman is ill', remedy: 'Send another one.', isCurable: true },
  ])
  run = await start(source, '8 s')
  // It is looked once a second, at first after one.
  await clock.turn(8_500)
  expect(notices).toEqual([])
  await clock.turn(1_000)
  expect(notices).toEqual([
    'post stands still: nothing was processed for 8 s, though 7 records of letters-0 can be read. The postman is ill. Send another one. It is asked anew over fresh connections.',
  ])
  await clock.turn(1_000)
  expect(notices.slice(1)).toEqual(['post goes on, after 9 s.'])
  expect(run.job.recordsRead).toBe(7)
  expect(run.job.troubles).toEqual([])
  expect(source.renewed).toBe(1)
})

it('is told of again later and later, where nothing can be done about it', async () => {
  const source = new SilentSource([{ fact: 'the post office is closed', isCurable: false }])
  run = await start(source, '2 s')
  // After 2, 4 and 8 s, since the first look.
  await clock.turn(15_000)
  expect(source.renewed).toBe(0)
  expect(notices.map(n => /for (\d+) s/.exec(n)?.[1])).toEqual(['2', '4', '8'])
  expect(run.job.troubles).toEqual(notices.slice(-1))
})

it('is not told of where the process itself did not run', async () => {
  const source = new SilentSource([])
  run = await start(source, '3 s')
  await clock.turn(1_000)
  clock.jump(60_000)
  await clock.turn(1_500)
  expect(notices).toEqual([])
  await clock.turn(1_600)
  expect(notices).toHaveLength(1)
  expect(notices[0]).toMatch(/^post stands still: nothing was processed for 3 s/)
})

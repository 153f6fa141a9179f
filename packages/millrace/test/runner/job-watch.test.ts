// A job that stands still is told of, by what its source says of itself; a process that did not run is not.

import { setTimeout as sleep } from 'node:timers/promises'
import { afterEach, beforeEach, expect, it } from 'vitest'
import type { Source, SourceFactory } from '../../src/connector/source.ts'
import type { SourceTrouble } from '../../src/connector/source-trouble.ts'
import { createBuiltInRegistry } from '../../src/runner/built-in-registry.ts'
import { type EmbeddedRun, EmbeddedRunner } from '../../src/runner/embedded-runner.ts'
import { loadScript } from '../../src/runner/load-script.ts'
import { nodePorts } from '../../src/runner/node-ports.ts'
import { setProgramHost } from '../../src/runner/program-host.ts'

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
      lag: () => ({ position: 0, end: 7, records: this.#records, asOfMs: Date.now() }),
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
beforeEach(() => {
  notices = []
  setProgramHost({ notice: text => notices.push(text) })
})
afterEach(async () => {
  setProgramHost(undefined)
  await run.stop()
})

const real = nodePorts()
let jumpMs = 0

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
  const clock = { ...real.clock, monotonic: () => real.clock.monotonic() + jumpMs }
  return new EmbeddedRunner({ ports: { ...real, clock } }).start(program)
}

it('is told of with what the source says, which opens its connections anew; and so is its going on', async () => {
  const source = new SilentSource([
    { fact: 'the postman is ill', remedy: 'Send another one.', isCurable: true },
  ])
  run = await start(source, '400 ms')
  await expect.poll(() => notices).toHaveLength(2)
  expect(notices[0]).toMatch(
    /^post stands still: nothing was processed for \d s, though 7 records of letters-0 can be read\. The postman is ill\. Send another one\. It is asked anew over fresh connections\.$/,
  )
  expect(notices[1]).toMatch(/^post goes on, after \d s\.$/)
  expect(run.job.recordsRead).toBe(7)
  expect(run.job.troubles).toEqual([])
  expect(source.renewed).toBe(1)
})

it('is told of again later and later, where nothing can be done about it', async () => {
  const source = new SilentSource([{ fact: 'the post office is closed', isCurable: false }])
  run = await start(source, '200 ms')
  await sleep(1_500)
  expect(source.renewed).toBe(0)
  expect(notices.length).toBeGreaterThan(1)
  // After 200, 400 and 800 ms.
  expect(notices.length).toBeLessThanOrEqual(3)
  expect(run.job.troubles).toEqual(notices.slice(-1))
})

it('is not told of where the process itself did not run', async () => {
  const source = new SilentSource([])
  run = await start(source, '3 s')
  await sleep(1_000)
  jumpMs = 60_000
  await sleep(1_500)
  expect(notices).toEqual([])
  await expect.poll(() => notices.length, { timeout: 10_000 }).toBeGreaterThan(0)
  expect(notices[0]).toMatch(/^post stands still: nothing was processed for [3-9] s/)
})

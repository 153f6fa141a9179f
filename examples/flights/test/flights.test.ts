import { spawn } from 'node:child_process'
import { existsSync } from 'node:fs'
import { mkdtemp, readFile, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest'
import { compareWithOracle } from '../src/compare.ts'
import { deliver, MAX_DELAY_MS } from '../src/network.ts'
import { EXAMPLE_DATA, parseOptions } from '../src/options.ts'
import { createFlights } from '../src/pipeline.ts'
import { openWorkspace, type Workspace } from '../src/workspace.ts'

// Real processes on shared machines.
vi.setConfig({ testTimeout: 240_000, hookTimeout: 240_000 })

let folder: string
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'millrace-flights-'))
})
afterAll(() => rm(folder, { recursive: true, force: true }))

describe('the network', () => {
  test('delivers the same event in the same way for the same seed', () => {
    expect(deliver('a', 1000, 7)).toEqual(deliver('a', 1000, 7))
    expect(deliver('a', 1000, 7)).not.toEqual(deliver('a', 1000, 8))
  })

  test('delivers everything within its delay, a hundredth of it twice', () => {
    const all = Array.from({ length: 20_000 }, (_, i) => deliver(`event-${i}`, 0))
    const delays = all.flat().map(d => d.deliveredAtMs)
    expect(Math.min(...delays)).toBeGreaterThanOrEqual(0)
    expect(Math.max(...delays)).toBeLessThan(MAX_DELAY_MS)
    expect(Math.max(...delays)).toBeGreaterThan(MAX_DELAY_MS / 2)
    const twice = all.filter(d => d.length === 2).length
    expect(twice).toBeGreaterThan(120)
    expect(twice).toBeLessThan(280)
  })
})

describe('January', () => {
  let workspace: Workspace
  beforeAll(async () => {
    workspace = await openWorkspace(join(folder, 'january'), EXAMPLE_DATA, true)
  })

  test('accounts for every flight of the table', () => {
    expect(workspace.counts).toEqual({
      flights: 27_004,
      departures: 26_483,
      arrivals: 26_468,
      cancelled: 521,
      withoutArrival: 15,
      duplicates: 523,
    })
  })

  test('leaves the tables that DuckDB computes from the raw data', async () => {
    const { paths, stateDir, counts } = workspace
    const result = await createFlights(paths, { settings: { stateDir } }).run()
    expect(result).toMatchObject({ outcome: 'finished', lateRecords: 0, deadLetters: 0 })
    const comparisons = await compareWithOracle(paths, counts)
    expect(comparisons.map(c => c.table)).toEqual([
      'fact_flights',
      'delays_15m',
      'worst_routes_3h',
      'carrier_totals',
      'cancellations_by_day',
      'alerts',
      'raw_events',
    ])
    for (const { table, rows, missing, extra, samples } of comparisons) {
      expect({ table, missing, extra, samples }).toEqual({
        table,
        missing: 0,
        extra: 0,
        samples: [],
      })
      expect(rows).toBeGreaterThan(0)
    }
  })

  test('raises and clears each alert once, in turn', async () => {
    const lines = (await readFile(workspace.paths.alerts, 'utf8')).trim().split('\n')
    const last = new Map<string, string>()
    for (const { origin, state } of lines.map(
      l => JSON.parse(l) as { origin: string; state: string },
    )) {
      expect(state).toBe(last.get(origin) === 'raised' ? 'cleared' : 'raised')
      last.set(origin, state)
    }
    expect([...last.keys()].sort()).toEqual(['EWR', 'JFK', 'LGA'])
  })
})

describe('the demo', () => {
  const isAlive = (pid: number) => {
    try {
      return process.kill(pid, 0)
    } catch {
      return false
    }
  }
  const main = fileURLToPath(new URL('../src/main.ts', import.meta.url))

  function demo(args: readonly string[]) {
    const child = spawn(process.execPath, [main, ...args], { stdio: ['ignore', 'ignore', 'pipe'] })
    let text = ''
    child.stderr.setEncoding('utf8').on('data', (chunk: string) => {
      text += chunk
    })
    const ended = new Promise<number | null>(resolve => child.on('close', resolve))
    const said = async (pattern: RegExp) => {
      for (;;) {
        const match = pattern.exec(text)
        if (match) return match
        if (child.exitCode !== null) throw new Error(`it ended without saying ${pattern}: ${text}`)
        await new Promise(resolve => setTimeout(resolve, 20))
      }
    }
    return { child, ended, said, text: () => text }
  }

  test('prints its page, stops on Ctrl-C, goes on at the next start, ends equal to the oracle', async () => {
    const stateDir = join(folder, 'demo')
    const first = demo(['--state-dir', stateDir, '--speed', '200000'])
    const [, url] = await first.said(/^flights is running\. Its page: (http:\S+)/m)
    const status = (await (await fetch(`${url}/api/status`)).json()) as { state: string }
    expect(status.state).toBe('running')
    await new Promise(resolve => setTimeout(resolve, 1500))
    first.child.kill('SIGINT')
    expect(await first.ended).toBe(0)
    expect(first.text()).toMatch(/flights stopped: [\d,]+ events/)

    const second = demo(['--state-dir', stateDir, '--fast'])
    expect(await second.ended).toBe(0)
    expect(second.text()).toMatch(/Found 27004 flights/)
    expect(second.text()).toMatch(/flights finished/)
    const { paths, counts } = await openWorkspace(stateDir, EXAMPLE_DATA, false)
    for (const c of await compareWithOracle(paths, counts))
      expect({ table: c.table, missing: c.missing, extra: c.extra }).toEqual({
        table: c.table,
        missing: 0,
        extra: 0,
      })
  })

  test('shows the preparation at once; Ctrl-C stops it, and the next start prepares anew', async () => {
    const stateDir = join(folder, 'stopped')
    const run = demo(['--state-dir', stateDir])
    const [, url] = await run.said(/^flights-preparation is running\. Its page: (http:\S+)/m)
    const status = (await (await fetch(`${url}/api/status`)).json()) as { name: string }
    expect(status.name).toBe('flights-preparation')
    run.child.kill('SIGINT')
    expect(await run.ended).toBe(0)
    expect(run.text()).toContain('Stopped while the feed was being prepared.')
    expect(run.text()).not.toContain('flights is running')
    expect(existsSync(join(stateDir, 'feed.json'))).toBe(false)

    const again = demo(['--state-dir', stateDir, '--speed', '200000'])
    await again.said(/Prepared 27004 flights/)
    await again.said(/^flights is running\. Its page: http/m)
    again.child.kill('SIGINT')
    expect(await again.ended).toBe(0)
  })

  test.runIf(process.platform === 'linux')(
    'leaves no preparation behind when it is killed',
    async () => {
      const run = demo(['--state-dir', join(folder, 'killed')])
      await run.said(/^flights-preparation is running/m)
      const { pid } = run.child
      const children = await readFile(`/proc/${pid}/task/${pid}/children`, 'utf8')
      const preparation = Number(children.trim())
      expect(isAlive(preparation)).toBe(true)
      run.child.kill('SIGKILL')
      await run.ended
      await expect.poll(() => isAlive(preparation), { timeout: 60_000 }).toBe(false)
    },
  )

  test('says why the preparation failed', async () => {
    const run = demo(['--state-dir', join(folder, 'failed'), '--data', join(folder, 'nowhere')])
    expect(await run.ended).toBe(1)
    expect(run.text()).toMatch(
      /^The feed could not be prepared: .*nowhere.*\nCheck the table's 'path'/m,
    )
    expect(run.text()).not.toMatch(/^ +at /m)
  })

  test('says what is wrong with a flag', async () => {
    const run = demo(['--speed', 'fast'])
    expect(await run.ended).toBe(1)
    expect(run.text()).toContain('--speed takes a positive number, not "fast"')
  })

  test('replays a day in ten seconds unless told otherwise', () => {
    expect(parseOptions([])).toMatchObject({ speed: 8640, fresh: false, fast: false })
  })
})

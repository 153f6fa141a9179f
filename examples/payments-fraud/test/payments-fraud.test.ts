// The example as its README runs it, over a real broker, killed in the middle: every alert of plain JavaScript comes, and none twice.

import { type ChildProcess, spawn, spawnSync } from 'node:child_process'
import { once } from 'node:events'
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { fileURLToPath } from 'node:url'
import { kafka } from '@millrace/kafka'
import { Millrace, raw, t } from 'millrace'
import { afterAll, beforeAll, expect, it } from 'vitest'
import {
  brokerAddress,
  createTopic,
  describeWithBroker,
  useCluster,
} from '../../../packages/kafka/test/broker/use-broker.ts'
import { createPayments } from '../src/payments.ts'
import { expectedAlerts } from './expected-alerts.ts'

const PAYMENTS = 6_000
const SEED = 7
const path = (relative: string): string => fileURLToPath(new URL(relative, import.meta.url))
const SOURCES = new URL('../../../tools/testing/resolve-sources.ts', import.meta.url).href
const CLI = path('../../../packages/cli/src/main.ts')
const nodeArgs = (...args: readonly string[]): string[] => ['--import', SOURCES, ...args]

let folder = ''
let running: ChildProcess | undefined
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'millrace-fraud-'))
})
afterAll(() => {
  running?.kill('SIGKILL')
  rmSync(folder, { recursive: true })
})

describeWithBroker('the fraud example', () => {
  const cluster = useCluster()
  let payments = ''
  let alerts = ''
  beforeAll(async () => {
    payments = await createTopic(cluster.current, 4)
    alerts = await createTopic(cluster.current, 2)
  })

  /** The script over topics of its own; it ends where the payments do, and takes a few seconds to get there. */
  function scriptFile(): string {
    const file = join(folder, `fraud-${payments}.sql`)
    const script = readFileSync(path('../src/fraud.sql'), 'utf8')
      .replaceAll('127.0.0.1:9092', brokerAddress)
      .replace("'./distance.ts#", `'${path('../src/distance.ts')}#`)
      .replace("'topic' = 'alerts'", `'topic' = '${alerts}'`)
      .replace(
        "'topic' = 'payments'",
        `'topic' = '${payments}', 'scan.bounded.mode' = 'latest-offset', 'source.rate-limit' = '800'`,
      )
      // A program that was killed comes back to its place at once.
      .replaceAll(
        "'connector' = 'kafka'",
        "'connector' = 'kafka', 'properties.group.instance.id' = 'one'",
      )
    writeFileSync(file, script)
    return file
  }

  function start(file: string): { readonly process: ChildProcess; readonly errors: () => string } {
    let errors = ''
    const stateDir = join(folder, 'state')
    const child = spawn(
      process.execPath,
      nodeArgs(CLI, 'run', file, '--state-dir', stateDir, '--no-server'),
      { stdio: ['ignore', 'ignore', 'pipe'] },
    )
    running = child
    child.stderr.on('data', chunk => {
      errors += String(chunk)
    })
    return { process: child, errors: () => errors }
  }

  /** Committed alerts as texts, sorted; times are epoch ms. */
  async function written(): Promise<string[]> {
    const rows = await new Millrace('reader')
      .table('alerts', {
        source: kafka({ brokers: brokerAddress }).topic(alerts, {
          format: raw(),
          start: 'earliest',
          end: 'latest',
        }),
        schema: { value: t.string() },
      })
      .collect()
    return rows
      .map(({ value }) => {
        const alert = JSON.parse(value) as { paid: string; spent: number | null }
        const spent = alert.spent === null ? null : alert.spent.toFixed(2)
        return JSON.stringify({ ...alert, paid: Date.parse(`${alert.paid}Z`), spent })
      })
      .toSorted()
  }

  it('gives every alert once, though it is killed again and again', async () => {
    const generated = spawnSync(
      process.execPath,
      nodeArgs(
        path('../src/generate.ts'),
        ...['--payments', `${PAYMENTS}`, '--seed', `${SEED}`, '--rate', '1000000'],
        ...['--brokers', brokerAddress, '--topic', payments],
      ),
      { encoding: 'utf8' },
    )
    expect(generated).toMatchObject({ stderr: '', status: 0 })
    const expected = expectedAlerts(createPayments({ count: PAYMENTS, seed: SEED }))
    for (const reason of ['many payments', 'much money', 'impossible journey'])
      expect(expected.filter(a => a.includes(reason)).length).toBeGreaterThan(10)

    const file = scriptFile()
    const partial: number[] = []
    for (const share of [0.2, 0.5]) {
      const { process: killed, errors } = start(file)
      const exit = once(killed, 'exit')
      // As soon as a share of the alerts is there.
      let seen: string[] = []
      while (seen.length < expected.length * share) {
        if (killed.exitCode !== null) throw new Error(`it ended early: ${errors()}`)
        await sleep(100)
        seen = await written().catch(() => [])
      }
      killed.kill('SIGKILL')
      await exit
      partial.push((await written()).length)
    }
    const last = start(file)
    const [code] = await once(last.process, 'exit')
    expect(code, last.errors()).toBe(0)
    expect(await written()).toEqual(expected)
    // The kills came in the middle.
    for (const count of partial) expect(count).toBeLessThan(expected.length)
  }, 180_000)
})

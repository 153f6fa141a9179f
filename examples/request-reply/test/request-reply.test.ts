// The service and its client over a real broker: every request has one reply, though the service is killed; what fails is a dead letter.

import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { kafka } from '@millrace/kafka'
import { Millrace, raw, t } from 'millrace'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { putRecords } from '../../../packages/kafka/test/broker/put-records.ts'
import {
  brokerAddress,
  createTopic,
  describeWithBroker,
  useCluster,
} from '../../../packages/kafka/test/broker/use-broker.ts'
import { type Client, connect } from '../src/client.ts'

const SOURCES = new URL('../../../tools/testing/resolve-sources.ts', import.meta.url).href
const CLI = new URL('../../../packages/cli/src/main.ts', import.meta.url).pathname
const SERVICE = new URL('../src/service.ts', import.meta.url)

it('is a service of at most 15 lines', () => {
  const lines = readFileSync(SERVICE, 'utf8').split('\n')
  expect(lines.filter(l => l.trim() !== '' && !l.startsWith('//')).length).toBeLessThanOrEqual(15)
})

describeWithBroker('request and reply', () => {
  const cluster = useCluster()
  let folder = ''
  let requests = ''
  let replies = ''
  let client: Client
  let service: { readonly process: ChildProcess; readonly log: () => string }

  beforeAll(async () => {
    folder = mkdtempSync(join(tmpdir(), 'millrace-request-reply-'))
    requests = await createTopic(cluster.current, 2)
    replies = await createTopic(cluster.current)
    const program = readFileSync(SERVICE, 'utf8')
      .replace('./functions.ts', new URL('functions.ts', SERVICE).href)
      .replace(
        "brokers: '127.0.0.1:9092'",
        `brokers: '${brokerAddress}', group: { instanceId: 'one' }`,
      )
      .replace("Millrace('prices'", `Millrace('${requests}'`)
      .replace("topic('requests'", `topic('${requests}'`)
      .replace("topic('replies'", `topic('${replies}'`)
    writeFileSync(join(folder, 'service.ts'), program)
    service = start()
    client = await connect(kafka({ brokers: brokerAddress }), { to: requests, replyTo: replies })
  })
  afterAll(async () => {
    await client.close()
    service.process.kill('SIGKILL')
    rmSync(folder, { recursive: true })
  })

  function start() {
    const args = ['--import', SOURCES, CLI, 'run', 'service.ts', '--no-server']
    const child = spawn(process.execPath, args, {
      cwd: folder,
      stdio: ['ignore', 'ignore', 'pipe'],
    })
    let log = ''
    child.stderr.on('data', chunk => {
      log += String(chunk)
    })
    return { process: child, log: () => log }
  }

  async function kill(signal: 'SIGKILL' | 'SIGTERM'): Promise<string> {
    const exit = once(service.process, 'exit')
    service.process.kill(signal)
    await exit
    return service.log()
  }

  /** Of each reply its correlation id and its value. */
  async function committedReplies() {
    const rows = await new Millrace('reader')
      .table('replies', {
        source: kafka({ brokers: brokerAddress }).topic(replies, {
          format: raw(),
          metadata: { headers: 'headers' },
          start: 'earliest',
          end: 'latest',
        }),
        schema: { value: t.string(), headers: t.map(t.string(), t.bytes()) },
      })
      .collect()
    return rows.map(({ value, headers }) => ({
      id: Buffer.from(headers.get('correlation-id') ?? []).toString(),
      ...(JSON.parse(value) as { readonly product: string; readonly nth: number }),
    }))
  }

  it('gives each request its own reply, with the retries that its catalogue needs', async () => {
    const asked = ['tea', 'coffee', 'tea'].map(product => client.ask('ann', product, 60_000))
    const answers = await Promise.all(asked)
    expect(answers.toSorted((a, b) => a.nth - b.nth)).toEqual([
      { product: 'tea', price: 4.5, nth: 1 },
      { product: 'coffee', price: 8.25, nth: 2 },
      { product: 'tea', price: 4.5, nth: 3 },
    ])
  }, 90_000)

  it('answers each request once though it is killed, and has not forgotten who asked before', async () => {
    const asked: Promise<{ readonly nth: number }>[] = []
    for (let i = 0; i < 60; i++) {
      asked.push(client.ask(`customer-${i % 2}`, 'jam', 60_000))
      if (i === 20 || i === 40) {
        // With requests under way, and replies that are not committed.
        await asked[i - 15]
        await kill('SIGKILL')
        service = start()
      }
      await sleep(20)
    }
    await Promise.all(asked)
    const jam = (await committedReplies()).filter(r => r.product === 'jam')
    expect(jam).toHaveLength(60)
    expect(new Set(jam.map(r => r.id)).size).toBe(60)
    const numbers = jam.map(r => r.nth).toSorted((a, b) => a - b)
    expect(numbers).toEqual(Array.from({ length: 60 }, (_, i) => Math.floor(i / 2) + 1))
  }, 120_000)

  it('goes on after requests that cannot be answered or read, which are dead letters', async () => {
    await expect(client.ask('bob', 'caviar', 3_000)).rejects.toThrow('no reply to')
    await putRecords(cluster.current, requests, 0, [{ value: 'not JSON' }])
    expect(await client.ask('bob', 'tea', 60_000)).toEqual({ product: 'tea', price: 4.5, nth: 2 })
    expect(await kill('SIGTERM')).toMatch(/\b2 dead-lettered/)
  }, 90_000)
})

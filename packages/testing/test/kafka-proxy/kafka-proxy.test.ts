// The proxy between a client and a real broker: what the client hears of, and what the broker has done.

import { randomUUID } from 'node:crypto'
import { setTimeout as sleep } from 'node:timers/promises'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { KafkaProxy, testBroker } from '../../src/index.ts'
import { int32, RawClient, string } from './raw-client.ts'

const broker = await testBroker({ isOwn: true })
if ('problem' in broker) console.warn(`SKIPPED: the tests of the proxy. ${broker.problem}`)
const own = 'problem' in broker ? undefined : broker.own

/** COORDINATOR_LOAD_IN_PROGRESS, COORDINATOR_NOT_AVAILABLE, NOT_COORDINATOR, CONCURRENT_TRANSACTIONS */
const PASSING = [14, 15, 16, 51]
const INVALID_TXN_STATE = 48
const GROUP = 'proxy-group'
/** The kind of a coordinator. */
const TRANSACTION = 1
const QUIET_MS = 300

interface Producer {
  readonly transactionalId: string
  /** Producer id and epoch, as they are sent. */
  readonly identity: Buffer
}

describe.skipIf(!own)('a proxy in front of a broker', () => {
  let proxy: KafkaProxy
  let clients: RawClient[]

  beforeEach(async () => {
    proxy = await KafkaProxy.open(own!.proxied)
    clients = []
  })
  afterEach(async () => {
    for (const client of clients) client.close()
    await proxy.close()
  })

  const client = async (address = proxy.address): Promise<RawClient> => {
    const opened = await RawClient.connect(address)
    clients.push(opened)
    return opened
  }
  /** Past the proxy. */
  const direct = (): Promise<RawClient> => client(own!.bootstrap)

  /** What the broker says of an abort that reaches it past the proxy. */
  const errorOfAbort = async (producer: Producer): Promise<number> => {
    const past = await direct()
    return errorOf(await settled(() => endTransaction(past, producer, false)))
  }

  it('is what clients are told to connect to', async () => {
    const reply = await metadata(await client())
    expect(addressIn(reply)).toBe(proxy.address)
    expect(proxy.requests).toEqual([
      { apiKey: 3, apiVersion: 4, correlationId: 1, clientId: 'raw-client' },
    ])
  })

  it('passes on messages longer than a packet, and many at once, in their order', async () => {
    const one = await client()
    const long = Array.from({ length: 30_000 }, (_, index) => string(`no-such-topic-${index}`))
    const replies = await Promise.all([
      metadata(one),
      one.send(3, 4, int32(long.length), ...long, Buffer.from([0])),
      metadata(one),
    ])
    expect(replies[1].length).toBeGreaterThan(30_000 * 20)
    expect(replies.map(addressIn)).toEqual([proxy.address, proxy.address, proxy.address])
  })

  it('loses the reply to EndTxn as often as told: the broker has committed, the client hears nothing', async () => {
    const rule = proxy.addRule({ api: 'EndTxn', fault: { kind: 'lose-reply' }, times: 2 })
    for (const struck of [1, 2]) {
      const one = await client()
      const producer = await beginTransaction(one)
      expect(await outcome(endTransaction(one, producer, true))).toBe('silence')
      // Nothing that comes after a lost reply on its connection arrives either.
      expect(await outcome(metadata(one))).toBe('silence')
      expect(rule.struck).toBe(struck)
      expect(await errorOfAbort(producer)).toBe(INVALID_TXN_STATE)
    }
    const last = await client()
    const producer = await beginTransaction(last)
    expect(errorOf(await endTransaction(last, producer, true))).toBe(0)
    expect(rule.struck).toBe(2)
  })

  it('loses a request: the broker knows nothing of it', async () => {
    proxy.addRule({ api: 'EndTxn', fault: { kind: 'lose-request' } })
    const one = await client()
    const producer = await beginTransaction(one)
    expect(await outcome(endTransaction(one, producer, true))).toBe('silence')
    expect(await errorOfAbort(producer)).toBe(0)
  })

  it('resets in place of a request, and in place of its reply', async () => {
    const before = proxy.addRule({ api: 'EndTxn', fault: { kind: 'reset' } })
    const one = await client()
    const undecided = await beginTransaction(one)
    void endTransaction(one, undecided, true)
    expect(await one.whenEnded).toBe('ECONNRESET')
    expect(await errorOfAbort(undecided)).toBe(0)
    expect(before.struck).toBe(1)

    proxy.addRule({ api: 'EndTxn', fault: { kind: 'reset-reply' } })
    const two = await client()
    const committed = await beginTransaction(two)
    void endTransaction(two, committed, true)
    expect(await two.whenEnded).toBe('ECONNRESET')
    expect(await errorOfAbort(committed)).toBe(INVALID_TXN_STATE)
  })

  it('delays requests and replies, with all behind them', async () => {
    for (const kind of ['delay-request', 'delay-reply'] as const) {
      const rule = proxy.addRule({ api: 'ApiVersions', fault: { kind, ms: 400 } })
      const one = await client()
      const started = performance.now()
      const order: string[] = []
      await Promise.all([
        one.send(18, 0).then(() => order.push('delayed')),
        metadata(one).then(() => order.push('behind')),
      ])
      expect(performance.now() - started).toBeGreaterThan(390)
      expect(order).toEqual(['delayed', 'behind'])
      expect(rule.struck).toBe(1)
    }
  })

  it('leaves a connection half open or in a black hole: silent, and not ended', async () => {
    for (const kind of ['half-open', 'black-hole'] as const) {
      proxy.addRule({ api: 'ApiVersions', fault: { kind } })
      const one = await client()
      expect(await outcome(one.send(18, 0))).toBe('silence')
      expect(await outcome(metadata(one))).toBe('silence')
      expect(await outcome(one.whenEnded)).toBe('silence')
      expect(addressIn(await metadata(await client()))).toBe(proxy.address)
    }
  })

  it('strikes after as many, and only where told', async () => {
    const after = proxy.addRule({ api: 'Metadata', after: 2, fault: { kind: 'lose-reply' } })
    const where = proxy.addRule({
      api: 'ApiVersions',
      where: ({ correlationId }) => correlationId === 2,
      fault: { kind: 'reset' },
    })
    const one = await client()
    await metadata(one)
    await metadata(one)
    expect(after.struck).toBe(0)
    expect(await outcome(metadata(one))).toBe('silence')
    await after.whenStruck()
    const two = await client()
    await two.send(18, 0)
    void two.send(18, 0)
    expect(await two.whenEnded).toBe('ECONNRESET')
    expect(where.struck).toBe(1)
    proxy.removeRule(after)
  })

  it('holds everything back while the network is parted, and lets it pass when that has healed', async () => {
    const one = await client()
    await metadata(one)
    proxy.partition()
    const waiting = metadata(one)
    const late = await client()
    const alsoWaiting = metadata(late)
    expect(await outcome(Promise.race([waiting, alsoWaiting]))).toBe('silence')
    proxy.heal()
    expect([await waiting, await alsoWaiting].map(addressIn)).toEqual([
      proxy.address,
      proxy.address,
    ])
  })

  it('resets all connections, and refuses new ones until it heals', async () => {
    const one = await client()
    await metadata(one)
    proxy.refuse()
    expect(await one.whenEnded).toBe('ECONNRESET')
    const refused = await client().catch((error: NodeJS.ErrnoException) => error.code)
    if (refused instanceof RawClient) expect(await refused.whenEnded).toBe('ECONNRESET')
    else expect(refused).toBe('ECONNRESET')
    proxy.heal()
    expect(addressIn(await metadata(await client()))).toBe(proxy.address)
  })

  it('ends a connection when either side does', async () => {
    const one = await client()
    await metadata(one)
    proxy.resetAll()
    expect(await one.whenEnded).toBe('ECONNRESET')
    // A request of no known api: the broker closes the connection.
    const two = await client()
    void two.send(999, 0)
    expect(await two.whenEnded).toBe('end')
  })

  it('stands where no other proxy does', async () => {
    const others = await Promise.all([1, 2].map(() => KafkaProxy.open(own!.proxied)))
    const addresses = [proxy, ...others].map(({ address }) => address)
    expect(new Set(addresses).size).toBe(3)
    await expect(KafkaProxy.open(own!.proxied.slice(0, 0))).rejects.toThrow('all 0 listeners')
    await Promise.all(others.map(other => other.close()))
  })
})

function metadata(client: RawClient): Promise<Buffer> {
  return client.send(3, 4, int32(0), Buffer.from([0]))
}

/** Of the first broker in a reply to Metadata: throttle time, number of brokers, node id, host, port. */
function addressIn(reply: Buffer): string {
  const hostLength = reply.readInt16BE(12)
  const host = reply.toString('utf8', 14, 14 + hostLength)
  return `${host}:${reply.readInt32BE(14 + hostLength)}`
}

/** A transaction that has something in it: the offsets of a group. */
async function beginTransaction(client: RawClient): Promise<Producer> {
  const transactionalId = `proxy-${randomUUID()}`
  await findCoordinator(client, transactionalId, TRANSACTION)
  await findCoordinator(client, GROUP, 0)
  const reply = await settled(() => client.send(22, 0, string(transactionalId), int32(60_000)))
  expect(errorOf(reply)).toBe(0)
  const identity = Buffer.from(reply.subarray(6, 16))
  const added = await client.send(25, 0, string(transactionalId), identity, string(GROUP))
  expect(errorOf(added)).toBe(0)
  return { transactionalId, identity }
}

/** A new broker makes the coordinators' topics when they are first asked for. */
async function findCoordinator(client: RawClient, name: string, kind: number): Promise<void> {
  const reply = await settled(() => client.send(10, 1, string(name), Buffer.from([kind])))
  expect(errorOf(reply)).toBe(0)
}

/** Asks again while the coordinator is not there yet, loads its partition, or still writes the markers of a transaction. */
async function settled(ask: () => Promise<Buffer>): Promise<Buffer> {
  for (;;) {
    const reply = await ask()
    if (!PASSING.includes(errorOf(reply))) return reply
    await sleep(20)
  }
}

function endTransaction(client: RawClient, producer: Producer, isCommit: boolean): Promise<Buffer> {
  const { transactionalId, identity } = producer
  return client.send(26, 0, string(transactionalId), identity, Buffer.from([isCommit ? 1 : 0]))
}

/** Of replies that begin with a throttle time. */
function errorOf(reply: Buffer): number {
  return reply.readInt16BE(4)
}

async function outcome(reply: Promise<unknown>): Promise<'reply' | 'silence'> {
  const silence = new Promise<'silence'>(resolve => setTimeout(resolve, QUIET_MS, 'silence'))
  return await Promise.race([reply.then(() => 'reply' as const), silence])
}

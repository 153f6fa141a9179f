// Who of a program's processes is the active one, when they come, go, fall silent, are busy, or are not of the same program.

import { setTimeout as sleep } from 'node:timers/promises'
import { afterEach, expect, it } from 'vitest'
import { FencedError, ForeignGroupError } from '../../src/kafka-errors.ts'
import { createTopic, useCluster } from '../broker/use-broker.ts'
import { describeWithOwnBroker, ownBroker, useProxy } from '../broker/use-own-broker.ts'
import { TestMember } from '../t0/test-member.ts'
import { type TestProcess, TestProcesses, type TestProcessSettings } from './test-processes.ts'

/** Does nothing but take the thread. */
function block(ms: number): void {
  const end = performance.now() + ms
  while (performance.now() < end);
}

async function isLostWithin({ membership }: TestProcess, ms: number): Promise<number> {
  const started = performance.now()
  while (!membership.lost) {
    if (performance.now() - started > ms) throw new Error(`it is not lost after ${ms} ms`)
    await sleep(10)
  }
  return performance.now() - started
}

describeWithOwnBroker('the processes of a program', () => {
  const cluster = useCluster()
  const proxy = useProxy()
  const processes = new TestProcesses()
  afterEach(() => processes.end())

  const start = (topic: string, settings: Partial<TestProcessSettings> = {}) =>
    processes.start({ address: proxy.current.address, topic, ...settings })

  /** Their heartbeats do not come through this thread. */
  const startDirectly = (topic: string, settings: Partial<TestProcessSettings> = {}) =>
    start(topic, { address: ownBroker.bootstrap, ...settings })

  it('are led by the first, and when that leaves, at once by the next', async () => {
    const topic = await createTopic(cluster.current)
    const session = { sessionTimeoutMs: 20_000, heartbeatMs: 300 }
    const first = start(topic, session)
    await first.active
    const second = start(topic, session)
    while (!second.standsBy()) await sleep(20)
    expect(second.membership.isActive).toBe(false)
    expect(first.membership.isActive).toBe(true)
    const left = performance.now()
    await first.membership.leave()
    expect(performance.now() - left).toBeLessThan(1_000)
    await second.active
    expect(performance.now() - left).toBeLessThan(3_000)
  })

  it('go on without one that falls silent, which hears that it was replaced', async () => {
    const topic = await createTopic(cluster.current)
    const first = start(topic, { clientId: 'first' })
    await first.active
    const second = start(topic, { clientId: 'second' })
    while (!second.standsBy()) await sleep(20)
    const rules = (['Heartbeat', 'JoinGroup', 'SyncGroup'] as const).map(api =>
      proxy.current.addRule({
        api,
        fault: { kind: 'lose-request' },
        times: 1_000,
        where: header => header.clientId === 'first',
      }),
    )
    const silent = performance.now()
    await second.active
    expect(performance.now() - silent).toBeGreaterThan(1_000)
    for (const rule of rules) proxy.current.removeRule(rule)
    await isLostWithin(first, 4_000)
    expect(first.membership.lost).toBeInstanceOf(FencedError)
    expect(second.membership.isActive).toBe(true)
  })

  it('notice that no coordinator answers soon after the session, however long requests may take', async () => {
    const topic = await createTopic(cluster.current)
    const only = start(topic)
    await only.active
    proxy.current.partition()
    expect(await isLostWithin(only, 5_000)).toBeGreaterThan(1_000)
    expect(only.membership.lost?.message).toMatch(/no coordinator has answered for \d+ ms/)
    proxy.current.heal()
  })

  it('outlast a coordinator that does not answer for less than a session', async () => {
    const topic = await createTopic(cluster.current)
    const only = start(topic, { sessionTimeoutMs: 4_000 })
    await only.active
    const { generation } = only.membership.generation
    proxy.current.partition()
    await sleep(2_000)
    proxy.current.heal()
    await sleep(3_000)
    expect(only.membership.lost).toBeUndefined()
    expect(only.membership.generation.generation).toBe(generation)
  })

  it('join again when the coordinator is not heard of while they wait for it', async () => {
    const topic = await createTopic(cluster.current)
    const first = startDirectly(topic)
    await first.active
    const rule = proxy.current.addRule({
      api: 'JoinGroup',
      fault: { kind: 'black-hole' },
      after: 1,
    })
    const second = start(topic, { clientId: 'second' })
    await rule.whenStruck()
    proxy.current.partition()
    await sleep(3_500)
    proxy.current.heal()
    await first.membership.leave()
    await second.active
    expect(second.membership.isActive).toBe(true)
  })

  it('leave promptly although no coordinator answers', async () => {
    const topic = await createTopic(cluster.current)
    const only = start(topic)
    await only.active
    proxy.current.partition()
    const started = performance.now()
    await only.membership.leave()
    expect(performance.now() - started).toBeLessThan(4_000)
    proxy.current.heal()
  })

  it('keep their place while their main thread is busy for longer than the session', async () => {
    const topic = await createTopic(cluster.current)
    const only = startDirectly(topic)
    await only.active
    const { generation } = only.membership.generation
    // The thread of heartbeats has to be there.
    await sleep(3_000)
    for (let i = 0; i < 2; i++) {
      block(5_000)
      await sleep(500)
      expect(only.membership.lost).toBeUndefined()
    }
    expect(only.membership.generation.generation).toBe(generation)
  })

  it('lose it when they are busy for longer than they may', async () => {
    const topic = await createTopic(cluster.current)
    const only = startDirectly(topic, { maxBusyMs: 1_000 })
    await only.active
    await sleep(3_000)
    block(5_000)
    await isLostWithin(only, 3_000)
    expect(only.membership.lost).toBeInstanceOf(FencedError)
  })

  it('are not those of another program', async () => {
    const topic = await createTopic(cluster.current)
    const own = start(topic, { program: 'orders' })
    await own.active
    const other = start(topic, { program: 'payments' })
    await expect(other.active).rejects.toThrow(ForeignGroupError)
    await expect(other.active).rejects.toMatchObject({ code: 'MR_KAFKA_FOREIGN_GROUP' })
    await expect(other.active).rejects.toThrow('that of another program, "orders"')
    await other.membership.leave()
    await sleep(1_000)
    expect(own.membership.isActive).toBe(true)
  })

  it('are not the consumers of somebody else', async () => {
    const topic = await createTopic(cluster.current)
    const consumer = new TestMember(cluster.current, topic)
    expect(await consumer.join()).toBe('NONE')
    await expect(start(topic).active).rejects.toMatchObject({
      error: 'INCONSISTENT_GROUP_PROTOCOL',
      remedy: expect.stringContaining("'properties.group.id'"),
    })
    await consumer.leave()
  })

  it('keep a static member in its place, which comes back within the session', async () => {
    const topic = await createTopic(cluster.current)
    const session = { sessionTimeoutMs: 6_000 }
    const waiting = start(topic, { ...session, instanceId: 'b' })
    await waiting.active
    // The older one goes, and comes back as the younger.
    const first = start(topic, { ...session, instanceId: 'a' })
    while (!first.standsBy()) await sleep(20)
    await waiting.membership.leave()
    await first.active
    const standby = start(topic, { ...session, instanceId: 'b' })
    while (!standby.standsBy()) await sleep(20)
    await first.membership.leave()
    await sleep(500)
    expect(standby.membership.isActive).toBe(false)
    const back = start(topic, { ...session, instanceId: 'a' })
    await back.active
    expect(standby.membership.isActive).toBe(false)
    expect(standby.membership.lost).toBeUndefined()
  })

  it('go on without a static member that does not come back', async () => {
    const topic = await createTopic(cluster.current)
    const first = start(topic, { instanceId: 'a' })
    await first.active
    const second = start(topic, { instanceId: 'b' })
    while (!second.standsBy()) await sleep(20)
    await first.membership.leave()
    const left = performance.now()
    await second.active
    expect(performance.now() - left).toBeGreaterThan(500)
  })
})

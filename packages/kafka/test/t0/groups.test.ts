// T0: members of a group, and the offsets that only the present ones may commit.

import { expect, it } from 'vitest'
import { commitOffsets, committedOffsets } from '../../src/client/offsets.ts'
import { createCluster, createTopic, describeWithBroker, useCluster } from '../broker/use-broker.ts'
import { TestMember } from './test-member.ts'
import { readyProducer } from './test-producer.ts'

describeWithBroker('a group', () => {
  const cluster = useCluster()

  it('gives a member its id in a first step', async () => {
    const member = new TestMember(cluster.current, await createTopic(cluster.current))
    expect(await member.ask()).toBe('MEMBER_ID_REQUIRED')
    expect(member.generation.memberId).not.toBe('')
    expect(await member.join()).toBe('NONE')
    expect(await member.beat()).toBe('NONE')
    expect(await member.leave()).toBe('NONE')
    expect(await member.beat()).toBe('UNKNOWN_MEMBER_ID')
  })

  it.each([1, 2] as const)(
    'takes offsets in a transaction of version %i from the present generation only',
    async version => {
      const topic = await createTopic(cluster.current)
      const member = new TestMember(cluster.current, topic)
      expect(await member.join()).toBe('NONE')
      const stale = member.generation
      expect(await member.join()).toBe('NONE')
      expect(member.generation.generation).toBe(stale.generation + 1)
      const producer = await readyProducer(cluster.current, topic, version)
      const offsets = (offset: number) => [{ topic, partition: 0, offset, metadata: '' }]
      expect(await producer.putOffsets(stale, offsets(1))).toBe('ILLEGAL_GENERATION')
      const stranger = { ...stale, memberId: 'stranger' }
      expect(await producer.putOffsets(stranger, offsets(2))).toBe('UNKNOWN_MEMBER_ID')
      expect(await producer.putOffsets(member.generation, offsets(3))).toBe('NONE')
      await producer.mustEnd(true)
      expect(await committedOffsets(cluster.current, topic, [{ topic, partition: 0 }])).toEqual(
        offsets(3),
      )
      await member.leave()
    },
  )

  it('takes offsets without a transaction from the present generation only', async () => {
    const topic = await createTopic(cluster.current)
    const member = new TestMember(cluster.current, topic)
    await member.join()
    const stale = member.generation
    await member.join()
    const offsets = [{ topic, partition: 0, offset: 5, metadata: 'text' }]
    const refused = commitOffsets(cluster.current, stale, offsets)
    await expect(refused).rejects.toMatchObject({ error: 'ILLEGAL_GENERATION' })
    await commitOffsets(cluster.current, member.generation, offsets)
    expect(await committedOffsets(cluster.current, topic, [{ topic, partition: 0 }])).toEqual(
      offsets,
    )
    await member.leave()
  })

  it('goes on without a member that is silent for its session, and refuses it afterwards', async () => {
    const other = createCluster('other')
    const topic = await createTopic(cluster.current)
    const silent = new TestMember(cluster.current, topic, { sessionMs: 1_000 })
    expect(await silent.join()).toBe('NONE')
    const next = new TestMember(other, topic)
    const started = performance.now()
    expect(await next.join()).toBe('NONE')
    expect(performance.now() - started).toBeGreaterThan(500)
    expect(next.isLeader).toBe(true)
    expect(await silent.beat()).toBe('UNKNOWN_MEMBER_ID')
    const producer = await readyProducer(cluster.current, topic)
    const offsets = [{ topic, partition: 0, offset: 1, metadata: '' }]
    expect(await producer.putOffsets(silent.generation, offsets)).toBe('UNKNOWN_MEMBER_ID')
    expect(await producer.putOffsets(next.generation, offsets)).toBe('NONE')
    await producer.mustEnd(true)
    await next.leave()
    await other.close()
  })

  it('gives a static member that comes back its place, and fences who had it', async () => {
    const topic = await createTopic(cluster.current)
    const instanceId = 'one'
    const first = new TestMember(cluster.current, topic, { instanceId })
    expect(await first.join()).toBe('NONE')
    const back = new TestMember(cluster.current, topic, { instanceId })
    expect(await back.join()).toBe('NONE')
    expect(back.generation.memberId).not.toBe(first.generation.memberId)
    expect(await first.beat()).toBe('FENCED_INSTANCE_ID')
    expect(await back.beat()).toBe('NONE')
    const producer = await readyProducer(cluster.current, topic)
    const offsets = [{ topic, partition: 0, offset: 1, metadata: '' }]
    expect(await producer.putOffsets(first.generation, offsets)).toBe('FENCED_INSTANCE_ID')
    expect(await producer.putOffsets(back.generation, offsets)).toBe('NONE')
    await producer.mustEnd(true)
  })
})

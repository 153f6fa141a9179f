// The brokers: found, asked, and what is said when they cannot be.

import { expect, it } from 'vitest'
import {
  KafkaResponseError,
  KafkaUnreachableError,
  UnknownTopicError,
} from '../../src/kafka-errors.ts'
import { commitOffsets, committedOffsets, offsetOf } from '../../src/client/offsets.ts'
import { createCluster, createTopic, describeWithBroker, useCluster } from '../broker/use-broker.ts'
import { putRecords } from '../broker/put-records.ts'

describeWithBroker('a cluster', () => {
  const cluster = useCluster()

  it('knows the partitions of a topic, and refuses one that is not there', async () => {
    const topic = await createTopic(cluster.current, 3)
    const partitions = await cluster.current.partitionsOf(topic)
    expect(partitions.map(p => p.partition)).toEqual([0, 1, 2])
    expect(await cluster.current.topicNames()).toContain(topic)
    await expect(cluster.current.partitionsOf('no-such-topic')).rejects.toThrow(UnknownTopicError)
  })

  it('finds a broker behind ones that do not answer', async () => {
    const other = createCluster('test', ['127.0.0.1:1', ...cluster.current.settings.brokers])
    expect((await other.topicNames()).length).toBeGreaterThan(0)
    await other.close()
  })

  it('names the addresses when none answers', async () => {
    const nowhere = createCluster('test', ['127.0.0.1:1'])
    const failed = nowhere.anyConnection()
    await expect(failed).rejects.toThrow(KafkaUnreachableError)
    await expect(failed).rejects.toThrow('127.0.0.1:1')
    await expect(failed).rejects.toMatchObject({ code: 'MR_KAFKA_UNREACHABLE' })
    await nowhere.close()
  })

  it('knows where partitions begin and end, and what a time means', async () => {
    const topic = await createTopic(cluster.current)
    await putRecords(cluster.current, topic, 0, [
      { value: 'a', timestamp: 1000 },
      { value: 'b', timestamp: 2000 },
    ])
    const place = { topic, partition: 0 }
    expect(await offsetOf(cluster.current, place, 'earliest', true)).toBe(0)
    expect(await offsetOf(cluster.current, place, 'latest', true)).toBe(2)
    expect(await offsetOf(cluster.current, place, 1500, true)).toBe(1)
    expect(await offsetOf(cluster.current, place, 9000, true)).toBeUndefined()
  })

  it('keeps offsets of four partitions with their texts for a group', async () => {
    const topic = await createTopic(cluster.current, 4)
    const offsets = [0, 1, 2, 3].map(partition => ({
      topic,
      partition,
      offset: partition * 10,
      metadata: `m${partition}`,
    }))
    const groupId = `g-${topic}`
    expect(await committedOffsets(cluster.current, groupId)).toEqual([])
    await commitOffsets(cluster.current, { groupId }, offsets)
    const found = await committedOffsets(cluster.current, groupId)
    expect(found.toSorted((a, b) => a.partition - b.partition)).toEqual(offsets)
  })

  it("says what a broker refuses in Kafka's words", async () => {
    const topic = await createTopic(cluster.current, 1, { 'max.message.bytes': '1000' })
    const refused = putRecords(cluster.current, topic, 0, [{ value: 'x'.repeat(5000) }])
    await expect(refused).rejects.toThrow(KafkaResponseError)
    await expect(refused).rejects.toMatchObject({ code: 'MR_KAFKA_RESPONSE' })
    await expect(refused).rejects.toThrow(/MESSAGE_TOO_LARGE|RECORD_LIST_TOO_LARGE/)
  })
})

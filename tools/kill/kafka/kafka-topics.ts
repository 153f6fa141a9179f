// What topics and groups hold, by Kafka's own client and by one that is not ours.

import { resolve } from 'node:path'
import { runKafkaJava } from '@millrace/testing'
import { Admin } from '@platformatic/kafka'

const READER = resolve(import.meta.dirname, '..', '..', 'kafka', 'java', 'RecordReader.java')

interface ReadRecord {
  readonly topic: string
  readonly partition: number
  readonly offset: number
  readonly value: Record<string, unknown>
}

/** Records that are committed, as JSON, in the order of their offsets. */
export async function readTopics(
  bootstrap: string,
  topics: readonly string[],
): Promise<ReadonlyMap<string, readonly ReadRecord[]>> {
  const output = await runKafkaJava(READER, {
    bootstrap,
    topics: topics.join(','),
    isolation: 'read_committed',
  })
  const records = output
    .split('\n')
    .filter(Boolean)
    .map(line => {
      const { topic, partition, offset, value } = JSON.parse(line) as Record<string, unknown>
      const text = Buffer.from(value as string, 'base64').toString()
      return { topic, partition, offset, value: JSON.parse(text) } as ReadRecord
    })
  return new Map(topics.map(topic => [topic, records.filter(r => r.topic === topic)]))
}

/** By `topic-partition`: the next offset that a group reads. */
export async function committedOffsets(
  bootstrap: string,
  groupId: string,
  topics: readonly string[],
  partitions: number,
): Promise<ReadonlyMap<string, number>> {
  const admin = new Admin({ clientId: 'kill-tests', bootstrapBrokers: [bootstrap] })
  try {
    const [group] = await admin.listConsumerGroupOffsets({
      groups: [
        {
          groupId,
          topics: topics.map(name => ({
            name,
            partitionIndexes: Array.from({ length: partitions }, (_, i) => i),
          })),
        },
      ],
    })
    return new Map(
      (group?.topics ?? []).flatMap(topic =>
        topic.partitions.map(
          p => [`${topic.name}-${p.partitionIndex}`, Number(p.committedOffset)] as const,
        ),
      ),
    )
  } finally {
    await admin.close()
  }
}

// Puts records into a topic, batch by batch, without any producer of the package's own.

import type { Cluster } from '../../src/client/cluster.ts'
import { produceV9 } from '../../src/protocol/produce.ts'
import { BatchWriter, type RecordHeader, stampBatch } from '../../src/records/batch-writer.ts'
import type { Compression } from '../../src/records/compression.ts'

export interface TestRecord {
  readonly key?: string | null
  readonly value: string | null
  readonly timestamp?: number
  readonly headers?: readonly (readonly [string, string | null])[]
}

const bytes = (text: string): Uint8Array => new TextEncoder().encode(text)

/** One batch. Gives the offset of its first record. */
export async function putRecords(
  cluster: Cluster,
  topic: string,
  partition: number,
  records: readonly TestRecord[],
  compression: Compression = 'none',
): Promise<number> {
  const writer = new BatchWriter()
  const part = (text: string | null | undefined) => (text == null ? undefined : bytes(text))
  for (const { key, value, timestamp = 1000, headers = [] } of records)
    writer.append(
      part(key),
      part(value),
      timestamp,
      headers.map(([n, v]): RecordHeader => [bytes(n), v === null ? null : bytes(v)]),
    )
  const batch = stampBatch(writer.finish(compression))
  return cluster.retry(async () => {
    const connection = await cluster.leaderConnection({ topic, partition }, 'produce')
    const [answer] = await cluster.send(connection, produceV9, null, 10_000, [
      { topic, partition, batch },
    ])
    if (answer?.errorCode === 0) return answer.baseOffset
    throw cluster.responseError('a batch', answer?.errorCode ?? -1, topic, answer?.errorMessage)
  })
}

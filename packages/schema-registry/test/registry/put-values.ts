// Puts records of bytes into a topic.

import type { Cluster } from '../../../kafka/src/client/cluster.ts'
import { produceV9 } from '../../../kafka/src/protocol/produce.ts'
import { BatchWriter, stampBatch } from '../../../kafka/src/records/batch-writer.ts'

export async function putValues(
  cluster: Cluster,
  topic: string,
  values: readonly Uint8Array[],
): Promise<void> {
  const writer = new BatchWriter()
  for (const value of values) writer.append(undefined, value, 1000, [])
  const batch = stampBatch(writer.finish('none'))
  await cluster.retry(async () => {
    const connection = await cluster.leaderConnection({ topic, partition: 0 }, 'produce')
    const [answer] = await cluster.send(connection, produceV9, null, 10_000, [
      { topic, partition: 0, batch },
    ])
    if (answer?.errorCode !== 0)
      throw cluster.responseError('a batch', answer?.errorCode ?? -1, topic, answer?.errorMessage)
  })
}

import { expect, it } from 'vitest'
import { PartitionQueue } from '../../src/client/partition-queue.ts'
import type { FetchedPartition } from '../../src/protocol/fetch.ts'
import { BatchWriter, stampBatch } from '../../src/records/batch-writer.ts'
import { PartitionReader } from '../../src/source/partition-reader.ts'

const PLACE = { topic: 't', partition: 0 }

/** What a broker answers to a fetch from offset 0: some records, and where it says that the log ends. */
function answer(records: number, highWatermark: number): FetchedPartition {
  const writer = new BatchWriter()
  for (let i = 0; i < records; i++) writer.append(undefined, new Uint8Array([i]), 1_000)
  const bytes = records > 0 ? stampBatch(writer.finish('none')) : new Uint8Array()
  return {
    ...PLACE,
    errorCode: 0,
    highWatermark,
    lastStableOffset: highWatermark,
    logStartOffset: 0,
    aborted: [],
    divergesAt: undefined,
    preferredReplica: -1,
    bytes,
    start: 0,
    end: bytes.length,
  }
}

it('gives records that lie behind the end which the broker tells with them', async () => {
  const queue = new PartitionQueue(PLACE, 0, '', () => {})
  const reader = new PartitionReader(queue, 0, {
    isCommittedOnly: true,
    verifiesCrc: true,
    maxBatchBytes: 1 << 20,
    end: undefined,
    metadata: new Map(),
    close: () => {},
  })
  queue.put(answer(0, 0), 0, 0)
  expect(await reader.read()).toBe('idle')
  const waiting = reader.wait(new AbortController().signal)
  queue.put(answer(3, 0), 0, 0)
  await waiting
  expect(await reader.read()).toMatchObject({ kind: 'frames', count: 3 })
})

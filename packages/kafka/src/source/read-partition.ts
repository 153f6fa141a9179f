// Reads a partition between two offsets, outside of any program: changelogs, dead letters.

import type { FramesBatch } from 'millrace'
import type { Cluster, TopicPartition } from '../client/cluster.ts'
import { Fetcher } from '../client/fetcher.ts'
import { offsetOf } from '../client/offsets.ts'
import { PartitionReader } from './partition-reader.ts'

const FETCH_BYTES = 8 * 1024 * 1024
/** What a compressed batch may grow to. */
const LARGEST_BATCH = 128 * 1024 * 1024

/** Its committed records from the beginning to `end`, which is waited for where it lies behind open transactions, until `signal`. */
export async function* readPartition(
  cluster: Cluster,
  place: TopicPartition,
  end: number,
  signal?: AbortSignal,
): AsyncGenerator<FramesBatch> {
  const start = (await offsetOf(cluster, place, 'earliest', true)) ?? 0
  const fetcher = new Fetcher(cluster, {
    isCommittedOnly: true,
    maxWaitMs: 500,
    minBytes: 1,
    maxBytes: FETCH_BYTES,
    partitionBytes: FETCH_BYTES,
    bufferedBytes: 2 * FETCH_BYTES,
    rack: '',
    offsetReset: 'none',
    resetOffset: async () => start,
  })
  try {
    const queue = await fetcher.add(place, start)
    signal?.addEventListener('abort', () => fetcher.remove(queue), { once: true })
    const reader = new PartitionReader(queue, start, {
      isCommittedOnly: true,
      verifiesCrc: true,
      maxBatchBytes: LARGEST_BATCH,
      end,
      metadata: new Map(),
      close: () => fetcher.remove(queue),
    })
    for (;;) {
      const batch = await reader.read()
      if (typeof batch === 'string') return
      if (batch.kind === 'frames') yield batch
    }
  } finally {
    await fetcher.close()
  }
}

// What the package's fetcher and reader give of a partition.

import type { FramesBatch } from 'millrace'
import type { Cluster, TopicPartition } from '../../src/client/cluster.ts'
import { Fetcher, type FetcherSettings } from '../../src/client/fetcher.ts'
import { offsetOf } from '../../src/client/offsets.ts'
import type { PartitionQueue } from '../../src/client/partition-queue.ts'
import { PartitionReader, type PartitionReaderSettings } from '../../src/source/partition-reader.ts'

export interface ReadSettings extends Partial<FetcherSettings> {
  readonly from?: number
  /** Of an answer; 1: a batch in each. */
  readonly fetchBytes?: number
  /** By default the end of what may be read now. */
  readonly end?: number
}

/** A fetcher with the settings of tests. */
export function fetcherOf(cluster: Cluster, settings: ReadSettings = {}): Fetcher {
  const { fetchBytes = 1 << 20 } = settings
  const isCommittedOnly = settings.isCommittedOnly ?? true
  return new Fetcher(cluster, {
    isCommittedOnly,
    maxWaitMs: 100,
    minBytes: 1,
    maxBytes: fetchBytes,
    partitionBytes: fetchBytes,
    bufferedBytes: 1 << 20,
    rack: '',
    offsetReset: 'none',
    resetOffset: async (place, to) => (await offsetOf(cluster, place, to, isCommittedOnly)) ?? 0,
    ...settings,
  })
}

/** A reader of what is fetched. */
export function readerOf(
  queue: PartitionQueue,
  from: number,
  settings: Partial<PartitionReaderSettings> = {},
): PartitionReader {
  return new PartitionReader(queue, from, {
    isCommittedOnly: true,
    verifiesCrc: true,
    maxBatchBytes: 1 << 20,
    end: undefined,
    metadata: new Map(),
    close: () => {},
    ...settings,
  })
}

/** The values of a partition from an offset to its end. */
export async function readValues(
  cluster: Cluster,
  place: TopicPartition,
  settings: ReadSettings = {},
): Promise<string[]> {
  const { from = 0, isCommittedOnly = true } = settings
  const end = settings.end ?? (await offsetOf(cluster, place, 'latest', isCommittedOnly))
  const fetcher = fetcherOf(cluster, settings)
  const queue = await fetcher.add(place, from)
  const reader = readerOf(queue, from, { isCommittedOnly, end })
  const values: string[] = []
  try {
    for (;;) {
      const batch = await reader.read()
      if (batch === 'finished') return values
      if (batch === 'idle') throw new Error('a read with an end is not idle')
      values.push(...valuesOf(batch as FramesBatch))
    }
  } finally {
    await fetcher.close()
  }
}

export function valuesOf({ count, bytes, valueStarts, valueEnds }: FramesBatch): string[] {
  return Array.from({ length: count }, (_, i) =>
    new TextDecoder().decode(bytes.subarray(valueStarts[i], valueEnds[i])),
  )
}

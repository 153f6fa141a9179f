// Data of a partition that are gone before they are read, or after: reading fails, or goes on where it may, and says so.

import { DataLostError } from '../kafka-errors.ts'
import type { TopicPartition } from './cluster.ts'
import type { PartitionQueue } from './partition-queue.ts'

export interface LossPolicy {
  /** Where to go on when the offset is not there any more; `none`: fetching fails. */
  readonly offsetReset: 'earliest' | 'latest' | 'none'
  /** Gives the offset for that. */
  readonly resetOffset: (place: TopicPartition, to: 'earliest' | 'latest') => Promise<number>
  /** Called when data are lost, and fetching goes on behind them. */
  readonly lost?: (loss: DataLostError) => void
}

/** The offset asked for is not there. @param isBeginning nothing was read before it: what has gone meanwhile is no loss */
export async function outOfRange(
  queue: PartitionQueue,
  offset: number,
  isBeginning: boolean,
  policy: LossPolicy,
): Promise<void> {
  const begin = await policy.resetOffset(queue.place, 'earliest')
  const end = await policy.resetOffset(queue.place, 'latest')
  if (isBeginning && offset < begin) {
    queue.resume(begin)
    return
  }
  const reason =
    offset < begin
      ? `${begin - offset} offsets from ${offset} on were deleted before they were read; it begins at ${begin} now`
      : `it was read up to offset ${offset}, and ends at ${end} now: it was cut off by an unclean election`
  await lose(queue, reason, policy)
}

/** What was read is not in the log any more, which has gone another way. */
export function divergence(
  queue: PartitionQueue,
  offset: number,
  divergesAt: number,
  policy: LossPolicy,
): Promise<void> {
  const reason = `its records from offset ${divergesAt} on, of which those before ${offset} were read, were cut off by an unclean election`
  return lose(queue, reason, policy, divergesAt)
}

/** Another topic has its name. */
export function madeAgain(place: TopicPartition): DataLostError {
  const reason = 'its topic was deleted, and made again: what is there now is not what was read'
  const remedy = 'Start with fresh state, or under another name.'
  return new DataLostError({ ...place, reason, remedy })
}

/** @param goOnAt where no choice is needed */
async function lose(
  queue: PartitionQueue,
  reason: string,
  { offsetReset, resetOffset, lost }: LossPolicy,
  goOnAt?: number,
): Promise<void> {
  const loss = new DataLostError({ ...queue.place, reason })
  if (offsetReset === 'none') {
    queue.fail(loss)
    return
  }
  lost?.(loss)
  queue.resume(goOnAt ?? (await resetOffset(queue.place, offsetReset)))
}

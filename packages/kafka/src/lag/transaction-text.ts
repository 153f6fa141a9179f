// An open transaction in words: whose it is, for how long it has been open, and how it ends.

import { formatDuration } from 'millrace'
import { shellWord } from '../shell-word.ts'
import type { OpenTransaction } from './open-transactions.ts'

/** Two sentences: what holds a partition's records back, and what to do about it. */
export function transactionText(
  transaction: OpenTransaction,
  brokers: readonly string[],
  nowMs: number,
): { readonly fact: string; readonly remedy: string } {
  const { topic, partition, producerId, producerEpoch, startOffset, coordinated } = transaction
  const producer = `producer ${producerId}, epoch ${producerEpoch}`
  const place = `from offset ${startOffset} of ${topic}-${partition} on`
  const tool = `kafka-transactions.sh --bootstrap-server ${shellWord(brokers.join(','))}`
  const abort = `${tool} abort --topic ${topic} --partition ${partition} --start-offset ${startOffset}`
  if (!coordinated)
    return {
      fact: `a transaction that no coordinator tells of (${producer}), last written to ${ago(transaction.lastWriteMs, nowMs)} ago, holds what is there ${place}`,
      remedy: `It hangs, or this user may not describe its transactional id. One that hangs is ended by: ${abort}`,
    }
  const { transactionalId, startMs, timeoutMs, hasPartition, state } = coordinated
  const open = startMs === undefined ? '' : `, open for ${ago(startMs, nowMs)}`
  const whose = `of "${transactionalId}" (${producer}${open})`
  if (!hasPartition)
    return {
      fact: `a transaction ${whose} that its coordinator does not know to be there (${state}) holds what is there ${place}`,
      remedy: `It hangs, and is ended by: ${abort}`,
    }
  return {
    fact: `the transaction ${whose} holds what is there ${place}`,
    remedy: `Its producer has to commit or abort it; the broker aborts it ${formatDuration(timeoutMs)} after its beginning. If the producer is gone, start it again with the same transactional id, or end the transaction (brokers from 4.1): ${tool} forceTerminateTransaction --transactionalId ${shellWord(transactionalId)}`,
  }
}

const ago = (ms: number, nowMs: number): string =>
  `${Math.max(0, (nowMs - ms) / 1000).toFixed(1)} s`

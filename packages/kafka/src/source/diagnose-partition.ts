// Why a partition is not read, though it should: asked over connections of its own, as those of the program may be what is wrong.

import type { RuntimePorts, SourceTrouble } from 'millrace'
import { Cluster } from '../client/cluster.ts'
import type { ClusterSettings } from '../client/cluster-settings.ts'
import type { PartitionQueue } from '../client/partition-queue.ts'
import { firstOpenTransaction } from '../lag/open-transactions.ts'
import { transactionText } from '../lag/transaction-text.ts'

/** Brokers have so long to answer. */
const ANSWER_MS = 3_000
/** A fetch that brings nothing is answered sooner. */
const FETCH_MS = 1_000

export interface DiagnosisSettings {
  readonly cluster: ClusterSettings
  readonly ports: RuntimePorts
  /** How long a broker may make a fetch wait. */
  readonly maxWaitMs: number
  readonly isCommittedOnly: boolean
}

export async function diagnosePartition(
  queue: PartitionQueue,
  { cluster: settings, ports, maxWaitMs, isCommittedOnly }: DiagnosisSettings,
): Promise<readonly SourceTrouble[]> {
  const { requestTimeoutMs, connectTimeoutMs } = settings
  const probe = new Cluster(
    {
      ...settings,
      requestTimeoutMs: Math.min(requestTimeoutMs, ANSWER_MS),
      connectTimeoutMs: Math.min(connectTimeoutMs, ANSWER_MS),
    },
    ports,
    { retryMs: ANSWER_MS },
  )
  try {
    const outside = await troubleOutside(queue, probe)
    if (outside) return [outside]
    const fetching = troubleOfFetching(queue, ports.clock.now(), maxWaitMs + FETCH_MS)
    if (fetching) return [fetching]
    const held = isCommittedOnly ? await troubleOfTransaction(queue, probe) : undefined
    const last = held ?? silence(queue, ports.clock.now())
    return last ? [last] : []
  } finally {
    await probe.close()
  }
}

/** Brokers that do not answer, a partition that nobody leads. */
async function troubleOutside(
  { place }: PartitionQueue,
  probe: Cluster,
): Promise<SourceTrouble | undefined> {
  const { topic, partition } = place
  try {
    const found = (await probe.partitionsOf(topic))[partition]
    if (found && found.leader >= 0) return undefined
    return {
      fact: `${topic}-${partition} ${found ? 'has no leader' : 'is no longer there'}`,
      remedy: found ? 'Bring back the brokers that hold its replicas.' : 'The topic was made anew.',
      isCurable: false,
    }
  } catch (error) {
    const { message, remedy } = error as Error & { readonly remedy?: string }
    return { fact: withoutStop(message), ...(remedy && { remedy }), isCurable: true }
  }
}

/** What fetching waits for, or meets. */
function troubleOfFetching(
  queue: PartitionQueue,
  nowMs: number,
  patienceMs: number,
): SourceTrouble | undefined {
  const { asked, trouble, place, bufferedBytes, fetchOffset, lastStableOffset, highWatermark } =
    queue
  const name = `${place.topic}-${place.partition}`
  if (bufferedBytes > 0)
    return { fact: `records of ${name} are here and are not taken`, isCurable: true }
  if (asked && nowMs - asked.sinceMs >= patienceMs) return silence(queue, nowMs)
  if (trouble) return { fact: withoutStop(trouble.message), isCurable: true }
  const end = lastStableOffset >= 0 ? lastStableOffset : highWatermark
  if (fetchOffset < end)
    return {
      fact: `fetches from offset ${fetchOffset} of ${name} bring nothing, though records up to ${end} may be read`,
      isCurable: true,
    }
  return undefined
}

/** A broker that has not answered yet. */
function silence({ asked, place }: PartitionQueue, nowMs: number): SourceTrouble | undefined {
  if (!asked) return undefined
  const waited = ((nowMs - asked.sinceMs) / 1000).toFixed(1)
  const fetch = `a fetch of ${place.topic}-${place.partition}`
  return { fact: `broker ${asked.node} has not answered ${fetch} for ${waited} s`, isCurable: true }
}

async function troubleOfTransaction(
  { place, lastStableOffset, highWatermark }: PartitionQueue,
  probe: Cluster,
): Promise<SourceTrouble | undefined> {
  if (lastStableOffset < 0 || lastStableOffset >= highWatermark) return undefined
  const found = await firstOpenTransaction(probe, place)
  if (!found) return undefined
  const { brokers } = probe.settings
  return { ...transactionText(found, brokers, probe.ports.clock.now()), isCurable: false }
}

const withoutStop = (text: string): string => text.replace(/\.$/, '')

// What members of a group tell each other, within Kafka's consumer protocol, so that its tools can read it.

import {
  decodeConsumerProtocolAssignment,
  decodeConsumerProtocolSubscription,
  encodeConsumerProtocolAssignment,
  encodeConsumerProtocolSubscription,
} from '@platformatic/kafka'
import type { TopicPartition } from '../client/cluster.ts'

/** The name under which members choose how partitions are assigned. */
export const PROTOCOL = 'millrace-one-active'

/** A member as it joins. */
export interface Candidate {
  /** Since when it is the active one, epoch ms; absent: it stands by. */
  readonly activeSince?: number
  /** When it first joined, epoch ms. */
  readonly since: number
}

const VERSION = 1

export function encodeCandidate(candidate: Candidate, topics: readonly string[]): Buffer {
  return encodeConsumerProtocolSubscription({
    version: VERSION,
    topics: [...topics],
    userData: Buffer.from(JSON.stringify(candidate)),
    ownedPartitions: [],
  })
}

export function decodeCandidate(metadata: Buffer): Candidate & { readonly topics: string[] } {
  const { userData, topics } = decodeConsumerProtocolSubscription(metadata)
  return { ...(JSON.parse(userData.toString()) as Candidate), topics }
}

/** What a member is to do: the active one has all partitions, the others none. */
export function encodeRole(isActive: boolean, partitions: readonly TopicPartition[]): Buffer {
  const assignedPartitions = [...Map.groupBy(isActive ? partitions : [], p => p.topic)].map(
    ([topic, ofTopic]) => ({ topic, partitions: ofTopic.map(p => p.partition) }),
  )
  const userData = Buffer.from(isActive ? 'active' : 'standby')
  return encodeConsumerProtocolAssignment({ version: VERSION, assignedPartitions, userData })
}

export function isActiveRole(assignment: Buffer): boolean {
  const userData = decodeConsumerProtocolAssignment(assignment).userData ?? ''
  return userData.toString() === 'active'
}

/** The active member stays; else whoever came first. */
export function chooseActive(
  candidates: readonly (Candidate & { readonly memberId: string })[],
): string | undefined {
  const order = (c: Candidate): readonly [number, number] => [
    c.activeSince ?? Number.POSITIVE_INFINITY,
    c.since,
  ]
  return candidates.toSorted((a, b) => {
    const [x, y] = [order(a), order(b)]
    if (x[0] !== y[0]) return x[0] < y[0] ? -1 : 1
    return x[1] - y[1] || (a.memberId < b.memberId ? -1 : 1)
  })[0]?.memberId
}

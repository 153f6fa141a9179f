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
  /** What only processes of one program share: its transactional id. */
  readonly program: string
  /** The static member that it last heard to be the active one. */
  readonly heard?: string
}

/** A candidate as the leader knows it. */
export interface Member extends Candidate {
  readonly memberId: string
  /** Of a static member. */
  readonly instanceId: string | null
}

/** What a member is told. */
export interface Role {
  /** `foreign`: the group is that of another program. */
  readonly kind: 'active' | 'standby' | 'foreign'
  /** The program of the active member. */
  readonly program: string
  /** The active member, when it is a static one. */
  readonly active?: string
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

export function decodeCandidate(metadata: Buffer): Candidate {
  const { userData } = decodeConsumerProtocolSubscription(metadata)
  return JSON.parse(userData.toString()) as Candidate
}

/** The active one has all partitions, the others none. */
export function encodeRole(role: Role, partitions: readonly TopicPartition[]): Buffer {
  const owned = role.kind === 'active' ? partitions : []
  const assignedPartitions = [...Map.groupBy(owned, p => p.topic)].map(([topic, ofTopic]) => ({
    topic,
    partitions: ofTopic.map(p => p.partition),
  }))
  const userData = Buffer.from(JSON.stringify(role))
  return encodeConsumerProtocolAssignment({ version: VERSION, assignedPartitions, userData })
}

export function decodeRole(assignment: Buffer): Role {
  const { userData } = decodeConsumerProtocolAssignment(assignment)
  return JSON.parse((userData ?? '').toString()) as Role
}

/** The active member stays; a static one that comes back within its session keeps its place; else whoever came first. */
export function chooseActive(members: readonly Member[]): Member | undefined {
  const rank = (m: Member): readonly number[] => {
    const wasActive = m.instanceId !== null && members.some(o => o.heard === m.instanceId)
    return [m.activeSince ?? Number.POSITIVE_INFINITY, wasActive ? 0 : 1, m.since]
  }
  return members.toSorted((a, b) => {
    const [x, y] = [rank(a), rank(b)]
    const at = x.findIndex((value, i) => value !== y[i])
    if (at >= 0) return (x[at] as number) < (y[at] as number) ? -1 : 1
    return a.memberId < b.memberId ? -1 : 1
  })[0]
}

/** The leader's part: what each member is to do. */
export function assignRoles(
  members: readonly Member[],
  partitions: readonly TopicPartition[],
): { memberId: string; assignment: Buffer }[] {
  const active = chooseActive(members)
  return members.map(member => {
    const program = active?.program ?? member.program
    const isOwn = member.program === program
    const role: Role = {
      kind: member === active ? 'active' : isOwn ? 'standby' : 'foreign',
      program,
      ...(active?.instanceId && { active: active.instanceId }),
    }
    return { memberId: member.memberId, assignment: encodeRole(role, partitions) }
  })
}

// A member of a group, request by request.

import {
  encodeConsumerProtocolSubscription,
  heartbeatV4,
  joinGroupV9,
  leaveGroupV5,
  syncGroupV5,
} from '@platformatic/kafka'
import type { Cluster } from '../../src/client/cluster.ts'
import type { GroupGeneration } from '../../src/protocol/transactions.ts'
import { nameOf } from './test-producer.ts'

const PROTOCOL = 'range'

export class TestMember {
  readonly #cluster: Cluster
  readonly #groupId: string
  readonly #sessionMs: number
  readonly #instanceId: string | null
  #memberId = ''
  #generation = -1
  isLeader = false

  constructor(
    cluster: Cluster,
    groupId: string,
    { sessionMs = 10_000, instanceId = null as string | null } = {},
  ) {
    this.#cluster = cluster
    this.#groupId = groupId
    this.#sessionMs = sessionMs
    this.#instanceId = instanceId
  }

  get generation(): GroupGeneration {
    return {
      groupId: this.#groupId,
      generation: this.#generation,
      memberId: this.#memberId,
      instanceId: this.#instanceId,
    }
  }

  /** One JoinGroup request. */
  async ask(): Promise<string> {
    const metadata = encodeConsumerProtocolSubscription({ version: 0, topics: [] })
    const joined = await this.#cluster.send(
      await this.#coordinator(),
      joinGroupV9.api,
      this.#groupId,
      this.#sessionMs,
      10_000,
      this.#memberId,
      this.#instanceId,
      'consumer',
      [{ name: PROTOCOL, metadata }],
    )
    const answer = nameOf(joined.errorCode)
    if (answer === 'NONE' || answer === 'MEMBER_ID_REQUIRED') this.#memberId = joined.memberId
    if (answer === 'NONE') {
      this.#generation = joined.generationId
      this.isLeader = joined.leader === joined.memberId
    }
    return answer
  }

  /** Joins in as many steps as it takes, and hears what it is assigned. */
  async join(): Promise<string> {
    let answer = await this.ask()
    if (answer === 'MEMBER_ID_REQUIRED') answer = await this.ask()
    return answer === 'NONE' ? this.#sync() : answer
  }

  async beat(): Promise<string> {
    const { groupId, generation, memberId, instanceId } = this.generation
    const answer = await this.#cluster.send(
      await this.#coordinator(),
      heartbeatV4.api,
      groupId,
      generation,
      memberId,
      instanceId,
    )
    return nameOf(answer.errorCode)
  }

  async leave(): Promise<string> {
    const answer = await this.#cluster.send(
      await this.#coordinator(),
      leaveGroupV5.api,
      this.#groupId,
      [{ memberId: this.#memberId }],
    )
    return nameOf(answer.errorCode || answer.members?.[0]?.errorCode)
  }

  async #sync(): Promise<string> {
    const { groupId, generation, memberId, instanceId } = this.generation
    const assignment = Buffer.alloc(0)
    const answer = await this.#cluster.send(
      await this.#coordinator(),
      syncGroupV5.api,
      groupId,
      generation,
      memberId,
      instanceId,
      'consumer',
      PROTOCOL,
      this.isLeader ? [{ memberId, assignment }] : [],
    )
    return nameOf(answer.errorCode)
  }

  #coordinator() {
    return this.#cluster.retry(() => this.#cluster.coordinator('group', this.#groupId))
  }
}

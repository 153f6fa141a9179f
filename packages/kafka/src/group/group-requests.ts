// What a member of a group asks its coordinator. Replies are waited for no longer than a session lasts, but for that of a join.

import { heartbeatV4, joinGroupV9, leaveGroupV5, syncGroupV5 } from '@platformatic/kafka'
import { Cluster } from '../client/cluster.ts'
import type { ClusterSettings } from '../client/cluster-settings.ts'
import type { RetryPorts } from '../client/retry.ts'
import { KafkaUnreachableError } from '../kafka-errors.ts'
import type { GroupSettings } from '../options/group-options.ts'
import type { GroupGeneration } from '../protocol/transactions.ts'
import { PROTOCOL } from './group-protocol.ts'

const CONSUMER = 'consumer'
/** Others need not wait for who leaves, nor it for a coordinator that does not answer. */
const LEAVE_MS = 2_000
const JOIN_MARGIN_MS = 5_000

/** One request and reply within a third of the session: the loss of a connection is noticed, and mended, before the session ends. */
export function withinSession(
  settings: ClusterSettings,
  { sessionTimeoutMs }: GroupSettings,
): ClusterSettings {
  const mostMs = Math.ceil(sessionTimeoutMs / 3)
  return {
    ...settings,
    requestTimeoutMs: Math.min(settings.requestTimeoutMs, mostMs),
    connectTimeoutMs: Math.min(settings.connectTimeoutMs, mostMs),
  }
}

export class GroupRequests {
  readonly #group: GroupSettings
  readonly #cluster: Cluster
  /** For joins: a coordinator answers once all members have joined, or their sessions are over. */
  #patient: Cluster | undefined
  readonly #settings: ClusterSettings
  readonly #ports: RetryPorts

  constructor(settings: ClusterSettings, ports: RetryPorts, group: GroupSettings) {
    this.#group = group
    this.#settings = withinSession(settings, group)
    this.#ports = ports
    this.#cluster = new Cluster(this.#settings, ports)
  }

  /** Waits for as long as the coordinator is heard of. */
  async join(member: GroupGeneration, metadata: Buffer) {
    const { groupId, instanceId, sessionTimeoutMs, maxBusyMs } = this.#group
    const requestTimeoutMs = maxBusyMs + sessionTimeoutMs + JOIN_MARGIN_MS
    this.#patient ??= new Cluster({ ...this.#settings, requestTimeoutMs }, this.#ports)
    const patient = this.#patient
    const connection = await patient.coordinator('group', groupId, 'membership')
    const answered = new AbortController()
    const answer = patient
      .send(
        connection,
        joinGroupV9.api,
        groupId,
        sessionTimeoutMs,
        // A member that is busy joins once it is through.
        Math.max(maxBusyMs, sessionTimeoutMs),
        member.memberId,
        instanceId,
        CONSUMER,
        [{ name: PROTOCOL, metadata }],
      )
      .finally(() => answered.abort())
    answer.catch(() => {})
    return (await Promise.race([answer, this.#silence(member, answered.signal)])) ?? answer
  }

  async sync(
    { generation, memberId }: GroupGeneration,
    assignments: { memberId: string; assignment: Buffer }[],
  ) {
    const { groupId, instanceId } = this.#group
    return this.#cluster.send(
      await this.#coordinator(),
      syncGroupV5.api,
      groupId,
      generation,
      memberId,
      instanceId,
      CONSUMER,
      PROTOCOL,
      assignments,
    )
  }

  /** Gives the error code. */
  async beat({ generation, memberId }: GroupGeneration): Promise<number> {
    const { groupId, instanceId } = this.#group
    const answer = await this.#cluster.send(
      await this.#coordinator(),
      heartbeatV4.api,
      groupId,
      generation,
      memberId,
      instanceId,
    )
    return answer.errorCode
  }

  async leave(memberId: string): Promise<void> {
    const { groupId } = this.#group
    const left = this.#coordinator().then(c =>
      this.#cluster.send(c, leaveGroupV5.api, groupId, [{ memberId }]),
    )
    left.catch(() => {})
    const late = new AbortController()
    await Promise.race([left, this.#ports.clock.sleep(LEAVE_MS, late.signal)]).catch(() => {})
    late.abort()
  }

  /** The coordinator has moved, or does not answer. */
  forgetCoordinator(): void {
    for (const cluster of [this.#cluster, this.#patient])
      cluster?.forgetCoordinator('group', this.#group.groupId)
  }

  /** The error of a reply. */
  responseError(request: string, code: number) {
    return this.#cluster.responseError(request, code, `group "${this.#group.groupId}"`)
  }

  /** What is under way ends. */
  async close(): Promise<void> {
    await Promise.all([this.#cluster.close(), this.#patient?.close()])
  }

  /** Returns once the join is answered. @throws when the coordinator has not answered anything else for a session */
  async #silence(member: GroupGeneration, answered: AbortSignal): Promise<undefined> {
    const { heartbeatMs, sessionTimeoutMs, groupId } = this.#group
    const { clock } = this.#ports
    let heardAt = clock.monotonic()
    for (;;) {
      await clock.sleep(heartbeatMs, answered)
      if (answered.aborted) return undefined
      try {
        // Whatever the answer is: it is one.
        await this.beat(member)
        heardAt = clock.monotonic()
      } catch (cause) {
        this.#cluster.forgetCoordinator('group', groupId)
        if (clock.monotonic() - heardAt < sessionTimeoutMs) continue
        const patient = this.#patient
        this.#patient = undefined
        void patient?.close()
        throw new KafkaUnreachableError({ brokers: this.#settings.brokers, cause })
      }
    }
  }

  #coordinator() {
    return this.#cluster.coordinator('group', this.#group.groupId, 'membership')
  }
}

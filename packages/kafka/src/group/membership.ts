// A process among those of its program: one is active, the others stand by until it leaves or falls silent.
//
//   joining ─► standing by ⇄ active ─► lost (silent for longer than the session, or replaced)
//
// @see Kafka's classic group protocol: JoinGroup, SyncGroup, Heartbeat; KIP-345 (static members), KIP-394 (member ids)

import { heartbeatV4, joinGroupV9, leaveGroupV5, syncGroupV5 } from '@platformatic/kafka'
import type { MillraceError } from 'millrace'
import type { Cluster, TopicPartition } from '../client/cluster.ts'
import { Wakeup } from '../client/wakeup.ts'
import { FencedError } from '../kafka-errors.ts'
import type { GroupSettings } from '../options/group-options.ts'
import { errorOf } from '../protocol/error-codes.ts'
import type { GroupGeneration } from '../protocol/transactions.ts'
import {
  type Candidate,
  chooseActive,
  decodeCandidate,
  encodeCandidate,
  encodeRole,
  isActiveRole,
  PROTOCOL,
} from './group-protocol.ts'

const CONSUMER = 'consumer'
const REBALANCE_MS = 20_000
const PAUSE_MS = 200
const NOTICE_MS = 1_000
/** Errors after which a member has to join as a new one. */
const FORGOTTEN = new Set(['UNKNOWN_MEMBER_ID', 'ILLEGAL_GENERATION', 'FENCED_INSTANCE_ID'])

export class Membership {
  readonly #cluster: Cluster
  readonly #settings: GroupSettings
  /** What is assigned to the active member, for tools to see. */
  readonly #partitions: () => Promise<readonly TopicPartition[]>
  readonly #closing = new AbortController()
  readonly #changed = new Wakeup()
  #memberId = ''
  #generation = -1
  #candidate: Candidate
  #isStable = false
  #lost: MillraceError | undefined
  #running: Promise<void> | undefined

  constructor(
    cluster: Cluster,
    settings: GroupSettings,
    partitions: () => Promise<readonly TopicPartition[]>,
  ) {
    this.#cluster = cluster
    this.#settings = settings
    this.#partitions = partitions
    this.#candidate = { since: cluster.ports.clock.now() }
  }

  get isActive(): boolean {
    return this.#candidate.activeSince !== undefined && this.#lost === undefined
  }

  /** Why it is no longer active, though it was. */
  get lost(): MillraceError | undefined {
    return this.#lost
  }

  /** What offsets are committed with: as of now, so that whoever was replaced meanwhile is refused. */
  get generation(): GroupGeneration {
    const { groupId, instanceId } = this.#settings
    return { groupId, generation: this.#generation, memberId: this.#memberId, instanceId }
  }

  /** Joins, and waits until it is the active one. @param onStandBy called once when that is not soon */
  async becomeActive(signal: AbortSignal, onStandBy: () => void): Promise<void> {
    this.#running ??= this.#run()
    const { clock } = this.#cluster.ports
    let isWaiting = true
    const notice = clock.sleep(NOTICE_MS, signal).then(() => {
      if (isWaiting && !signal.aborted) onStandBy()
    })
    notice.catch(() => {})
    try {
      while (!signal.aborted && !(this.#isStable && this.isActive)) {
        if (this.#lost) throw this.#lost
        await this.#changed.wait(signal)
      }
    } finally {
      isWaiting = false
    }
  }

  /** Waits until a rebalance is over. @throws {FencedError} when it is no longer active then */
  async stable(): Promise<void> {
    while (!this.#isStable && !this.#lost) await this.#changed.wait(this.#closing.signal)
    if (this.#lost) throw this.#lost
  }

  /** Leaves at once: others need not wait for the session to end. Static members keep their place. */
  async leave(): Promise<void> {
    this.#closing.abort()
    this.#changed.notify()
    await this.#running
    const { groupId, instanceId } = this.#settings
    if (this.#memberId === '' || instanceId !== null) return
    await this.#coordinator()
      .then(c => this.#cluster.send(c, leaveGroupV5.api, groupId, [{ memberId: this.#memberId }]))
      .catch(() => {})
  }

  async #run(): Promise<void> {
    const { clock } = this.#cluster.ports
    const { signal } = this.#closing
    let silentSince = clock.monotonic()
    while (!signal.aborted && !this.#lost) {
      try {
        if (!this.#isStable) await this.#join()
        else await this.#beat()
        silentSince = clock.monotonic()
        if (this.#isStable) await clock.sleep(this.#settings.heartbeatMs, signal)
      } catch (error) {
        if (signal.aborted) return
        this.#cluster.forgetCoordinator('group', this.#settings.groupId)
        const silentMs = clock.monotonic() - silentSince
        const isOver = (error as MillraceError).retry !== 'backoff'
        if (this.isActive && silentMs > this.#settings.sessionTimeoutMs)
          this.#lose(`no coordinator has answered for ${Math.round(silentMs)} ms`)
        else if (isOver) this.#end(error as MillraceError)
        else await clock.sleep(PAUSE_MS, signal)
      }
    }
  }

  async #join(): Promise<void> {
    const { groupId, instanceId, sessionTimeoutMs } = this.#settings
    const partitions = await this.#partitions()
    const topics = [...new Set(partitions.map(p => p.topic))].toSorted()
    const joined = await this.#cluster.send(
      await this.#coordinator(),
      joinGroupV9.api,
      groupId,
      sessionTimeoutMs,
      REBALANCE_MS,
      this.#memberId,
      instanceId,
      CONSUMER,
      [{ name: PROTOCOL, metadata: encodeCandidate(this.#candidate, topics) }],
    )
    if (errorOf(joined.errorCode).name === 'MEMBER_ID_REQUIRED') {
      this.#memberId = joined.memberId
      return
    }
    if (this.#isForgotten(joined.errorCode)) return
    this.#check(joined.errorCode, 'to join')
    this.#memberId = joined.memberId
    const assignments = joined.leader === joined.memberId ? assign(joined.members, partitions) : []
    const synced = await this.#cluster.send(
      await this.#coordinator(),
      syncGroupV5.api,
      groupId,
      joined.generationId,
      this.#memberId,
      instanceId,
      CONSUMER,
      PROTOCOL,
      assignments,
    )
    if (this.#isForgotten(synced.errorCode) || isRebalance(synced.errorCode)) return
    this.#check(synced.errorCode, 'to join')
    this.#generation = joined.generationId
    this.#take(isActiveRole(synced.assignment))
  }

  #take(isActive: boolean): void {
    const { since, activeSince } = this.#candidate
    if (activeSince !== undefined && !isActive) {
      this.#lose('another process is the active one')
      return
    }
    if (isActive)
      this.#candidate = { since, activeSince: activeSince ?? this.#cluster.ports.clock.now() }
    this.#isStable = true
    this.#changed.notify()
  }

  async #beat(): Promise<void> {
    const { groupId, instanceId } = this.#settings
    const beat = await this.#cluster.send(
      await this.#coordinator(),
      heartbeatV4.api,
      groupId,
      this.#generation,
      this.#memberId,
      instanceId,
    )
    if (isRebalance(beat.errorCode)) this.#isStable = false
    else if (!this.#isForgotten(beat.errorCode)) this.#check(beat.errorCode, 'a heartbeat')
  }

  /** The group knows this member no more: whoever was active is so no longer, the others join anew. */
  #isForgotten(code: number): boolean {
    const { name } = errorOf(code)
    if (!FORGOTTEN.has(name)) return false
    if (this.isActive || name === 'FENCED_INSTANCE_ID') this.#lose(name)
    this.#memberId = ''
    this.#isStable = false
    return true
  }

  #lose(reason: string): void {
    this.#end(new FencedError({ who: `group "${this.#settings.groupId}"`, reason }))
  }

  #end(error: MillraceError): void {
    this.#isStable = false
    this.#lost = error
    this.#changed.notify()
  }

  #check(code: number, what: string): void {
    if (code === 0) return
    throw this.#cluster.responseError(what, code, `group "${this.#settings.groupId}"`)
  }

  #coordinator() {
    return this.#cluster.coordinator('group', this.#settings.groupId, 'membership')
  }
}

const isRebalance = (code: number): boolean => errorOf(code).name === 'REBALANCE_IN_PROGRESS'

/** The leader's part: who is active. */
function assign(
  members: readonly { readonly memberId: string; readonly metadata: Buffer }[],
  partitions: readonly TopicPartition[],
): { memberId: string; assignment: Buffer }[] {
  const candidates = members.map(({ memberId, metadata }) => ({
    ...decodeCandidate(metadata),
    memberId,
  }))
  const active = chooseActive(candidates)
  return members.map(({ memberId }) => ({
    memberId,
    assignment: encodeRole(memberId === active, partitions),
  }))
}

// A process among those of its program: one is active, the others stand by until it leaves or falls silent.
//
//   joining ─► standing by ⇄ active ─► lost (silent for longer than the session, or replaced)
//
// @see Kafka's classic group protocol: JoinGroup, SyncGroup, Heartbeat; KIP-345 (static members), KIP-394 (member ids)

import type { MillraceError } from 'millrace'
import type { Cluster, TopicPartition } from '../client/cluster.ts'
import { Wakeup } from '../client/wakeup.ts'
import { FencedError, ForeignGroupError } from '../kafka-errors.ts'
import type { GroupSettings } from '../options/group-options.ts'
import { errorOf } from '../protocol/error-codes.ts'
import type { GroupGeneration } from '../protocol/transactions.ts'
import {
  assignRoles,
  type Candidate,
  decodeCandidate,
  decodeRole,
  encodeCandidate,
  type Role,
} from './group-protocol.ts'
import { GroupRequests } from './group-requests.ts'
import { Heartbeats } from './heartbeats.ts'

const PAUSE_MS = 200
const NOTICE_MS = 1_000
/** Errors after which a member has to join as a new one. */
const FORGOTTEN = new Set(['UNKNOWN_MEMBER_ID', 'ILLEGAL_GENERATION', 'FENCED_INSTANCE_ID'])

export interface MembershipSettings {
  readonly group: GroupSettings
  /** What only processes of one program share. */
  readonly program: string
  /** What is assigned to the active member, for tools to see. */
  readonly partitions: readonly TopicPartition[]
}

export class Membership {
  readonly #cluster: Cluster
  readonly #settings: MembershipSettings
  readonly #requests: GroupRequests
  readonly #closing = new AbortController()
  readonly #changed = new Wakeup()
  #memberId = ''
  #generation = -1
  #candidate: Candidate
  #isStable = false
  #lost: MillraceError | undefined
  #running: Promise<void> | undefined
  /** Of the active member: others have nothing to be busy with. */
  #heartbeats: Heartbeats | undefined

  constructor(cluster: Cluster, settings: MembershipSettings) {
    this.#cluster = cluster
    this.#settings = settings
    this.#requests = new GroupRequests(cluster.settings, cluster.ports, settings.group)
    this.#candidate = { since: cluster.ports.clock.now(), program: settings.program }
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
    const { groupId, instanceId } = this.#settings.group
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
    await this.#heartbeats?.stop()
    const isStatic = this.#settings.group.instanceId !== null
    if (this.#memberId !== '' && !isStatic) await this.#requests.leave(this.#memberId)
    await this.#requests.close()
    await this.#running
  }

  async #run(): Promise<void> {
    const { clock } = this.#cluster.ports
    const { signal } = this.#closing
    const { heartbeatMs, sessionTimeoutMs } = this.#settings.group
    let heardAt = clock.monotonic()
    let beats = 0
    while (!signal.aborted && !this.#lost) {
      this.#heartbeats?.alive()
      try {
        if (!this.#isStable) await this.#join()
        else await this.#beat()
        heardAt = clock.monotonic()
        if (this.#isStable) await clock.sleep(heartbeatMs, signal)
      } catch (error) {
        if (signal.aborted) return
        this.#requests.forgetCoordinator()
        const { count = 0 } = this.#heartbeats ?? {}
        if (count !== beats) heardAt = clock.monotonic()
        beats = count
        const silentMs = clock.monotonic() - heardAt
        const isOver = (error as MillraceError).retry !== 'backoff'
        if (this.isActive && silentMs > sessionTimeoutMs)
          this.#lose(`no coordinator has answered for ${Math.round(silentMs)} ms`)
        else if (isOver) this.#end(error as MillraceError)
        else await clock.sleep(PAUSE_MS, signal)
      }
    }
  }

  async #join(): Promise<void> {
    const { partitions } = this.#settings
    const topics = [...new Set(partitions.map(p => p.topic))].toSorted()
    const joined = await this.#requests.join(
      this.generation,
      encodeCandidate(this.#candidate, topics),
    )
    if (errorOf(joined.errorCode).name === 'MEMBER_ID_REQUIRED') {
      this.#memberId = joined.memberId
      return
    }
    if (this.#isForgotten(joined.errorCode)) return
    this.#check(joined.errorCode, 'to join')
    this.#memberId = joined.memberId
    const isLeader = joined.leader === joined.memberId
    const assignments = isLeader
      ? assignRoles(
          joined.members.map(({ memberId, groupInstanceId, metadata }) => ({
            ...decodeCandidate(metadata),
            memberId,
            instanceId: groupInstanceId ?? null,
          })),
          partitions,
        )
      : []
    const generation = { ...this.generation, generation: joined.generationId }
    const synced = await this.#requests.sync(generation, assignments)
    if (this.#isForgotten(synced.errorCode) || isRebalance(synced.errorCode)) return
    this.#check(synced.errorCode, 'to join')
    this.#generation = joined.generationId
    this.#take(decodeRole(synced.assignment))
  }

  #take({ kind, program, active }: Role): void {
    const { groupId } = this.#settings.group
    const isActive = kind === 'active'
    if (kind === 'foreign') {
      this.#end(new ForeignGroupError({ groupId, program: this.#settings.program, other: program }))
      return
    }
    const { since, activeSince, program: own } = this.#candidate
    if (activeSince !== undefined && !isActive) {
      this.#lose('another process is the active one')
      return
    }
    const now = this.#cluster.ports.clock.now()
    this.#candidate = {
      since,
      program: own,
      ...(isActive && { activeSince: activeSince ?? now }),
      ...(active !== undefined && { heard: active }),
    }
    if (isActive) {
      this.#heartbeats ??= new Heartbeats(this.#cluster.settings, this.#settings.group)
      this.#heartbeats.beatFor(this.generation)
    }
    this.#isStable = true
    this.#changed.notify()
  }

  async #beat(): Promise<void> {
    const code = await this.#requests.beat(this.generation)
    if (isRebalance(code)) this.#isStable = false
    else if (!this.#isForgotten(code)) this.#check(code, 'a heartbeat')
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
    this.#end(new FencedError({ who: `group "${this.#settings.group.groupId}"`, reason }))
  }

  #end(error: MillraceError): void {
    this.#isStable = false
    this.#lost = error
    void this.#heartbeats?.stop()
    this.#changed.notify()
  }

  #check(code: number, what: string): void {
    if (code !== 0) throw this.#requests.responseError(what, code)
  }
}

const isRebalance = (code: number): boolean => errorOf(code).name === 'REBALANCE_IN_PROGRESS'

// The book of a sink's alerts: which there are, in which groups, and what receivers have been told. It asks no clock.
//
//            raise                  for is over             clear                     resolve.delay is over
//     (none) ─────► pending ────────────────► firing ────────────────► closing ────────────────────────► resolved ─► (none)
//                      └─ clear ─► (none)        ▲└─ resolve.after without a row, or no delay ───────────────▲   once it is told
//                                                └──────────── raise ──────┘

import type { AlertFields, Notification } from './alert.ts'
import type { AlertRules } from './alert-rules.ts'
import { type Group, flushGroup } from './alert-group.ts'
import { digest } from './digest.ts'

export interface StoredAlert {
  readonly key: string
  readonly group: string
  fields: AlertFields
  phase: 'pending' | 'firing' | 'closing' | 'resolved'
  /** Since when its condition has held. */
  sinceMs: number
  /** Of its latest row. */
  seenMs: number
  /** Since when it is gone, in `closing` and `resolved`. */
  goneMs?: number
}

/** What the commit holds of a book. */
export interface StoredBook {
  readonly run: string
  readonly sequence: number
  readonly refused: number
  readonly givenUp: number
  readonly alerts: readonly (readonly [string, StoredAlert])[]
  readonly groups: readonly (readonly [string, Group])[]
}

export interface BookSettings {
  readonly name: string
  readonly sinkId: string
  readonly receivers: readonly string[]
  readonly rules: AlertRules
}

/** Tries again so much later when the outbox had no room. */
const ROOM_CHECK_MS = 1_000

export class AlertBook {
  readonly #settings: BookSettings
  readonly #run: string
  readonly #alerts: Map<string, StoredAlert>
  readonly #groups: Map<string, Group>
  /** By idempotency key. */
  readonly #flying = new Map<string, readonly [Notification, Group]>()
  #sequence: number
  #dueMs = Number.POSITIVE_INFINITY
  /** Alerts that were not taken in because the book was full. */
  refused: number
  /** Notifications that no receiver would take. */
  givenUp: number

  /** @param run drawn once per state: an idempotency key of a state that is gone does not come back */
  constructor(settings: BookSettings, stored: StoredBook | { readonly run: string }) {
    this.#settings = settings
    this.#run = stored.run
    const known = 'alerts' in stored ? stored : undefined
    this.#sequence = known?.sequence ?? 0
    this.refused = known?.refused ?? 0
    this.givenUp = known?.givenUp ?? 0
    this.#alerts = new Map(known?.alerts)
    this.#groups = new Map(known?.groups)
    for (const group of this.#groups.values()) this.#takeUp(group)
    if (known) this.#dueMs = 0
  }

  /** Goes on with a stored group; of receivers that are no more nothing is kept. */
  #takeUp(group: Group): void {
    const { receivers } = this.#settings
    for (const receiver of Object.keys(group.logs))
      if (!receivers.includes(receiver)) delete group.logs[receiver]
    for (const [receiver, { told }] of Object.entries(group.flights))
      if (receivers.includes(receiver)) this.#flying.set(told.id, [told, group])
      else delete group.flights[receiver]
  }

  /** When `tick` has something to do, epoch ms. */
  get dueMs(): number {
    return this.#dueMs
  }

  /** Whether groups wait for room among the notifications. */
  get isFull(): boolean {
    return this.#flying.size >= this.#settings.rules.maxNotifications
  }

  /** Decided on and not yet taken. */
  get pending(): readonly Notification[] {
    return [...this.#flying.values()].map(([told]) => told)
  }

  /** The condition of a key holds. `group`: of what it would be a new alert of. */
  raise(key: string, fields: AlertFields, group: AlertFields, nowMs: number): void {
    this.#dueMs = 0
    const { rules } = this.#settings
    const fingerprint = digest(this.#settings.sinkId, key).slice(0, 16)
    const known = this.#alerts.get(fingerprint)
    if (!known && this.#alerts.size >= rules.maxAlerts) {
      this.refused++
      return
    }
    if (known && known.phase !== 'resolved') {
      known.fields = fields
      known.seenMs = nowMs
      if (known.phase !== 'closing') return
      known.phase = 'firing'
      delete known.goneMs
      return
    }
    const groupKey = known?.group ?? JSON.stringify(Object.entries(group))
    const phase = rules.forMs > 0 ? 'pending' : 'firing'
    const times = { sinceMs: nowMs, seenMs: nowMs }
    this.#alerts.set(fingerprint, { key, group: groupKey, fields, phase, ...times })
    if (!this.#groups.has(groupKey))
      this.#groups.set(groupKey, { by: group, logs: {}, flights: {} })
  }

  /** The condition of a key holds no longer. */
  clear(key: string, nowMs: number): void {
    this.#dueMs = 0
    const fingerprint = digest(this.#settings.sinkId, key).slice(0, 16)
    const alert = this.#alerts.get(fingerprint)
    if (!alert || alert.phase === 'closing' || alert.phase === 'resolved') return
    alert.goneMs = nowMs
    if (alert.phase === 'firing')
      alert.phase = this.#settings.rules.resolveDelayMs > 0 ? 'closing' : 'resolved'
    else if (this.#isTold(fingerprint, alert)) alert.phase = 'resolved'
    else this.#alerts.delete(fingerprint)
  }

  /** A receiver has taken a notification, or never will. */
  settle(notification: Notification, outcome: 'delivered' | 'given-up', nowMs: number): void {
    const { receiver, id } = notification
    const [, group] = this.#flying.get(id) ?? []
    const flight = group?.flights[receiver]
    if (!group || !flight) return
    this.#flying.delete(id)
    this.#dueMs = 0
    delete group.flights[receiver]
    if (outcome === 'delivered') group.logs[receiver] = { firing: flight.firing, atMs: nowMs }
    else this.#giveUp(group, receiver, flight.resolved)
  }

  /** What is firing stays untold, so that it is told anew after the group's interval; what is over is let go of. */
  #giveUp(group: Group, receiver: string, resolved: readonly string[]): void {
    this.givenUp++
    const log = group.logs[receiver]
    const gone = new Set(resolved)
    if (log) group.logs[receiver] = { ...log, firing: log.firing.filter(f => !gone.has(f)) }
  }

  /** Moves alerts on as time demands and decides on notifications. `isEnd`: groups wait no longer, nothing more will come. */
  tick(nowMs: number, isEnd = false): readonly Notification[] {
    this.#dueMs = Number.POSITIVE_INFINITY
    for (const alert of this.#alerts.values()) this.#moveOn(alert, nowMs)
    const members = Map.groupBy(this.#alerts, ([, alert]) => alert.group)
    const decided: Notification[] = []
    for (const [key, group] of this.#groups) {
      const all = members.get(key) ?? []
      decided.push(...this.#tell(group, all, nowMs, isEnd))
      const isEmpty = all.every(([fingerprint]) => !this.#alerts.has(fingerprint))
      if (isEmpty && Object.keys(group.flights).length === 0) this.#groups.delete(key)
      else if (group.nextMs !== undefined) this.#isOver(group.nextMs, nowMs)
    }
    return decided
  }

  #moveOn(alert: StoredAlert, nowMs: number): void {
    const { forMs, resolveDelayMs, resolveAfterMs } = this.#settings.rules
    if (alert.phase === 'pending' && this.#isOver(alert.sinceMs + forMs, nowMs))
      alert.phase = 'firing'
    if (alert.phase === 'closing' && this.#isOver((alert.goneMs ?? 0) + resolveDelayMs, nowMs))
      alert.phase = 'resolved'
    const endsMs = alert.seenMs + resolveAfterMs
    if (resolveAfterMs > 0 && alert.phase === 'firing' && this.#isOver(endsMs, nowMs)) {
      alert.phase = 'resolved'
      alert.goneMs = endsMs
    }
  }

  /** Whether a time has come; when not, the book is due then. */
  #isOver(timeMs: number, nowMs: number): boolean {
    if (timeMs <= nowMs) return true
    this.#dueMs = Math.min(this.#dueMs, timeMs)
    return false
  }

  #tell(
    group: Group,
    members: readonly (readonly [string, StoredAlert])[],
    nowMs: number,
    isEnd: boolean,
  ): readonly Notification[] {
    const { rules } = this.#settings
    if (members.every(([, a]) => a.phase === 'pending')) return []
    group.nextMs ??= nowMs + rules.groupWaitMs
    if (!isEnd && !this.#isOver(group.nextMs, nowMs)) return []
    const room = rules.maxNotifications - this.#flying.size
    const { told, isShort } = flushGroup(group, members, {
      ...this.#settings,
      nowMs,
      room,
      nextId: receiver => digest(this.#settings.sinkId, this.#run, receiver, ++this.#sequence),
    })
    for (const one of told) this.#flying.set(one.id, [one, group])
    group.nextMs = nowMs + (isShort ? ROOM_CHECK_MS : rules.groupIntervalMs)
    for (const [fingerprint, alert] of members)
      if (alert.phase === 'resolved' && !this.#isTold(fingerprint, alert))
        this.#alerts.delete(fingerprint)
    return told
  }

  /** Whether a receiver believes it to be firing, or is being told something of it. */
  #isTold(fingerprint: string, { group }: StoredAlert): boolean {
    const { logs = {}, flights = {} } = this.#groups.get(group) ?? {}
    return (
      Object.values(logs).some(log => log.firing.includes(fingerprint)) ||
      Object.values(flights).some(f => f.firing.includes(fingerprint))
    )
  }

  store(): StoredBook {
    return {
      run: this.#run,
      sequence: this.#sequence,
      refused: this.refused,
      givenUp: this.givenUp,
      alerts: [...this.#alerts],
      groups: [...this.#groups],
    }
  }
}

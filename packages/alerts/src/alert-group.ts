// A group of alerts, and what its receivers are told when its time has come.

import type { Alert, AlertFields, Notification } from './alert.ts'
import type { StoredAlert } from './alert-book.ts'
import type { AlertRules } from './alert-rules.ts'
import { isSilenced } from './silence.ts'

export interface Group {
  readonly by: AlertFields
  /** When it is told next, epoch ms; absent before its first alert fires. */
  nextMs?: number
  /** By receiver: what it has taken last. */
  readonly logs: Record<string, ToldLog>
  /** By receiver: what it is being told. There is one at most, so that a receiver that is down piles nothing up. */
  readonly flights: Record<string, Flight>
}

export interface ToldLog {
  /** Fingerprints of the alerts that were firing. */
  readonly firing: readonly string[]
  readonly atMs: number
}

export interface Flight {
  readonly told: Notification
  readonly firing: readonly string[]
  readonly resolved: readonly string[]
}

interface FlushSettings {
  readonly name: string
  readonly receivers: readonly string[]
  readonly rules: AlertRules
  readonly nowMs: number
  /** How many notifications there is room for. */
  readonly room: number
  nextId(receiver: string): string
}

type Member = readonly [fingerprint: string, alert: StoredAlert]

/** Alerts of either kind that a notification lists. */
const MAX_LISTED = 100

/** Decides on what each receiver must be told; `isShort`: there was no room for some of it. */
export function flushGroup(
  group: Group,
  members: readonly Member[],
  settings: FlushSettings,
): { readonly told: readonly Notification[]; readonly isShort: boolean } {
  const { rules, nowMs, receivers } = settings
  const audible = members.filter(([, a]) => !isSilenced(rules.silences, a.fields, nowMs))
  const firing = audible.filter(([, a]) => a.phase === 'firing' || a.phase === 'closing')
  const over = members.filter(([, a]) => a.phase === 'resolved')
  const told: Notification[] = []
  let isShort = false
  for (const receiver of receivers) {
    if (group.flights[receiver]) continue
    const log = group.logs[receiver]
    const known = new Set(log?.firing)
    const resolved = over.filter(m => known.has(m[0]) && audible.includes(m))
    if (log) forget(group, receiver, over, resolved)
    if (!isNews(firing, resolved, log, known, settings)) continue
    if (told.length >= settings.room) {
      isShort = true
      continue
    }
    const flight = fly(group, receiver, firing, resolved, settings)
    group.flights[receiver] = flight
    told.push(flight.told)
  }
  return { told, isShort }
}

/** What was silenced when it ended is told to nobody, not later either. */
function forget(
  group: Group,
  receiver: string,
  over: readonly Member[],
  resolved: readonly Member[],
): void {
  const log = group.logs[receiver] as ToldLog
  const silent = new Set(over.filter(m => !resolved.includes(m)).map(([f]) => f))
  if (silent.size > 0)
    group.logs[receiver] = { ...log, firing: log.firing.filter(f => !silent.has(f)) }
}

function isNews(
  firing: readonly Member[],
  resolved: readonly Member[],
  log: ToldLog | undefined,
  known: ReadonlySet<string>,
  { rules, nowMs }: FlushSettings,
): boolean {
  if (resolved.length > 0 || firing.some(([f]) => !known.has(f))) return true
  return log !== undefined && firing.length > 0 && nowMs >= log.atMs + rules.repeatIntervalMs
}

function fly(
  group: Group,
  receiver: string,
  firing: readonly Member[],
  resolved: readonly Member[],
  { name, nowMs, nextId }: FlushSettings,
): Flight {
  const listed = (all: readonly Member[]) => all.slice(0, MAX_LISTED).map(alertOf)
  const omitted = [firing, resolved].reduce((sum, m) => sum + Math.max(0, m.length - MAX_LISTED), 0)
  return {
    told: {
      id: nextId(receiver),
      receiver,
      name,
      group: group.by,
      status: firing.length > 0 ? 'firing' : 'resolved',
      firing: listed(firing),
      resolved: listed(resolved),
      omitted,
      atMs: nowMs,
    },
    firing: firing.map(([f]) => f),
    resolved: resolved.map(([f]) => f),
  }
}

const alertOf = ([fingerprint, { fields, phase, sinceMs, goneMs }]: Member): Alert => ({
  fingerprint,
  fields,
  startedMs: sinceMs,
  ...(phase === 'resolved' && goneMs !== undefined && { resolvedMs: goneMs }),
})

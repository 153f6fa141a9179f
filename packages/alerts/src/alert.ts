// What an alert is, and a notification of several.

import type { JsonValue } from 'millrace'

/** Columns of a row by their names; integers beyond 2^53, decimals, dates and times are text. */
export type AlertFields = Readonly<Record<string, JsonValue>>

/** An alert as receivers are told of it. */
export interface Alert {
  /** The same for all alerts of one key of one sink. */
  readonly fingerprint: string
  /** Its latest row. */
  readonly fields: AlertFields
  /** Since when its condition has held, epoch ms. */
  readonly startedMs: number
  /** Absent while it is firing. */
  readonly resolvedMs?: number
}

/** What one receiver is told of one group at one time. It is durable before it is sent, and does not change from attempt to attempt. */
export interface Notification {
  /** The idempotency key: of all its attempts, before and after restarts, and of no other notification. */
  readonly id: string
  readonly receiver: string
  /** The sink's table. */
  readonly name: string
  /** The columns that the group shares. */
  readonly group: AlertFields
  /** `resolved` once no alert of it is firing. */
  readonly status: 'firing' | 'resolved'
  readonly firing: readonly Alert[]
  readonly resolved: readonly Alert[]
  /** Alerts of it that are not listed, so that no notification grows without bound. */
  readonly omitted: number
  /** When it was decided on, epoch ms. */
  readonly atMs: number
}

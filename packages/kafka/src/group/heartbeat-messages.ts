// What the main thread and that of heartbeats have in common.

import type { ConnectionOptions as TlsOptions } from 'node:tls'
import type { ClusterSettings } from '../client/cluster-settings.ts'
import type { GroupSettings } from '../options/group-options.ts'
import type { GroupGeneration } from '../protocol/transactions.ts'

/** Index of the shared counter that the main thread raises while it is not stuck. */
export const ALIVE = 0
/** Of the counter of heartbeats that were answered. */
export const BEATS = 1

/** What the thread begins with; functions cannot go there. */
export interface HeartbeatsData {
  readonly settings: Omit<ClusterSettings, 'tls' | 'sasl'>
  readonly group: GroupSettings
  readonly counters: Int32Array
  readonly tls?: TlsOptions
  /** Whether the broker's name has to be that of its certificate. */
  readonly checksName?: boolean
  /** Texts of `SASLOptions`. */
  readonly sasl?: Readonly<Record<string, unknown>>
  /** Names of credentials that the main thread's functions give. */
  readonly asked: readonly string[]
}

export type ToHeartbeats =
  | { readonly kind: 'member'; readonly member: GroupGeneration }
  | {
      readonly kind: 'credential'
      readonly id: number
      readonly value?: unknown
      readonly problem?: string
    }

/** Asks for a credential. */
export interface FromHeartbeats {
  readonly name: string
  readonly id: number
}

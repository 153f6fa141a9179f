// What decides on when an alert is raised, cleared and told: the part of a sink's options that its book goes by.

import type { Silence } from './silence.ts'

export interface AlertRules {
  /** For how long a condition must hold before its alert fires. */
  readonly forMs: number
  /** For how long it must be gone before its alert is resolved. */
  readonly resolveDelayMs: number
  /** After how long without another row an alert is resolved; 0: never. */
  readonly resolveAfterMs: number
  /** From the first alert of a group until the group is told. */
  readonly groupWaitMs: number
  /** Between two notifications of a group that has changed. */
  readonly groupIntervalMs: number
  /** After which a group that has not changed is told again. */
  readonly repeatIntervalMs: number
  readonly silences: readonly Silence[]
  readonly maxAlerts: number
  /** Notifications that are decided on and not yet taken, of all receivers. */
  readonly maxNotifications: number
}

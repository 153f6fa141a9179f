// How late rows may come for windows that have closed.

import { tryParseDuration } from '../../types/duration.ts'
import type { Planner } from './planner.ts'

/** How long after their end windows take rows, ms: the setting `table.allowed-lateness`. Batch input has none that are late. */
export function latenessMsOf({ mode, settings }: Pick<Planner, 'mode' | 'settings'>): number {
  const value = settings.options?.get('table.allowed-lateness')
  if (mode === 'batch' || value === undefined) return 0
  return tryParseDuration(value) ?? 0
}

// What a program says of how it is optimized.

import type { ProgramSettings } from '../plan/program.ts'

export interface OptimizerSettings {
  readonly mode: 'streaming' | 'batch'
  /** Whether joins may be put in another order. Default: as they are written. */
  readonly reordersJoins?: boolean
}

/** The optimizer's share of a program's settings. */
export function optimizerSettingsOf({ mode, options }: ProgramSettings): OptimizerSettings {
  const setting = options?.get('table.optimizer.join-reorder-enabled')
  return { mode: mode ?? 'streaming', reordersJoins: setting?.toLowerCase() === 'true' }
}

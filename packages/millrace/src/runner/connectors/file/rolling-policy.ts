// When a part file is complete, by Flink's `sink.rolling-policy.*`.

import { parseBytes } from '../../../connector/option-values.ts'
import { durationMs } from '../../../types/duration.ts'

export interface PartFacts {
  readonly length: number
  readonly openMs: number
  readonly idleMs: number
}

export interface RollingPolicy {
  isDue(part: PartFacts): boolean
}

/** Rolls by size, by age and when no rows came for a while. */
export function createRollingPolicy(options: ReadonlyMap<string, string>): RollingPolicy {
  const interval = (name: string): number =>
    durationMs(
      options.get(`sink.rolling-policy.${name}`) ?? '30 min',
      `sink.rolling-policy.${name}`,
    )
  const maxBytes = parseBytes(options.get('sink.rolling-policy.file-size') ?? '128 mb') as number
  const maxOpenMs = interval('rollover-interval')
  const maxIdleMs = interval('inactivity-interval')
  return {
    isDue: part => part.length >= maxBytes || part.openMs >= maxOpenMs || part.idleMs >= maxIdleMs,
  }
}

// How far the splits of a source are behind, as the server tells it.

import { lagMs, type SplitLag } from 'millrace'
import type { SourceStatus, SplitStatus } from './job-view.ts'

/** @returns nothing for a source whose splits cannot tell */
export function lagStatus(
  lags: readonly { readonly split: string; readonly lag: SplitLag }[],
  nowMs: number,
): Pick<SourceStatus, 'splits' | 'lagRecords' | 'lagMs'> {
  if (lags.length === 0) return {}
  const splits = lags.map(({ split, lag }) => statusOf(split, lag, nowMs)).toSorted(furthestFirst)
  const ages = splits.flatMap(s => s.lagMs ?? [])
  return {
    splits,
    lagRecords: splits.reduce((sum, s) => sum + s.lagRecords, 0),
    ...(ages.length > 0 && { lagMs: Math.max(...ages) }),
  }
}

function statusOf(split: string, lag: SplitLag, nowMs: number): SplitStatus {
  const age = lagMs(lag, nowMs)
  const { position, end, records, held } = lag
  return {
    split,
    position,
    end,
    lagRecords: records,
    ...(age !== undefined && { lagMs: age }),
    heldRecords: held ? held.end - end : 0,
    heldMs: held ? Math.max(0, nowMs - held.sinceMs) : 0,
  }
}

function furthestFirst(a: SplitStatus, b: SplitStatus): number {
  const byAge = (b.lagMs ?? 0) - (a.lagMs ?? 0)
  return byAge || b.lagRecords - a.lagRecords || (a.split < b.split ? -1 : 1)
}

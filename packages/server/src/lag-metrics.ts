// How far each split of the sources is behind, as metrics: there for those that can tell.

import type { MetricFamily, SourceStatus, SplitStatus } from './job-view.ts'

interface SplitMetric {
  readonly name: string
  readonly help: string
  readonly value: (split: SplitStatus) => number | undefined
}

const METRICS: readonly SplitMetric[] = [
  {
    name: 'millrace_source_lag_records',
    help: 'Records of a split that may be read and are not processed, at most.',
    value: s => s.lagRecords,
  },
  {
    name: 'millrace_source_lag_seconds',
    help: 'Age of the next record of a split to be processed, by its timestamp; 0 when there is none.',
    value: s => (s.lagMs === undefined ? undefined : s.lagMs / 1000),
  },
  {
    name: 'millrace_source_held_records',
    help: 'Records of a split behind the first open transaction: they may not be read yet.',
    value: s => s.heldRecords,
  },
  {
    name: 'millrace_source_held_seconds',
    help: 'How long what may be read of a split has stood still while records are held; 0 when none are.',
    value: s => s.heldMs / 1000,
  },
  {
    name: 'millrace_source_position',
    help: 'Position of the next record of a split to be processed, such as its offset.',
    value: s => s.position,
  },
]

export function lagMetrics(job: string, sources: readonly SourceStatus[]): readonly MetricFamily[] {
  const splits = sources.flatMap(source => (source.splits ?? []).map(split => ({ source, split })))
  if (splits.length === 0) return []
  return METRICS.map(({ name, help, value }) => ({
    name,
    help,
    type: 'gauge',
    samples: splits.flatMap(({ source, split }) => {
      const v = value(split)
      const labels = { job, source: source.id, split: split.split }
      return v === undefined ? [] : [{ labels, value: v }]
    }),
  }))
}

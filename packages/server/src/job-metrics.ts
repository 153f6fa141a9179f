// A job's status as metrics in Prometheus' data model: names end with their unit.

import type { JobStatus, MetricFamily, MetricSample } from './job-view.ts'
import { lagMetrics } from './lag-metrics.ts'

/** @param job the value of the label `job` */
export function jobMetrics(job: string, status: JobStatus): readonly MetricFamily[] {
  const one = (value: number): readonly MetricSample[] => [{ labels: { job }, value }]
  const each = <T>(
    items: readonly T[],
    label: string,
    name: (item: T) => string,
    value: (item: T) => number | undefined,
  ): readonly MetricSample[] =>
    items.flatMap(item => {
      const v = value(item)
      return v === undefined ? [] : [{ labels: { job, [label]: name(item) }, value: v }]
    })
  const { operators, sources, sinks } = status
  const optional = (family: Omit<MetricFamily, 'samples'>, value: number | undefined) =>
    value === undefined ? [] : [{ ...family, samples: one(value) }]
  return [
    {
      name: 'millrace_records_read_total',
      help: 'Records read from all sources.',
      type: 'counter',
      samples: each(
        sources,
        'source',
        s => s.id,
        s => s.recordsTotal,
      ),
    },
    {
      name: 'millrace_source_dead_letters_total',
      help: 'Records of a source that could not be processed.',
      type: 'counter',
      samples: each(
        sources,
        'source',
        s => s.id,
        s => s.deadLettered,
      ),
    },
    {
      name: 'millrace_source_watermark_seconds',
      help: 'Event time that a source has reached, seconds since the epoch.',
      type: 'gauge',
      samples: each(
        sources,
        'source',
        s => s.id,
        s => (s.watermarkMs === undefined ? undefined : s.watermarkMs / 1000),
      ),
    },
    ...lagMetrics(job, sources),
    {
      name: 'millrace_operator_records_in_total',
      help: 'Rows that an operator has taken in.',
      type: 'counter',
      samples: each(
        operators,
        'operator',
        o => o.id,
        o => o.recordsIn,
      ),
    },
    {
      name: 'millrace_operator_records_out_total',
      help: 'Rows that an operator has given out.',
      type: 'counter',
      samples: each(
        operators,
        'operator',
        o => o.id,
        o => o.recordsOut,
      ),
    },
    {
      name: 'millrace_operator_late_records_total',
      help: 'Rows that came after their window had closed.',
      type: 'counter',
      samples: each(
        operators,
        'operator',
        o => o.id,
        o => o.late,
      ),
    },
    {
      name: 'millrace_operator_state_entries',
      help: 'Entries of keyed state that an operator holds.',
      type: 'gauge',
      samples: each(
        operators,
        'operator',
        o => o.id,
        o => o.stateEntries,
      ),
    },
    {
      name: 'millrace_operator_state_bytes',
      help: 'Estimated size of the keyed state that an operator holds.',
      type: 'gauge',
      samples: each(
        operators,
        'operator',
        o => o.id,
        o => o.stateBytes,
      ),
    },
    {
      name: 'millrace_operator_expired_entries_total',
      help: 'Entries of state that an operator dropped because their time to live was over.',
      type: 'counter',
      samples: each(
        operators,
        'operator',
        o => o.id,
        o => o.expired,
      ),
    },
    {
      name: 'millrace_sink_rows_total',
      help: 'Rows handed to a sink since the start of the process.',
      type: 'counter',
      samples: each(
        sinks,
        'sink',
        s => s.id,
        s => s.recordsTotal,
      ),
    },
    {
      name: 'millrace_troubles',
      help: 'What keeps the job from going on, or records from being read, though it runs; 0: nothing does.',
      type: 'gauge',
      samples: one(status.troubles?.length ?? 0),
    },
    {
      name: 'millrace_epoch',
      help: 'The last epoch that was cut.',
      type: 'gauge',
      samples: one(status.epoch),
    },
    {
      name: 'millrace_epoch_duration_seconds',
      help: 'How long the last epoch took from its cut until it was durable and applied.',
      type: 'gauge',
      samples: one(status.epochDurationMs / 1000),
    },
    {
      name: 'millrace_buffered_bytes',
      help: 'Bytes that sinks hold in memory.',
      type: 'gauge',
      samples: one(status.bufferedBytes),
    },
    {
      name: 'millrace_resident_memory_bytes',
      help: 'Resident memory of the process.',
      type: 'gauge',
      samples: one(status.rssBytes),
    },
    ...optional(
      {
        name: 'millrace_watermark_lag_seconds',
        help: 'How far the slowest watermark is behind the fastest.',
        type: 'gauge',
      },
      status.watermarkLagMs === undefined ? undefined : status.watermarkLagMs / 1000,
    ),
  ]
}

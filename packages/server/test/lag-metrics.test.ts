// Metrics of how far splits are behind.

import { expect, it } from 'vitest'
import { prometheusText } from '../src/index.ts'
import { jobMetrics } from '../src/job-metrics.ts'
import { SampleJob } from './sample-job.ts'

it('gives gauges for each split that can tell, with their units', () => {
  const text = prometheusText(jobMetrics('flights', new SampleJob().status()))
  const lines = text.split('\n').filter(line => /_source_(lag|held|position)/.test(line))
  const labels = (split: string) => `{job="flights",source="arr",split="arrivals-${split}"}`
  expect(lines.filter(line => !line.startsWith('#'))).toEqual([
    `millrace_source_lag_records${labels('1')} 1500`,
    `millrace_source_lag_records${labels('0')} 0`,
    `millrace_source_lag_seconds${labels('1')} 93`,
    `millrace_source_lag_seconds${labels('0')} 0`,
    `millrace_source_held_records${labels('1')} 412`,
    `millrace_source_held_records${labels('0')} 0`,
    `millrace_source_held_seconds${labels('1')} 45`,
    `millrace_source_held_seconds${labels('0')} 0`,
    `millrace_source_position${labels('1')} 8000`,
    `millrace_source_position${labels('0')} 7777`,
  ])
  expect(lines).toContain('# TYPE millrace_source_lag_seconds gauge')
})

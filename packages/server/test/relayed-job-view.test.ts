// A job of another process, seen through its reports.

import { describe, expect, it } from 'vitest'
import { type JobReport, relayedJobView, reportJob } from '../src/index.ts'
import { SampleJob } from './sample-job.ts'

const overTheWire = (report: JobReport) => JSON.parse(JSON.stringify(report)) as JobReport

describe('a relayed job', () => {
  it('is starting, without operators, until it is first reported', () => {
    const view = relayedJobView('flights-preparation')
    expect(view.name).toBe('flights-preparation')
    expect(view.status()).toMatchObject({ state: 'starting', operators: [], eventsTotal: 0 })
    expect(view.plan()).toEqual({ nodes: [], edges: [], warnings: [] })
  })

  it('shows name, plan, status and metrics of the job that is reported, and each change', () => {
    const job = new SampleJob()
    const view = relayedJobView('elsewhere')
    let changes = 0
    view.subscribe(() => changes++)
    const stop = reportJob(job, report => view.receive(overTheWire(report)))
    expect(changes).toBe(1)
    expect(view.name).toBe('flights')
    expect(view.plan()).toEqual(job.plan())
    job.advance()
    expect(changes).toBe(2)
    expect(view.status()).toEqual(job.status())
    expect(view.metrics().map(m => m.name)).toContain('millrace_records_read_total')
    stop()
    job.advance()
    expect(changes).toBe(2)
    expect(job.listenerCount).toBe(0)
  })

  it('has no tables and no dead letters to show', async () => {
    const view = relayedJobView('elsewhere')
    reportJob(new SampleJob(), report => view.receive(overTheWire(report)))
    expect(view.tables()).toEqual([])
    expect(await view.deadLetters({ limit: 10, offset: 0 })).toEqual([])
  })
})

// A view of a job that runs in another process, which reports it as JSON: by IPC, a socket, whatever carries messages.

import { jobMetrics } from './job-metrics.ts'
import type { JobStatus, JobView, PlanGraph } from './job-view.ts'

/** What a process tells of its job: all that pages show of it, but the contents of tables and dead letters. */
export interface JobReport {
  readonly name: string
  readonly plan: PlanGraph
  readonly status: JobStatus
}

export interface RelayedJobView extends JobView {
  /** From now on this is what is seen; of another job than before, too. */
  receive(report: JobReport): void
}

/** Reports a job now and whenever its status changes. Returns how to stop it. */
export function reportJob(job: JobView, send: (report: JobReport) => void): () => void {
  const report = () => send({ name: job.name, plan: job.plan(), status: job.status() })
  report()
  return job.subscribe(report)
}

/** The other side of `reportJob`: until the first report the job is starting, and has no operators. */
export function relayedJobView(name: string): RelayedJobView {
  let last: JobReport = {
    name,
    plan: { nodes: [], edges: [], warnings: [] },
    status: startingStatus(),
  }
  const listeners = new Set<() => void>()
  return {
    get name() {
      return last.name
    },
    receive(report) {
      last = report
      for (const listener of listeners) listener()
    },
    status: () => last.status,
    subscribe(listener) {
      listeners.add(listener)
      return () => listeners.delete(listener)
    },
    plan: () => last.plan,
    configuration: () => [],
    epochs: () => [],
    operatorCode: () => undefined,
    tables: () => [],
    table: async () => ({ columns: [], rows: [] }),
    deadLetters: async () => [],
    board: () => undefined,
    metrics: () => jobMetrics(last.name, last.status),
  }
}

const startingStatus = (): JobStatus => ({
  state: 'starting',
  startedAtMs: Date.now(),
  eventsPerSecond: 0,
  eventsTotal: 0,
  late: 0,
  deadLettered: 0,
  epoch: 0,
  epochDurationMs: 0,
  bufferedBytes: 0,
  rssBytes: 0,
  operators: [],
  sources: [],
  sinks: [],
})

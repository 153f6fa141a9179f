// A view of whichever job runs now, for processes that run one after another under one address.

import type { JobView } from './job-view.ts'

export interface SwitchingJobView extends JobView {
  /** From now on everything is of this job; pages see it by the new `startedAtMs` and read plan and tables anew. */
  switchTo(job: JobView): void
}

export function switchingJobView(first: JobView): SwitchingJobView {
  let job = first
  const listeners = new Set<() => void>()
  const notify = () => {
    for (const listener of listeners) listener()
  }
  let leave = job.subscribe(notify)
  return {
    get name() {
      return job.name
    },
    switchTo(next) {
      leave()
      job = next
      leave = job.subscribe(notify)
      notify()
    },
    get console() {
      return job.console
    },
    status: () => job.status(),
    subscribe(listener) {
      listeners.add(listener)
      return () => listeners.delete(listener)
    },
    plan: () => job.plan(),
    configuration: () => job.configuration(),
    epochs: range => job.epochs(range),
    operatorCode: id => job.operatorCode(id),
    tables: () => job.tables(),
    table: (name, range) => job.table(name, range),
    deadLetters: range => job.deadLetters(range),
    metrics: () => job.metrics(),
    board: () => job.board(),
  }
}

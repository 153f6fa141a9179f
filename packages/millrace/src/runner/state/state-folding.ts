// Folding: closed log segments become a run, runs become fewer.
//
//     log segments ─rotate─► closed ones ─job─► run ─manifest─► it counts, the segments are removed
//     runs of a level ─job─► one run ─manifest─► it counts, they are removed
//
// Law: a segment or run is removed only after a durable manifest names a run that holds what it held.

import type { RuntimePorts } from '../../types/ports.ts'
import type { CommitLog } from './commit-log.ts'
import type { CommittedMetadata } from './committed-metadata.ts'
import { type FoldExecutor, type FoldJob, runFoldJob } from './fold-job.ts'
import type { RunFile } from './manifest.ts'
import type { Pace } from './sorted-deltas.ts'
import type { StateRoot } from './state-root.ts'

export interface StateFoldingSettings {
  readonly folder: string
  readonly ports: RuntimePorts
  readonly log: CommitLog
  readonly root: StateRoot
  readonly metadata: CommittedMetadata
  /** Starts a new segment behind commits that hold; `before` is what they leave. */
  readonly rotate: <T>(before: () => T) => Promise<{ readonly before: T; readonly last: number }>
  /** Lets commits and records go on between steps. */
  readonly pace: () => Pace
  /** Where jobs run; absent: here. */
  readonly executor: FoldExecutor | undefined
  /** Segments of the log were let go of. */
  readonly onForgotten: () => void
}

/** Runs beside commits; one fold at a time. */
export class StateFolding {
  readonly #settings: StateFoldingSettings
  #isRunning = false

  constructor(settings: StateFoldingSettings) {
    this.#settings = settings
  }

  get isRunning(): boolean {
    return this.#isRunning
  }

  async foldAll(): Promise<void> {
    const { base } = this.#settings.root
    this.#isRunning = true
    try {
      await this.#foldLog()
      for (let count = base.mergeable; count > 0; count = base.mergeable)
        await this.#mergeRuns(count)
    } finally {
      this.#isRunning = false
    }
  }

  /** Folds all segments but a new one. What the folded commits left goes to the manifest with the run. */
  async #foldLog(): Promise<void> {
    const { log, root, rotate, metadata, ports, onForgotten } = this.#settings
    if (log.segments.every(s => s.commits.length === 0)) return
    const { before: afterFold, last } = await rotate(() => metadata.toCommit(log.epoch))
    const closed = log.segments.filter(s => s.number <= last)
    const hasDeltas = closed.some(s => s.commits.some(c => c.deltas.length > 0))
    let { files } = root.base
    if (hasDeltas) {
      const segments = closed.map(s => s.number)
      const inputs = { kind: 'log', segments, afterEpoch: root.folded.epoch } as const
      files = [await this.#runJob(inputs, files.length === 0), ...files]
    }
    ports.failpoint?.('state.fold.before-manifest')
    await root.install(files, last + 1, afterFold)
    ports.failpoint?.('state.fold.after-manifest')
    const gone = log.forget(last)
    onForgotten()
    for (const path of gone) await ports.disk.remove(path)
  }

  async #mergeRuns(count: number): Promise<void> {
    const { log, root, ports, folder } = this.#settings
    const { files } = root.base
    const runs = files.slice(0, count).map(f => f.name)
    const merged = await this.#runJob({ kind: 'runs', runs }, count === files.length)
    const first = log.segments[0]?.number as number
    await root.install([merged, ...files.slice(count)], first)
    for (const name of runs) await ports.disk.remove(`${folder}/${name}`)
  }

  async #runJob(inputs: FoldJob['inputs'], isBottom: boolean): Promise<RunFile> {
    const { root, ports, folder, pace, executor } = this.#settings
    const name = root.nextRunName()
    const job = { folder, output: name, inputs, isBottom }
    const bytes = await (executor ? executor(job) : runFoldJob(ports.disk, job, pace()))
    await ports.disk.syncDirectory(folder)
    return { name, bytes }
  }
}

// Which phase of the protocol a killed process was in, told by the failpoints that it had passed.
//
//   restore ─ job.opened ─► idle ─ batch-begun ─► mid-batch ─ epoch-prepared ─► prepared ─ state.commit.before-sync ─►
//   stored-not-committed ─ state.commit.after-sync ─► committed-not-cleaned ─ epoch-applied ─► idle
//
// The next epoch is filled while one is on its way: that one's phase counts.

export const PHASES = [
  'restore',
  'idle',
  'mid-batch',
  'prepared',
  'stored-not-committed',
  'committed-not-cleaned',
] as const

export type Phase = (typeof PHASES)[number]

type InFlight = 'none' | 'cut' | 'prepared' | 'stored' | 'committed'

const PHASE_IN_FLIGHT: Readonly<Record<Exclude<InFlight, 'none'>, Phase>> = {
  cut: 'mid-batch',
  prepared: 'prepared',
  stored: 'stored-not-committed',
  committed: 'committed-not-cleaned',
}

export class PhaseTracker {
  #isOpen = false
  #isDirty = false
  #inFlight: InFlight = 'none'
  /** Committed output that a database has not got yet. */
  #hasOutput: boolean
  #isApplying = false

  /** @param leftUnfinished what {@link isUnfinished} said of the process before, whose work this one takes over */
  constructor(leftUnfinished: boolean) {
    this.#hasOutput = leftUnfinished
  }

  /** Takes the failpoints of a trace, in order. */
  pass(failpoints: Iterable<string>): void {
    for (const name of failpoints) this.#pass(name)
  }

  get phase(): Phase {
    if (!this.#isOpen) return 'restore'
    if (this.#inFlight !== 'none') return PHASE_IN_FLIGHT[this.#inFlight]
    if (this.#isDirty) return 'mid-batch'
    return this.#isApplying ? 'committed-not-cleaned' : 'idle'
  }

  /** Whether rows were processed that no commit holds, or committed that a sink has not applied. */
  get isUnfinished(): boolean {
    return this.#isDirty || this.#inFlight !== 'none' || this.#hasOutput || this.#isApplying
  }

  #pass(name: string): void {
    switch (name) {
      case 'job.opened':
        this.#isOpen = true
        this.#hasOutput = this.#isApplying = false
        return
      case 'batch-begun':
        this.#isDirty = true
        return
      case 'epoch-cut':
        this.#isDirty = false
        this.#inFlight = 'cut'
        return
      case 'epoch-prepared':
        this.#inFlight = 'prepared'
        return
      case 'state.commit.before-sync':
        if (this.#inFlight === 'prepared') this.#inFlight = 'stored'
        return
      case 'state.commit.after-sync':
        this.#inFlight = 'committed'
        this.#hasOutput = true
        return
      case 'epoch-applied':
        this.#inFlight = 'none'
        return
      case 'duckdb.apply.before-write':
        this.#isApplying = true
        this.#hasOutput = false
        return
      case 'duckdb.apply.after-commit':
        this.#isApplying = false
        return
    }
  }
}

/** Where a process can be made to die, by the phase in which it then dies, with how often it may pass there before. */
export const FAILPOINTS: readonly {
  readonly name: string
  readonly phase: Phase
  readonly most: number
}[] = [
  { name: 'job.state-opened', phase: 'restore', most: 1 },
  { name: 'job.operators-restored', phase: 'restore', most: 1 },
  { name: 'duckdb.apply.before-write', phase: 'restore', most: 2 },
  { name: 'duckdb.apply.before-commit', phase: 'restore', most: 2 },
  { name: 'duckdb.apply.after-commit', phase: 'restore', most: 2 },
  { name: 'batch-begun', phase: 'mid-batch', most: 60 },
  { name: 'batch-processed', phase: 'mid-batch', most: 60 },
  { name: 'epoch-cut', phase: 'mid-batch', most: 12 },
  { name: 'file-sink.before-sync', phase: 'mid-batch', most: 6 },
  { name: 'epoch-prepared', phase: 'prepared', most: 12 },
  { name: 'state.commit.before-write', phase: 'prepared', most: 12 },
  { name: 'state.commit.before-sync', phase: 'stored-not-committed', most: 12 },
  { name: 'state.commit.after-sync', phase: 'committed-not-cleaned', most: 12 },
  { name: 'epoch-committed', phase: 'committed-not-cleaned', most: 12 },
  { name: 'file-sink.before-rename', phase: 'committed-not-cleaned', most: 2 },
  { name: 'file-sink.after-rename', phase: 'committed-not-cleaned', most: 2 },
  { name: 'file-sink.before-write', phase: 'committed-not-cleaned', most: 4 },
  { name: 'file-sink.after-write', phase: 'committed-not-cleaned', most: 4 },
  { name: 'duckdb.apply.before-commit', phase: 'committed-not-cleaned', most: 6 },
  { name: 'state.fold.before-manifest', phase: 'committed-not-cleaned', most: 1 },
  { name: 'state.fold.after-manifest', phase: 'committed-not-cleaned', most: 1 },
  { name: 'epoch-applied', phase: 'idle', most: 12 },
]

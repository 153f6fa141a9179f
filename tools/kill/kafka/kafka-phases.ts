// Which phase of the protocol of Kafka's transactions a process is in, told by the failpoints that it has passed.
//
//   rebalance ─ job.state-opened ─► restore ─ job.opened ─► idle ─ batch-begun ─► mid-batch ─ epoch-prepared ─► prepared
//     ─ state.commit.after-sync ─► stored-not-committed ─ epoch-decided ─► committed-not-cleaned ─ epoch-applied ─► idle

export const KAFKA_PHASES = [
  'rebalance',
  'restore',
  'idle',
  'mid-batch',
  'prepared',
  'stored-not-committed',
  'committed-not-cleaned',
] as const

export type KafkaPhase = (typeof KAFKA_PHASES)[number]

export class KafkaPhaseTracker {
  #opening: 'rebalance' | 'restore' | undefined = 'rebalance'
  #isDirty = false
  #inFlight: Exclude<KafkaPhase, 'rebalance' | 'restore' | 'idle'> | undefined
  #leftUnfinished: boolean
  /** Epochs that were committed. */
  epochs = 0
  /** Lives of the job: how often it was opened. */
  lives = 0

  /** @param leftUnfinished whether the process before, whose work this one takes over, had been doing something */
  constructor(leftUnfinished: boolean) {
    this.#leftUnfinished = leftUnfinished
  }

  get phase(): KafkaPhase {
    return this.#opening ?? this.#inFlight ?? (this.#isDirty ? 'mid-batch' : 'idle')
  }

  /** Whether there is work that no committed epoch holds, of its own or left to it. */
  get isUnfinished(): boolean {
    return this.#opening ? this.#leftUnfinished : this.#isDirty || this.#inFlight !== undefined
  }

  pass(failpoint: string): void {
    switch (failpoint) {
      case 'job.state-opened':
        this.#leftUnfinished ||= this.#isDirty || this.#inFlight !== undefined
        this.#opening = 'restore'
        return
      case 'job.opened':
        this.#opening = undefined
        this.#inFlight = undefined
        this.#isDirty = false
        this.lives++
        return
      case 'batch-begun':
        this.#isDirty = true
        return
      case 'epoch-cut':
        this.#isDirty = false
        this.#inFlight = 'mid-batch'
        return
      case 'epoch-prepared':
        this.#inFlight = 'prepared'
        return
      case 'epoch-committed':
        this.#inFlight = 'stored-not-committed'
        return
      case 'epoch-decided':
        this.#inFlight = 'committed-not-cleaned'
        this.epochs++
        return
      case 'epoch-applied':
        this.#inFlight = undefined
    }
  }
}

/** Where a process can be made to die, by the phase in which it then dies. */
export const KAFKA_FAILPOINTS: readonly { readonly name: string; readonly phase: KafkaPhase }[] = [
  { name: 'job.state-opened', phase: 'restore' },
  { name: 'job.state-rebuilt', phase: 'restore' },
  { name: 'job.changelog-begun', phase: 'restore' },
  { name: 'job.operators-restored', phase: 'restore' },
  { name: 'batch-begun', phase: 'mid-batch' },
  { name: 'batch-processed', phase: 'mid-batch' },
  { name: 'epoch-cut', phase: 'mid-batch' },
  { name: 'epoch-prepared', phase: 'prepared' },
  { name: 'state.commit.before-sync', phase: 'prepared' },
  { name: 'epoch-committed', phase: 'stored-not-committed' },
  { name: 'epoch-decided', phase: 'committed-not-cleaned' },
]

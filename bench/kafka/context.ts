// What all benchmarks over Kafka share.

import type { BenchTopics } from './topics.ts'

export interface KafkaBenchContext {
  readonly topics: BenchTopics
  readonly bootstrap: string
  readonly events: number
  readonly repetitions: number
  /** Of a latency. */
  readonly seconds: number
  /** For scripts and state. */
  readonly folder: string
}

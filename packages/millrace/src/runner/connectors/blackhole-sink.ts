// The sink `blackhole`: takes everything and counts it, for benchmarks.

import type { SinkFactory, SinkWriter } from '../../connector/sink.ts'

/** Swallows all changes; its writer counts them. */
export const blackholeSink: SinkFactory = {
  connector: 'blackhole',
  options: [],
  takesFormat: false,
  accepts: () => ['retract', 'upsert', 'append'],
  guarantee: () => 'exactly-once',
  create: () => new BlackholeWriter(),
}

class BlackholeWriter implements SinkWriter {
  appliedEpoch = 0
  readonly bufferedBytes = 0
  /** Changes taken since it was made. */
  count = 0

  async open(): Promise<void> {}
  write(): void {
    this.count++
  }
  cut(): void {}
  async prepare(): Promise<object> {
    return {}
  }
  async apply(epoch: number): Promise<void> {
    this.appliedEpoch = epoch
  }
  async finish(): Promise<void> {}
  async close(): Promise<void> {}
}

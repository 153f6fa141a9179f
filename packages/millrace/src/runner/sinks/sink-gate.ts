// A sink as generated code sees it, before its writer is there too: counts rows, and tells when too many of them wait.

import type { SinkWriter } from '../../connector/sink.ts'
import type { Row, RowKindCode } from '../../types/value.ts'

/** Bytes that sinks may hold before reading pauses. */
export const SINK_PRESSURE_BYTES = 16 * 1024 * 1024

/** Rows between two looks at what the writer holds. */
const LOOK_ROWS = 256

export class SinkGate {
  writer: SinkWriter | undefined
  rows = 0
  readonly #full: () => void

  /** @param full called as long as the writer holds too much: one record may bring any number of rows */
  constructor(full: () => void) {
    this.#full = full
  }

  write(kind: RowKindCode, row: Row): void {
    const writer = this.writer as SinkWriter
    this.rows++
    writer.write(kind, row)
    if (this.rows % LOOK_ROWS === 0 && writer.bufferedBytes > SINK_PRESSURE_BYTES) this.#full()
  }
}

// Which table a format serves: for formats that ask another system for schemas.

import type { RuntimePorts } from '../types/ports.ts'
import type { TableDescriptor } from '../types/table-descriptor.ts'

export interface FormatPlace {
  readonly table: TableDescriptor
  /** What the format's own options begin with: `avro-confluent.`, `value.avro-confluent.`, `key.avro-confluent.`. */
  readonly prefix: string
  /** Records lie apart: they are neither lines nor a whole file. */
  readonly isFramed: boolean
}

/**
 * Waits for what the records of a batch need before they are decoded, such as the schemas that they name; undefined: it is all here.
 * A rejection ends the source.
 */
export type PrepareRecords = (
  bytes: Uint8Array,
  starts: Int32Array,
  ends: Int32Array,
  count: number,
) => Promise<void> | undefined

/** A format as a running source uses it. */
export interface PreparationContext extends FormatPlace {
  readonly ports: RuntimePorts
  /** Aborts when the source is closed. */
  readonly signal: AbortSignal
}

// The contract of encoding formats: rows to bytes.

import type { ChangelogMode } from '../types/changelog-mode.ts'
import type { OptionSchema } from '../types/options.ts'
import type { Schema } from '../types/schema.ts'
import type { Row, RowKindCode } from '../types/value.ts'
import type { RuntimePorts } from '../types/ports.ts'
import type { ByteWriter } from './byte-writer.ts'
import type { FormatPlace } from './format-place.ts'

/** Appends one record, without a newline behind it. */
export interface RecordEncoder {
  (out: ByteWriter, kind: RowKindCode, row: Row): void
  /** Called once before the first record: what must be agreed with another system. A rejection ends the run. */
  open?(ports: RuntimePorts): Promise<void>
}

export interface EncodingFormat {
  readonly format: string
  readonly options: OptionSchema
  /** What it can express with these options of its own: most formats only `append`. */
  accepts(options: ReadonlyMap<string, string>): readonly ChangelogMode[]
  /** @param options those of the format, without its prefix (`json.`) */
  createEncoder(
    schema: Schema,
    options: ReadonlyMap<string, string>,
    place?: FormatPlace,
  ): RecordEncoder
  /** Bytes at the start of each file, such as a CSV header; absent: none. */
  header?(schema: Schema, options: ReadonlyMap<string, string>): Uint8Array
}

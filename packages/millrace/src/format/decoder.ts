// The contract of decoding formats: they contribute code to the pipeline, so that only what is read is ever decoded.

import type { ChangelogMode } from '../types/changelog-mode.ts'
import type { OptionSchema } from '../types/options.ts'
import type { CodeScope } from '../functions/function-definition.ts'
import type { DataType } from '../types/data-type.ts'
import type { Schema } from '../types/schema.ts'
import type { FormatPlace, PreparationContext, PrepareRecords } from './format-place.ts'

/**
 * A tree of what is read of a column: the whole value, or named fields of a ROW (each again a tree).
 * `slot` numbers the leaves; the generated code has a value per slot.
 */
export type ReadTree =
  | { readonly kind: 'whole'; readonly slot: number; readonly type: DataType }
  | { readonly kind: 'fields'; readonly fields: ReadonlyMap<string, ReadTree> }

export interface DecodeRequest {
  /** All physical columns in order (CSV needs them all). */
  readonly schema: Schema
  /** Per physical column what is read of it; `undefined`: nothing. */
  readonly reads: readonly (ReadTree | undefined)[]
  readonly options: ReadonlyMap<string, string>
  /** Each record is given alone, from `position` to `end`, and may hold newlines; absent: as the format's `framing` says. */
  readonly isFramed?: boolean
  /** Absent where no table is read. */
  readonly place?: FormatPlace
}

/** Names of the variables that the loop around the record gives to the decoder's code. */
export interface RecordNames {
  /** `Uint8Array` of the batch. */
  readonly bytes: string
  /** `let` variable: offset of the record's first byte; the decoder's code must set it to the start of the next record. */
  readonly position: string
  /** End of the batch: the batch holds whole records, the last one perhaps without its terminator. */
  readonly end: string
}

/** One record within the emitted code. */
export interface DecodedRecord {
  /** Code for the row kind (0-3) of a changelog format; absent: always +I. */
  readonly kind?: string
  /**
   * Emits what turns slot `slot` into a value and returns an atom for it (`null` for NULL). Called at most once per slot and
   * code block, as late as the value is needed: after filters that do not need it.
   */
  value(scope: CodeScope, slot: number): string
}

/** Emits code for one table's records; made anew for each pipeline. */
export interface RecordDecoder {
  /**
   * Emits statements that find one record, set `position` behind it, and hand it to `consume` (none for a blank line).
   * A record that is malformed must run the statement `onMalformed(reason)` — `reason` is code of a string — which leaves the
   * record by `continue` or `break`; `position` must be set before it. The same holds for code emitted by `value`.
   */
  emitRecord(
    scope: CodeScope,
    names: RecordNames,
    onMalformed: (reason: string) => string,
    consume: (record: DecodedRecord) => void,
  ): void
}

export interface DecodingFormat {
  readonly format: string
  readonly options: OptionSchema
  /** How a byte source must cut batches: at line ends, or a file is one record (`raw` over whole messages). */
  readonly framing: 'lines' | 'whole'
  changelogMode(options: ReadonlyMap<string, string>): ChangelogMode
  createDecoder(request: DecodeRequest): RecordDecoder
  /** Of formats whose records name what they were written by; what it waits for, decoders of the same place then find. */
  prepare?(context: PreparationContext): PrepareRecords
}

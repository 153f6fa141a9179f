// Writes changes as records of a change log: around the row, what its kind asks for.

import type { RecordEncoder } from '../../../format/encoder.ts'
import type { Schema } from '../../../types/schema.ts'
import type { RowKindCode } from '../../../types/value.ts'
import { createJsonRowWriter } from '../json/json-encoder.ts'

/** What stands before and behind the row. */
export type Frame = readonly [before: string, behind: string]

/** An encoder of one record a change; `frames` by kind: +I, -U, +U, -D. */
export function createChangeEncoder(
  schema: Schema,
  options: ReadonlyMap<string, string>,
  frames: readonly [Frame, Frame, Frame, Frame],
): RecordEncoder {
  const write = createJsonRowWriter(schema, options)
  const parts = frames.map(([before, behind]) => [Buffer.from(before), Buffer.from(behind)]) as [
    Buffer,
    Buffer,
  ][]
  return (out, kind: RowKindCode, row) => {
    const [before, behind] = parts[kind] as [Buffer, Buffer]
    out.append(before)
    write(out, row)
    out.append(behind)
  }
}

/** As most formats have it, an update is a deletion and an insertion. */
export function insertOrDelete(insert: Frame, remove: Frame): [Frame, Frame, Frame, Frame] {
  return [insert, remove, insert, remove]
}

// Where the wanted values of a JSON record are, and why there is none.

import type { ReadTree } from '../../../format/decoder.ts'

/** The wanted fields of an object. */
export type Fields = ReadonlyMap<string, ReadTree>

/** Offsets of the wanted values of the last record that was scanned. */
export interface JsonOffsets {
  /** Two per slot: start and end of the value's text. A negative start says why there is none. */
  readonly at: Int32Array
  /** Per slot 1 when its value is a string of ASCII without escapes, as far as the walk has seen that. */
  readonly plain: Uint8Array
}

/** The record has no such field. */
export const MISSING = -1
/** A ROW around the field is NULL. */
export const PARENT_NULL = -2
/** What should be a ROW around the field is something else. */
export const PARENT_NOT_OBJECT = -3

/** The slots of all leaves below. */
function slotsOf(fields: Fields): number[] {
  return [...fields.values()].flatMap(t => (t.kind === 'whole' ? [t.slot] : slotsOf(t.fields)))
}

/** Source that sets all slots below to the reason why they have no value. */
export function resets(fields: Fields, reason: number): string {
  return slotsOf(fields)
    .map(slot => `  at[${slot * 2}] = ${reason}`)
    .join('\n')
}

// Generates the function that walks one JSON record and remembers where the wanted values are.

import { SCALAR, STRING_STOP, skipContainer, skipSpace, skipString } from './json-skip.ts'
import type { ExpectedField } from './json-expected-walk.ts'
import { emitObject } from './json-object-walk.ts'
import { type Fields, type JsonOffsets, MISSING, resets } from './json-offsets.ts'
import { scalarEnd, stringEnd } from './json-scan-source.ts'
import { jsonString } from './json-text.ts'

/**
 * Walks the record at `start`. Returns the offset behind its line, or behind the record; negative (`~offset`) when there is no
 * object in it: a blank line, or a malformed one.
 */
export type JsonScanner = (bytes: Uint8Array, start: number, end: number) => number

export interface ScannerSettings {
  /** Fields in the order in which records mostly have them: straight code is tried for these before the general loop. */
  readonly expected?: readonly ExpectedField[]
  /** The record is all that lies between `start` and `end`, newlines in it are space; absent: it is a line. */
  readonly isFramed?: boolean
}

/**
 * Generates a scanner for the fields: one function per object level. It compares names as bytes, by length first; names with
 * escapes or beyond ASCII take the slow path. Of names that repeat, the last one wins.
 */
export function generateJsonScanner(
  fields: Fields,
  slots: number,
  { expected = [], isFramed = false }: ScannerSettings = {},
): JsonOffsets & { readonly scan: JsonScanner; readonly source: string } {
  const at = new Int32Array(slots * 2)
  const plain = new Uint8Array(slots)
  const functions: string[] = []
  const nameTables: ReadonlyMap<string, number>[] = []
  const root = emitObject(fields, expected, functions, nameTables)
  const source = `'use strict'
const { at, plain, STOP, SCALAR, skipSpace, skipString, skipContainer, jsonString, nameTables, behindLine, unfold } = constants
let view, viewed, isPlain
${stringEnd}
${scalarEnd}
${functions.join('\n')}
return function scan(bytes, start, end) {
  if (bytes !== viewed) {
    view = new DataView(bytes.buffer, bytes.byteOffset, bytes.length)
    viewed = bytes
  }
${resets(fields, MISSING)}
  let p = start
  let c = bytes[p]
  if (c !== 123) c = bytes[(p = skipSpace(bytes, p))]
  if (c === 123) {
    p = ${root}(bytes, p + 1)
${isFramed ? FRAME_END : LINE_END}
}`
  const scan = new Function('constants', source)({
    at,
    plain,
    STOP: STRING_STOP,
    SCALAR,
    skipSpace,
    skipString,
    skipContainer,
    jsonString,
    nameTables,
    behindLine,
    unfold,
  }) as JsonScanner
  return { scan, at, plain, source }
}

const LINE_END = `    if (p > 0) {
      c = bytes[p]
      if (c === 10 && p < end) return p + 1
      if (p >= end) { if (p === end) return p }
      else if (c === 32 || c === 9 || c === 13) {
        p = skipSpace(bytes, p)
        if (p >= end) return end
        if (bytes[p] === 10) return p + 1
      }
    }
  }
  return ~behindLine(bytes, start, end)`

/** A walk takes newlines for the end: a record with some is walked again with spaces in their place. */
const FRAME_END = `    if (p === end || (p > 0 && p < end && skipSpace(bytes, p) >= end)) return end
  }
  return unfold(bytes, start, end) ? scan(bytes, start, end) : ~end`

/** Makes the newlines between tokens spaces; whether there were any. Within strings they stay, and are malformed. */
function unfold(bytes: Uint8Array, start: number, end: number): boolean {
  let isString = false
  let found = false
  for (let at = start; at < end; at++) {
    const c = bytes[at]
    if (c === 34) isString = !isString
    else if (c === 92 && isString) at++
    else if (c === 10 && !isString) {
      bytes[at] = 32
      found = true
    }
  }
  return found
}

/** The offset behind the newline that ends the line at `start`, or `end`. */
export function behindLine(bytes: Uint8Array, start: number, end: number): number {
  const newline = bytes.indexOf(10, start)
  return newline < 0 || newline >= end ? end : newline + 1
}

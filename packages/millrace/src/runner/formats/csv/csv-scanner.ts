// Generates the function that finds the fields of one CSV record.

import type { CsvSettings } from './csv-options.ts'

/** What the scanner says of the last record besides where its fields are. */
export interface CsvRecord {
  /** Two per field: start and end, quotes included. Grown when a record has more fields. */
  at: Int32Array
  fields: number
}

/**
 * Walks the record at `start`. Returns the offset behind its newline; negative (`~offset`) when a quote is not closed, or text
 * follows a closing quote.
 */
export type CsvScanner = (bytes: Uint8Array, start: number, end: number) => number

/** Delimiter, quote and escape become literals of the code; it holds no other text. */
export function generateCsvScanner(settings: CsvSettings): {
  readonly scan: CsvScanner
  readonly record: CsvRecord
} {
  const { delimiter, quote, escape } = settings
  const record: CsvRecord = { at: new Int32Array(64), fields: 0 }
  const quoted = `
    if (c === ${quote}) {
      p++
      for (;;) {
        if (p >= end) return ~end
        c = bytes[p++]
        if (c === ${quote}) {
          if (p < end && bytes[p] === ${quote}) p++
          else break
        }${escape >= 0 ? ` else if (c === ${escape}) p++` : ''}
      }
      if (p > end) return ~end
      let e = p
      c = p < end ? bytes[p] : 10
      if (c === 13 && (p + 1 >= end || bytes[p + 1] === 10)) c = p + 1 < end ? bytes[++p] : (p++, 10)
      if (c !== ${delimiter} && c !== 10) return ~behindLine(bytes, p, end)
      at[n++] = s
      at[n++] = e
    } else `
  const source = `'use strict'
const { record, grow, behindLine } = constants
return function scan(bytes, start, end) {
  let at = record.at
  let n = 0
  let p = start
  for (;;) {
    if (n === at.length) at = grow(record)
    const s = p
    let c = p < end ? bytes[p] : 10
${quote >= 0 ? quoted : '    '}{
      while (c !== ${delimiter} && c !== 10) {
${escape >= 0 ? `        if (c === ${escape}) p++` : ''}
        c = ++p < end ? bytes[p] : 10
      }
      if (p > end) p = end
      at[n++] = s
      at[n++] = c === 10 && p > s && bytes[p - 1] === 13 ? p - 1 : p
    }
    if (c === 10) {
      record.fields = n >> 1
      return p < end ? p + 1 : end
    }
    p++
  }
}`
  const scan = new Function('constants', source)({ record, grow, behindLine }) as CsvScanner
  return { scan, record }
}

function grow(record: CsvRecord): Int32Array {
  const grown = new Int32Array(record.at.length * 2)
  grown.set(record.at)
  record.at = grown
  return grown
}

/** A malformed record is left at the end of its line; what a quote spans behind it cannot be known. */
function behindLine(bytes: Uint8Array, from: number, end: number): number {
  const newline = bytes.indexOf(10, from)
  return newline < 0 || newline >= end ? end : newline + 1
}

// Where the last whole record of a buffer ends.

import { optionsOfFormat } from '../../../connector/record-formats.ts'
import { csvSettings } from '../../formats/csv/csv-options.ts'

/** Finds ends of records; it remembers where it is between calls, each of which goes on where the last one stopped. */
export interface RecordCutter {
  /** Looks at `[from, to)`. Returns the offset behind the last record end in it, or -1. */
  lastEnd(bytes: Uint8Array, from: number, to: number): number
  /** Looks at `[from, to)`. Returns the offset behind the first record end in it, or -1. */
  firstEnd(bytes: Uint8Array, from: number, to: number): number
}

/** Records end with a newline. */
export class LineCutter implements RecordCutter {
  lastEnd(bytes: Uint8Array, from: number, to: number): number {
    const at = bytes.lastIndexOf(10, to - 1)
    return at < from ? -1 : at + 1
  }

  firstEnd(bytes: Uint8Array, from: number, to: number): number {
    const at = bytes.indexOf(10, from)
    return at < 0 || at >= to ? -1 : at + 1
  }
}

/** What CSV gives a meaning to; -1: nothing. */
export interface CsvCharacters {
  readonly delimiter: number
  readonly quote: number
  readonly escape: number
}

/** Records end with a newline outside of quotes. A quote opens only at the start of a field, as the decoder has it. */
export class CsvCutter implements RecordCutter {
  readonly #characters: CsvCharacters
  #isQuoted = false
  #isEscaped = false
  /** A quote here opens a field, or goes on with it as the second of two. */
  #mayOpen = true

  constructor(characters: CsvCharacters) {
    this.#characters = characters
  }

  lastEnd(bytes: Uint8Array, from: number, to: number): number {
    return this.#walk(bytes, from, to, false)
  }

  firstEnd(bytes: Uint8Array, from: number, to: number): number {
    return this.#walk(bytes, from, to, true)
  }

  #walk(bytes: Uint8Array, from: number, to: number, stopsAtFirst: boolean): number {
    const { delimiter, quote, escape } = this.#characters
    let end = -1
    let isQuoted = this.#isQuoted
    let isEscaped = this.#isEscaped
    let mayOpen = this.#mayOpen
    for (let at = from; at < to; at++) {
      const c = bytes[at]
      if (isEscaped) {
        isEscaped = false
        mayOpen = false
      } else if (isQuoted) {
        if (c === quote) {
          isQuoted = false
          mayOpen = true
        } else if (c === escape) isEscaped = true
      } else if (c === 10) {
        end = at + 1
        mayOpen = true
        if (stopsAtFirst) break
      } else if (c === quote && mayOpen) isQuoted = true
      else if (c === escape) isEscaped = true
      else mayOpen = c === delimiter
    }
    this.#isQuoted = isQuoted
    this.#isEscaped = isEscaped
    this.#mayOpen = mayOpen
    return end
  }
}

/** The cutter for a table's format. */
export function createRecordCutter(options: ReadonlyMap<string, string>): RecordCutter {
  if (options.get('format') !== 'csv') return new LineCutter()
  const settings = csvSettings(optionsOfFormat({ options }, { prefix: 'csv.' }))
  return settings.quote < 0 ? new LineCutter() : new CsvCutter(settings)
}

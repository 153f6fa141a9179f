// Where the last whole record of a buffer ends.

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

/** Records end with a newline outside of quotes; an escape character takes the byte behind it along. */
export class QuotedLineCutter implements RecordCutter {
  readonly #quote: number
  readonly #escape: number
  #isQuoted = false
  #isEscaped = false

  constructor(quote: number, escape: number) {
    this.#quote = quote
    this.#escape = escape
  }

  lastEnd(bytes: Uint8Array, from: number, to: number): number {
    return this.#walk(bytes, from, to, false)
  }

  firstEnd(bytes: Uint8Array, from: number, to: number): number {
    return this.#walk(bytes, from, to, true)
  }

  #walk(bytes: Uint8Array, from: number, to: number, stopsAtFirst: boolean): number {
    let end = -1
    let isQuoted = this.#isQuoted
    let isEscaped = this.#isEscaped
    for (let at = from; at < to; at++) {
      const c = bytes[at]
      if (isEscaped) isEscaped = false
      else if (c === this.#quote) isQuoted = !isQuoted
      else if (c === this.#escape) isEscaped = true
      else if (c === 10 && !isQuoted) {
        end = at + 1
        if (stopsAtFirst) break
      }
    }
    this.#isQuoted = isQuoted
    this.#isEscaped = isEscaped
    return end
  }
}

/** The cutter for a table's format. */
export function createRecordCutter(options: ReadonlyMap<string, string>): RecordCutter {
  const format = options.get('format') ?? options.get('value.format')
  if (format !== 'csv' || options.get('csv.disable-quote-character')?.toLowerCase() === 'true')
    return new LineCutter()
  const code = (name: string, otherwise: string): number =>
    (options.get(`csv.${name}`) ?? otherwise).charCodeAt(0)
  return new QuotedLineCutter(code('quote-character', '"'), code('escape-character', '') || -1)
}

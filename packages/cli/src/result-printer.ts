// Prints changes of a result as NDJSON, CSV or a table.

import type { Writable } from 'node:stream'
import { canonicalValue, type Change, formatType, type Schema } from 'millrace'

export type OutputFormat = 'table' | 'ndjson' | 'csv'

export interface ResultPrinter {
  /** Prints names and SQL types of the columns, where the format has a place for them. */
  printColumns?(): Promise<void>
  print(change: Change): Promise<void>
  /** Hands the lines so far to the stream, as before the message of an error. */
  flush(): Promise<void>
  /** Prints what is held back; resolves when everything is handed to the stream. */
  end(): Promise<void>
}

/** @param columns with distinct names, in the query's order */
export function createPrinter(
  format: OutputFormat,
  columns: Schema,
  out: Writable,
  mode: 'streaming' | 'batch',
): ResultPrinter {
  const lines = new LineWriter(out)
  const withOp = mode === 'streaming'
  switch (format) {
    case 'ndjson':
      return new NdjsonPrinter(columns, lines)
    case 'csv':
      return new CsvPrinter(columns, lines, withOp)
    case 'table':
      return new TablePrinter(columns, lines, withOp)
  }
}

/** Writes lines in chunks, waiting for a slow reader. */
class LineWriter {
  readonly #out: Writable
  #pending = ''

  constructor(out: Writable) {
    this.#out = out
  }

  async line(text: string): Promise<void> {
    this.#pending += `${text}\n`
    if (this.#pending.length > 1 << 16) await this.flush()
  }

  async flush(): Promise<void> {
    const text = this.#pending
    this.#pending = ''
    if (text !== '' && !this.#out.write(text))
      await new Promise<void>(resolve => this.#out.once('drain', resolve))
  }
}

/** Each column's values as canonical JSON text; live output is flushed when nothing more is at hand. */
abstract class Printer implements ResultPrinter {
  protected readonly columns: Schema
  protected readonly lines: LineWriter
  readonly #texts: readonly ((value: Change['row'][number]) => string)[]
  #scheduled: NodeJS.Immediate | undefined

  constructor(columns: Schema, lines: LineWriter) {
    this.columns = columns
    this.lines = lines
    this.#texts = columns.map(c => canonicalValue(c.type))
  }

  abstract print(change: Change): Promise<void>

  async flush(): Promise<void> {
    clearImmediate(this.#scheduled)
    this.#scheduled = undefined
    await this.lines.flush()
  }

  end(): Promise<void> {
    return this.flush()
  }

  protected texts({ row }: Change): string[] {
    return this.#texts.map((text, i) => text(row[i] ?? null))
  }

  protected async line(text: string): Promise<void> {
    await this.lines.line(text)
    this.#scheduled ??= setImmediate(() => {
      this.#scheduled = undefined
      void this.lines.flush()
    })
  }
}

class NdjsonPrinter extends Printer {
  readonly #names: readonly string[]

  constructor(columns: Schema, lines: LineWriter) {
    super(columns, lines)
    this.#names = columns.map(c => JSON.stringify(c.name))
  }

  async printColumns(): Promise<void> {
    const columns = this.columns.map(c => ({ name: c.name, type: formatType(c.type) }))
    await this.line(JSON.stringify({ columns }))
  }

  async print(change: Change): Promise<void> {
    const fields = this.texts(change).map((text, i) => `${this.#names[i]}:${text}`)
    await this.line(`{"op":"${change.kind}","row":{${fields.join(',')}}}`)
  }
}

class CsvPrinter extends Printer {
  readonly #withOp: boolean
  #hasHeader = false

  constructor(columns: Schema, lines: LineWriter, withOp: boolean) {
    super(columns, lines)
    this.#withOp = withOp
  }

  async print(change: Change): Promise<void> {
    await this.#header()
    const cells = this.texts(change).map(plainText)
    await this.#row(this.#withOp ? [change.kind, ...cells] : cells)
  }

  override async end(): Promise<void> {
    await this.#header()
    await super.end()
  }

  async #header(): Promise<void> {
    if (this.#hasHeader) return
    this.#hasHeader = true
    const names = this.columns.map(c => c.name)
    await this.#row(this.#withOp ? ['op', ...names] : names)
  }

  #row(cells: readonly string[]): Promise<void> {
    return this.line(cells.map(quoteCsv).join(','))
  }
}

/** Rows are aligned in blocks: a live result cannot wait for its widest value. */
const TABLE_BLOCK = 200

class TablePrinter extends Printer {
  readonly #withOp: boolean
  readonly #widths: number[]
  readonly #names: readonly string[]
  #rows: string[][] = []
  #count = 0

  constructor(columns: Schema, lines: LineWriter, withOp: boolean) {
    super(columns, lines)
    this.#withOp = withOp
    this.#names = withOp ? ['op', ...columns.map(c => c.name)] : columns.map(c => c.name)
    this.#widths = this.#names.map(n => n.length)
  }

  async print(change: Change): Promise<void> {
    const cells = this.texts(change).map(plainText)
    this.#rows.push(this.#withOp ? [change.kind, ...cells] : cells)
    this.#count++
    if (this.#rows.length >= TABLE_BLOCK) await this.#block()
  }

  override async end(): Promise<void> {
    await this.#block()
    const noun = this.#withOp ? 'change' : 'row'
    await this.line(`${this.#count} ${noun}${this.#count === 1 ? '' : 's'}`)
    await super.end()
  }

  async #block(): Promise<void> {
    const isFirst = this.#count === this.#rows.length
    for (const row of this.#rows)
      row.forEach((cell, i) => {
        this.#widths[i] = Math.max(this.#widths[i] ?? 0, cell.length)
      })
    if (isFirst) {
      await this.line(this.#aligned(this.#names))
      await this.line(this.#widths.map(w => '─'.repeat(w)).join('  '))
    }
    for (const row of this.#rows) await this.line(this.#aligned(row))
    this.#rows = []
  }

  #aligned(cells: readonly string[]): string {
    return cells
      .map((c, i) => c.padEnd(this.#widths[i] ?? 0))
      .join('  ')
      .trimEnd()
  }
}

/** Canonical JSON text as people read it: strings without quotes, NULL as nothing. */
function plainText(json: string): string {
  if (json === 'null') return ''
  return json.startsWith('"') ? (JSON.parse(json) as string) : json
}

function quoteCsv(cell: string): string {
  return /[",\n\r]/.test(cell) ? `"${cell.replaceAll('"', '""')}"` : cell
}

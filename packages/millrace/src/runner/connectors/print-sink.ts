// The sink `print`: a line for each change, as Flink prints them.

import type {
  PreparedEpoch,
  RecoveredSink,
  SinkContext,
  SinkFactory,
  SinkWriter,
} from '../../connector/sink.ts'
import type { RowKindCode, Row } from '../../types/value.ts'
import { ROW_KINDS } from '../../types/value.ts'
import { createRowText } from './row-text.ts'

/** Prints `+I[1, abc]` for each change when its epoch is committed; `print-identifier` goes before it. */
export const printSink: SinkFactory = {
  connector: 'print',
  options: [
    {
      name: 'print-identifier',
      type: 'string',
      description: 'Text before each line, followed by `> `.',
    },
    {
      name: 'standard-error',
      type: 'boolean',
      default: 'false',
      description: 'Print to standard error.',
    },
    {
      name: 'sink.parallelism',
      type: 'int',
      description: 'Accepted for Flink; one writer prints.',
    },
  ],
  takesFormat: false,
  accepts: () => ['retract', 'upsert', 'append'],
  guarantee: () => 'at-least-once',
  create: context => new PrintWriter(context),
}

class PrintWriter implements SinkWriter {
  appliedEpoch = 0
  bufferedBytes = 0
  readonly #print: (line: string) => void
  readonly #text: (row: Row) => string
  readonly #prefix: string
  readonly #isDurable: boolean
  #lines: string[] = []
  readonly #cuts: { readonly epoch: number; readonly lines: string[] }[] = []

  constructor({ table, print, isDurable }: SinkContext) {
    this.#isDurable = isDurable
    const identifier = table.options.get('print-identifier')
    this.#prefix = identifier ? `${identifier}> ` : ''
    const toError = table.options.get('standard-error')?.toLowerCase() === 'true'
    this.#print = toError ? line => void process.stderr.write(`${line}\n`) : print
    this.#text = createRowText(table.schema)
  }

  /** Prints what was committed and perhaps not printed when the process ended. */
  async open({ outboxes }: RecoveredSink): Promise<void> {
    for (const { epoch, bytes } of outboxes) {
      for (const line of JSON.parse(new TextDecoder().decode(bytes)) as string[]) this.#print(line)
      this.appliedEpoch = epoch
    }
  }

  write(kind: RowKindCode, row: Row): void {
    const line = `${this.#prefix}${ROW_KINDS[kind]}${this.#text(row)}`
    this.#lines.push(line)
    this.bufferedBytes += line.length
  }

  cut(epoch: number): void {
    this.#cuts.push({ epoch, lines: this.#lines })
    this.#lines = []
  }

  async prepare(epoch: number): Promise<PreparedEpoch> {
    const lines = this.#cuts.find(c => c.epoch === epoch)?.lines
    if (!this.#isDurable || !lines || lines.length === 0) return {}
    return { outbox: new TextEncoder().encode(JSON.stringify(lines)) }
  }

  async apply(epoch: number): Promise<void> {
    while (this.#cuts[0] && this.#cuts[0].epoch <= epoch) {
      for (const line of this.#cuts.shift()?.lines ?? []) {
        this.bufferedBytes -= line.length
        this.#print(line)
      }
    }
    this.appliedEpoch = epoch
  }

  async finish(): Promise<void> {}
  async close(): Promise<void> {}
}

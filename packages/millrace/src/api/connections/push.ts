// The source `push`: the program itself sends rows, from any callback, into a running table.

import type {
  RowsBatch,
  Source,
  SourceFactory,
  SourceSplit,
  SplitReader,
} from '../../connector/source.ts'
import { MillraceError } from '../../types/errors.ts'
import type { Row } from '../../types/value.ts'
import type { ConnectorSpec } from './connector-spec.ts'

/** A connection through which the program sends rows; give it to `app.table({ source })`. */
export interface PushSpec extends ConnectorSpec {
  readonly attachment: PushChannel
  /** Sends a row; resolves at once unless many are waiting. @throws {PushClosedError} after `end` */
  send(value: object): Promise<void>
  /** No more rows will come: the table is finished once all are read. */
  end(): void
}

/** Rows beyond this many make `send` wait. */
const MAX_WAITING_ROWS = 10_000
const BATCH_ROWS = 1_024

/** The input was closed. */
export class PushClosedError extends MillraceError {
  constructor() {
    super('MR_PLAN_INVALID', 'This input has ended; it takes no more rows.', {
      remedy: 'Send before end().',
    })
  }
}

/**
 * The queue between the program and the table. Rows are held in memory until they are read: what was sent but not committed is lost
 * with the process.
 */
export class PushChannel {
  /** Set when the table is made: from the program's objects to rows. */
  toRow: (value: object) => Row = value => value as Row
  readonly #waiting: Row[] = []
  #ended = false
  #wakeReader: () => void = () => {}
  #wakeSenders: (() => void)[] = []

  /** Sends a row; resolves at once unless many are waiting. @throws {PushClosedError} after `end` */
  async send(value: object): Promise<void> {
    if (this.#ended) throw new PushClosedError()
    this.#waiting.push(this.toRow(value))
    this.#wakeReader()
    while (this.#waiting.length >= MAX_WAITING_ROWS)
      await new Promise<void>(resolve => {
        this.#wakeSenders.push(resolve)
      })
  }

  /** No more rows will come: the table is finished once all are read. */
  end(): void {
    this.#ended = true
    this.#wakeReader()
  }

  /** The next rows; `idle` when none wait, `finished` after the last. */
  take(): readonly Row[] | 'idle' | 'finished' {
    if (this.#waiting.length === 0) return this.#ended ? 'finished' : 'idle'
    const rows = this.#waiting.splice(0, BATCH_ROWS)
    for (const wake of this.#wakeSenders.splice(0)) wake()
    return rows
  }

  /** Resolves when `take` may give something else, or on abort. */
  wait(signal: AbortSignal): Promise<void> {
    if (this.#waiting.length > 0 || this.#ended || signal.aborted) return Promise.resolve()
    return new Promise(resolve => {
      const wake = (): void => {
        signal.removeEventListener('abort', wake)
        resolve()
      }
      this.#wakeReader = wake
      signal.addEventListener('abort', wake)
    })
  }
}

/** An input that the program feeds: `input.send(row)`, then `input.end()`. */
export function push(): PushSpec {
  const attachment = new PushChannel()
  return {
    connector: 'push',
    options: {},
    attachment,
    factories: [pushSource],
    send: value => attachment.send(value),
    end: () => attachment.end(),
  }
}

/** Reads a {@link PushChannel} until it ends. */
export const pushSource: SourceFactory = {
  connector: 'push',
  options: [],
  takesFormat: false,
  isConsumed: true,
  create: ({ table }) => new PushSource(table.attachment as PushChannel),
}

class PushSource implements Source {
  // Its end is end(): only a bounded source ever finishes.
  readonly boundedness = 'bounded'
  readonly payload = 'rows'
  readonly #channel: PushChannel

  constructor(channel: PushChannel) {
    this.#channel = channel
  }

  async discover(known: ReadonlySet<string>): Promise<readonly SourceSplit[]> {
    return known.has('push') ? [] : [{ id: 'push', spec: null }]
  }

  async open(_split: SourceSplit, position: unknown): Promise<SplitReader> {
    const channel = this.#channel
    let read = typeof position === 'number' ? position : 0
    return {
      async read(): Promise<RowsBatch | 'idle' | 'finished'> {
        const rows = channel.take()
        if (typeof rows === 'string') return rows
        const start = read
        read += rows.length
        return { kind: 'rows', rows, positionAt: count => start + count }
      },
      wait: signal => channel.wait(signal),
      close: async () => {},
    }
  }

  describe(): string {
    return 'push'
  }
}

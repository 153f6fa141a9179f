// The results of a query on their way to a page, one JSON object a line:
//
//     {"columns":[…],"notices":[…]}  ({"rows":[[kind, cell…]…]} | {"progress":…})*  ({"end":…} | {"error":…})
//
// The page's reading is what the query waits for; when its connection closes, the query ends.

import type { ServerResponse } from 'node:http'
import { type AdHocChange, type AdHocQuery, MillraceError, problemOf } from 'millrace'
import type { ConsoleLimits } from './console-limits.ts'

/** Rows that wait for the next line at most. */
const LINE_ROWS = 500
const LINE_EVERY_MS = 100
const PROGRESS_EVERY_MS = 500

/** Why the results ended. */
export type ResultsEnd = 'finished' | 'rows' | 'bytes' | 'time' | 'closed'

export interface SentQuery {
  readonly text: string
  readonly query: AdHocQuery
  /** Aborted here when a limit is reached or the connection closes; the query ends by it. */
  readonly stop: AbortController
  readonly limits: ConsoleLimits
}

export async function sendResults(out: ServerResponse, sent: SentQuery): Promise<ResultsEnd> {
  const lines = new ResultLines(out, sent)
  try {
    return await lines.run()
  } finally {
    lines.close()
    if (!out.destroyed) out.end()
  }
}

class ResultLines {
  readonly #out: ServerResponse
  readonly #sent: SentQuery
  readonly #startedAt = performance.now()
  readonly #timers: NodeJS.Timeout[]
  #waiting: (readonly unknown[])[] = []
  #rows = 0
  #bytes = 0
  #end: ResultsEnd | undefined

  constructor(out: ServerResponse, sent: SentQuery) {
    this.#out = out
    this.#sent = sent
    out.on('close', this.#onClose)
    this.#timers = [
      setInterval(() => this.#flush(), LINE_EVERY_MS),
      setInterval(() => this.#tellProgress(), PROGRESS_EVERY_MS),
      setTimeout(() => this.#stop('time'), sent.limits.maxMs),
    ]
  }

  readonly #onClose = (): void => this.#stop('closed')

  async run(): Promise<ResultsEnd> {
    const { query, text, limits } = this.#sent
    this.#line({ columns: query.columns, notices: query.notices })
    try {
      for await (const change of query.changes) {
        if (this.#end) break
        this.#take(change)
        if (this.#rows >= limits.maxRows) this.#stop('rows')
        else if (this.#waiting.length >= LINE_ROWS) this.#flush()
        if (this.#bytes >= limits.maxBytes) this.#stop('bytes')
        if (this.#out.writableNeedDrain) await this.#drained()
      }
    } catch (error) {
      this.#flush()
      this.#line({ error: tellOf(error, text) })
      return 'finished'
    }
    this.#flush()
    const reason = this.#end ?? 'finished'
    this.#line({ end: { reason, rows: this.#rows, ...this.#progress() } })
    return reason
  }

  close(): void {
    for (const timer of this.#timers) clearTimeout(timer)
    this.#out.off('close', this.#onClose)
  }

  #stop(end: ResultsEnd): void {
    this.#end ??= end
    this.#sent.stop.abort(end)
  }

  #take({ kind, cells }: AdHocChange): void {
    this.#waiting.push([kind, ...cells])
    this.#rows++
  }

  #flush(): void {
    if (this.#waiting.length === 0) return
    const rows = this.#waiting
    this.#waiting = []
    this.#line({ rows })
  }

  #tellProgress(): void {
    if (!this.#out.writableNeedDrain) this.#line({ progress: this.#progress() })
  }

  #progress() {
    return {
      ...this.#sent.query.progress(),
      elapsedMs: Math.round(performance.now() - this.#startedAt),
    }
  }

  #line(content: object): void {
    if (this.#out.destroyed) return
    const line = `${JSON.stringify(content)}\n`
    this.#bytes += Buffer.byteLength(line)
    this.#out.write(line)
  }

  #drained(): Promise<void> {
    return new Promise(resolve => {
      const go = (): void => {
        this.#out.off('drain', go).off('close', go)
        this.#sent.stop.signal.removeEventListener('abort', go)
        resolve()
      }
      this.#out.on('drain', go).on('close', go)
      this.#sent.stop.signal.addEventListener('abort', go)
    })
  }
}

/** An error as the page shows it; what is not Millrace's own says only what it is. */
export function tellOf(error: unknown, text: string) {
  if (error instanceof MillraceError) return { code: error.code, ...problemOf(error, text) }
  return { message: error instanceof Error ? error.message : String(error) }
}

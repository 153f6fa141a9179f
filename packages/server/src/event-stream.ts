// Server-Sent Events: each change of the status is written once and sent to every page that listens.

import type { ServerResponse } from 'node:http'
import type { JobView } from './job-view.ts'
import type { StatusHistory } from './status-history.ts'

// Pages redraw at most this often.
const MIN_INTERVAL_MS = 250
const SAMPLE_INTERVAL_MS = 1_000
/** A page that does not read this much is dropped; it connects again. */
const MAX_CLIENTS = 200
const MAX_UNREAD_BYTES = 4 * 2 ** 20

export class EventStream {
  readonly #job: JobView
  readonly #history: StatusHistory
  readonly #clients = new Set<ServerResponse>()
  readonly #unsubscribe: () => void
  readonly #sampler: NodeJS.Timeout
  #pending: NodeJS.Timeout | undefined
  #sentAt = 0

  constructor(job: JobView, history: StatusHistory) {
    this.#job = job
    this.#history = history
    this.#unsubscribe = job.subscribe(() => this.#schedule())
    this.#sampler = setInterval(() => this.#sample(), SAMPLE_INTERVAL_MS)
    this.#sampler.unref()
    this.#sample()
  }

  /** Sends the status now, then every change, until the client goes. */
  add(response: ServerResponse): void {
    response.write(`retry: 1000\n\n${this.#statusEvent()}`)
    this.#clients.add(response)
    response.on('close', () => this.#clients.delete(response))
  }

  get isFull(): boolean {
    return this.#clients.size >= MAX_CLIENTS
  }

  close(): void {
    this.#unsubscribe()
    clearInterval(this.#sampler)
    clearTimeout(this.#pending)
    for (const client of this.#clients) client.end()
  }

  #schedule(): void {
    if (this.#pending || this.#clients.size === 0) return
    const wait = Math.max(0, this.#sentAt + MIN_INTERVAL_MS - Date.now())
    this.#pending = setTimeout(() => {
      this.#pending = undefined
      this.#sentAt = Date.now()
      this.#send(this.#statusEvent())
    }, wait)
    this.#pending.unref()
  }

  // A sample goes out every second even when nothing changes: by its absence a page knows that it is cut off.
  #sample(): void {
    const sample = this.#history.add(Date.now(), this.#job.status())
    if (this.#clients.size > 0) this.#send(eventText('sample', sample))
  }

  #statusEvent(): string {
    return eventText('status', this.#job.status())
  }

  #send(text: string): void {
    for (const client of this.#clients) {
      if (client.writableLength > MAX_UNREAD_BYTES) client.destroy()
      else client.write(text)
    }
  }
}

const eventText = (name: string, data: unknown): string =>
  `event: ${name}\ndata: ${JSON.stringify(data)}\n\n`

// The same queries as a careful engineer writes them without a library: chunks, JSON.parse, Maps. No durability, one thread.
//   npx node bench/src/nexmark/run-hand-written.ts QUERY FILE

import { open } from 'node:fs/promises'
import type { NexmarkQuery } from './nexmark-queries.ts'
import { startMeasurement } from './nexmark-measurement.ts'

interface Bid {
  readonly auction: number
  readonly bidder: number
  readonly price: number
  readonly dateTime: string
  readonly extra: string
}

interface NexmarkEvent {
  readonly event_type: number
  readonly person: { readonly dateTime: string } | null
  readonly auction: { readonly dateTime: string } | null
  readonly bid: Bid | null
}

const CHUNK_BYTES = 1 << 20

/** Calls `onEvent` for each line of the file; two buffers, so that the next chunk is read while this one is parsed. */
async function readEvents(path: string, onEvent: (event: NexmarkEvent) => void): Promise<number> {
  const file = await open(path)
  let events = 0
  try {
    let buffer = Buffer.allocUnsafe(2 * CHUNK_BYTES)
    let next = Buffer.allocUnsafe(2 * CHUNK_BYTES)
    let kept = 0
    let reading = file.read(buffer, 0, CHUNK_BYTES)
    for (;;) {
      const { bytesRead } = await reading
      if (bytesRead === 0) break
      const end = kept + bytesRead
      const lastLine = buffer.lastIndexOf(10, end - 1) + 1
      const rest = end - lastLine
      if (rest + CHUNK_BYTES > next.length) next = Buffer.allocUnsafe(rest + 2 * CHUNK_BYTES)
      buffer.copy(next, 0, lastLine, end)
      reading = file.read(next, rest, CHUNK_BYTES)
      for (let at = 0; at < lastLine; ) {
        const newline = buffer.indexOf(10, at)
        onEvent(JSON.parse(buffer.toString('utf8', at, newline)) as NexmarkEvent)
        events++
        at = newline + 1
      }
      kept = rest
      ;[buffer, next] = [next, buffer]
    }
  } finally {
    await file.close()
  }
  return events
}

const timeOf = (text: string): number => Date.parse(`${text.replace(' ', 'T')}Z`)

/** Swallows rows, their columns read when they were made. */
class Blackhole {
  rows = 0
  write(_row: readonly unknown[]): void {
    this.rows++
  }
}

type Handler = (event: NexmarkEvent, sink: Blackhole) => void

const passBids: Handler = ({ bid }, sink) => {
  if (bid) sink.write([bid.auction, bid.bidder, bid.price, timeOf(bid.dateTime), bid.extra])
}

const chosenAuctions: Handler = ({ bid }, sink) => {
  if (bid && bid.auction % 123 === 0) sink.write([bid.auction, bid.price])
}

const SLIDE_MS = 2_000
const SIZE_MS = 10_000
const DELAY_MS = 4_000

/** Counts bids per auction in panes of 2 s; a window of 5 panes gives its hottest auctions when the watermark passes its end. */
function hotAuctions(): { onEvent: Handler; end(sink: Blackhole): void } {
  const panes = new Map<number, Map<number, number>>()
  let watermark = -Infinity
  let nextEnd = Infinity

  function fireUntil(time: number, sink: Blackhole): void {
    while (nextEnd - 1 <= time) {
      const counts = new Map<number, number>()
      for (let end = nextEnd - SIZE_MS + SLIDE_MS; end <= nextEnd; end += SLIDE_MS)
        for (const [auction, n] of panes.get(end) ?? [])
          counts.set(auction, (counts.get(auction) ?? 0) + n)
      let most = 0
      for (const n of counts.values()) if (n > most) most = n
      for (const [auction, n] of counts) if (n >= most) sink.write([auction, n])
      panes.delete(nextEnd - SIZE_MS + SLIDE_MS)
      nextEnd += SLIDE_MS
      if (panes.size === 0) nextEnd = Infinity
    }
  }

  return {
    onEvent({ bid, person, auction }, sink) {
      const time = timeOf((bid ?? auction ?? person)?.dateTime ?? '')
      if (bid) {
        const pane = (Math.floor(time / SLIDE_MS) + 1) * SLIDE_MS
        // The last window of a pane ends 8 s after it; a bid is late once that one has fired.
        if (watermark < pane + SIZE_MS - SLIDE_MS - 1) {
          let counts = panes.get(pane)
          if (!counts) {
            counts = new Map()
            panes.set(pane, counts)
            const open = Math.floor((watermark + 1) / SLIDE_MS + 1) * SLIDE_MS
            nextEnd = Math.min(nextEnd, watermark === -Infinity ? pane : Math.max(pane, open))
          }
          counts.set(bid.auction, (counts.get(bid.auction) ?? 0) + 1)
        }
      }
      if (time - DELAY_MS > watermark) {
        watermark = time - DELAY_MS
        if (watermark >= nextEnd - 1) fireUntil(watermark, sink)
      }
    },
    end: sink => fireUntil(Number.MAX_SAFE_INTEGER, sink),
  }
}

const [query, path] = process.argv.slice(2) as [NexmarkQuery, string]
const sink = new Blackhole()
const finish = startMeasurement()
const hot = hotAuctions()
const handlers: { readonly [Q in NexmarkQuery]: Handler } = {
  q0: passBids,
  q2: chosenAuctions,
  q5: hot.onEvent,
}
const handler = handlers[query]
const events = await readEvents(path, event => handler(event, sink))
if (query === 'q5') hot.end(sink)
finish(events, sink.rows)

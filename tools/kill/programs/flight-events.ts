// Departures and arrivals as a network delivers them: in bursts, out of order within a bound, some of them twice.

import { createWriteStream } from 'node:fs'
import { finished } from 'node:stream/promises'
import { join } from 'node:path'

/** Event time between two bursts, ms. */
export const BURST_MS = 60_000
/** No event is later than this behind a newer one. */
const DISORDER_MS = 5_000
/** By this much the late ones are late: more than any window. */
const LATENESS_MS = 20 * 60_000
const START_MS = Date.UTC(2013, 0, 1)
const AIRPORTS = ['EWR', 'JFK', 'LGA', '__proto__', 'constructor']

export interface FlightEventsOptions {
  readonly folder: string
  readonly bursts: number
  readonly departuresPerBurst: number
  readonly seed: number
}

/** Writes `departures.ndjson` and `arrivals.ndjson`; the same seed gives the same bytes. */
export async function writeFlightEvents(options: FlightEventsOptions): Promise<void> {
  const { folder, bursts, departuresPerBurst } = options
  const random = randomOf(options.seed)
  const pick = (below: number) => Math.floor(random() * below)
  const departures = createWriteStream(join(folder, 'departures.ndjson'))
  const arrivals = createWriteStream(join(folder, 'arrivals.ndjson'))
  const landing: { readonly at: number; readonly line: string }[] = []
  let id = 0
  for (let burst = 0; burst < bursts; burst++) {
    const burstAt = START_MS + burst * BURST_MS
    const lines: { readonly at: number; readonly line: string }[] = []
    for (let i = 0; i < departuresPerBurst; i++) {
      const at = burstAt + pick(10_000)
      const flight = `UA${pick(400)}`
      const delayMin = random() < 0.05 ? null : pick(90) - 15
      const origin = AIRPORTS[pick(AIRPORTS.length)]
      const line = `${JSON.stringify({ id: ++id, flight, origin, delayMin, at: textOf(at) })}\n`
      lines.push({ at: at + pick(DISORDER_MS), line })
      if (random() < 0.05) lines.push({ at: at + pick(DISORDER_MS), line })
      if (random() < 0.1) continue
      const landedAt = at + BURST_MS * (1 + pick(5)) + pick(10_000)
      const landed = `${JSON.stringify({ id, taxiMin: pick(30), at: textOf(landedAt) })}\n`
      landing.push({ at: landedAt + pick(DISORDER_MS), line: landed })
    }
    const [first, ...others] = lines.sort((a, b) => a.at - b.at).map(l => l.line)
    departures.write(first)
    // Some come far too late, behind the one after which replaying pauses: after a restart the saved watermark alone tells so.
    if (burst > 20 && burst % 2 === 0)
      for (let i = 0; i < 3; i++) {
        const at = textOf(burstAt - LATENESS_MS + i)
        const late = { id: ++id, flight: `UA${pick(400)}`, origin: 'JFK', delayMin: 1, at }
        departures.write(`${JSON.stringify(late)}\n`)
      }
    for (const line of others) departures.write(line)
  }
  for (const { line } of landing.sort((a, b) => a.at - b.at)) arrivals.write(line)
  departures.end()
  arrivals.end()
  await Promise.all([finished(departures), finished(arrivals)])
}

const textOf = (ms: number): string => new Date(ms).toISOString().slice(0, -1).replace('T', ' ')

/** Mulberry32: 32 bits of state, good enough to spread test data. */
export function randomOf(seed: number): () => number {
  let state = seed | 0
  return () => {
    state = (state + 0x6d2b79f5) | 0
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state)
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32
  }
}

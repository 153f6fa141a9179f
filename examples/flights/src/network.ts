// The network between the airports and us, made up but repeatable: events come late, out of order, and some of them twice.

/** At most this late: the watermark's delay, so that the network alone makes no event late. */
export const MAX_DELAY_MS = 10 * 60_000

export interface Delivery {
  readonly deliveredAtMs: number
  readonly copy: number
}

/** When the copies of an event arrive. The same event and seed always give the same. */
export function deliver(id: string, eventMs: number, seed = 1): readonly Delivery[] {
  const random = randomOf(`${seed}/${id}`)
  const deliveries = [{ deliveredAtMs: eventMs + delayMs(random), copy: 0 }]
  if (random() < 0.01) deliveries.push({ deliveredAtMs: eventMs + delayMs(random), copy: 1 })
  return deliveries
}

/** Mostly some seconds; one in fifty minutes. */
function delayMs(random: () => number): number {
  const most = random() < 0.02 ? MAX_DELAY_MS - 1000 : 90_000
  return Math.floor(random() * most)
}

/** Numbers in [0, 1) from a text. @see Mulberry32 by Tommy Ettinger, public domain; FNV-1a for the seed */
function randomOf(text: string): () => number {
  let state = 0x811c9dc5
  for (let i = 0; i < text.length; i++)
    state = Math.imul(state ^ text.charCodeAt(i), 0x01000193) >>> 0
  return () => {
    state = (state + 0x6d2b79f5) >>> 0
    let mixed = Math.imul(state ^ (state >>> 15), state | 1)
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61)
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32
  }
}

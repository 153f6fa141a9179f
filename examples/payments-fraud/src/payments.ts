// Payments of cards, most of them honest: the same for the same seed, and up to three seconds out of order.

export interface Payment {
  readonly id: bigint
  readonly card: string
  /** With two digits after the point. */
  readonly amount: string
  readonly city: string
  readonly latitude: number
  readonly longitude: number
  /** Epoch ms; no two payments have the same. */
  readonly paid: number
}

export interface PaymentsOptions {
  readonly count: number
  readonly seed: number
}

/** Behind the watermark's five seconds, so that nobody is late. */
const DISORDER_MS = 3_000
const START_MS = Date.UTC(2026, 2, 1)
const CARDS = 300
const FRAUD_RATE = 0.004

const CITIES = [
  ['Lisbon', 38.72, -9.14],
  ['Oslo', 59.91, 10.75],
  ['Nairobi', -1.29, 36.82],
  ['Osaka', 34.69, 135.5],
  ['Lima', -12.05, -77.04],
  ['Toronto', 43.65, -79.38],
  ['Auckland', -36.85, 174.76],
] as const

type City = (typeof CITIES)[number]

/** In the order in which they arrive. */
export function createPayments({ count, seed }: PaymentsOptions): Payment[] {
  const random = randomOf(seed)
  const below = (limit: number) => Math.floor(random() * limit)
  const made: { readonly payment: Payment; readonly arrivesMs: number }[] = []
  const times = new Set<number>()
  const pay = (atMs: number, card: number, cents: number, city: City) => {
    if (made.length === count) return
    let paid = Math.round(atMs)
    while (times.has(paid)) paid++
    times.add(paid)
    const [name, latitude, longitude] = city
    const amount = `${Math.floor(cents / 100)}.${String(cents % 100).padStart(2, '0')}`
    const id = BigInt(made.length + 1)
    const payment = { id, card: `card-${card}`, amount, city: name, latitude, longitude, paid }
    made.push({ payment, arrivesMs: paid + below(DISORDER_MS) })
  }
  for (let nowMs = START_MS; made.length < count; nowMs += 100 + below(1_400)) {
    const card = below(CARDS)
    const home = CITIES[card % CITIES.length] as City
    if (random() >= FRAUD_RATE) pay(nowMs, card, 200 + below(9_800), home)
    else commitFraud(below(3), card, home, nowMs)
  }
  return made.toSorted((a, b) => a.arrivesMs - b.arrivesMs).map(m => m.payment)

  function commitFraud(kind: number, card: number, home: City, nowMs: number): void {
    // Trying whether a stolen number works; spending what it has; from far away.
    if (kind === 0) for (let i = 0; i < 9; i++) pay(nowMs + i * 9_000, card, 100 + i, home)
    else if (kind === 1) for (let i = 0; i < 4; i++) pay(nowMs + i * 45_000, card, 95_000, home)
    else {
      const away = CITIES[(card + 1 + below(CITIES.length - 1)) % CITIES.length] as City
      pay(nowMs, card, 1_500, home)
      pay(nowMs + 600_000, card, 45_000, away)
    }
  }
}

/** Numbers from 0 to below 1: mulberry32. */
function randomOf(seed: number): () => number {
  let state = seed >>> 0
  return () => {
    state = (state + 0x6d2b79f5) >>> 0
    let z = Math.imul(state ^ (state >>> 15), state | 1)
    z ^= z + Math.imul(z ^ (z >>> 7), z | 61)
    return ((z ^ (z >>> 14)) >>> 0) / 2 ** 32
  }
}

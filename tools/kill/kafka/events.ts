// What is written to the topics while programs are killed: cards that order and pay, a little out of order.

export const PARTITIONS = 4
/** Events of a topic are at most this much behind a newer one; the programs allow for twice of it. */
export const DISORDER_MS = 500

export interface CardEvent {
  readonly id: number
  readonly card: string
  readonly amount: number
  /** Epoch ms. */
  readonly at: number
}

export interface PlacedEvent {
  readonly topic: string
  readonly partition: number
  readonly event: CardEvent
}

export const START_MS = Date.UTC(2026, 0, 1)
/** Events of the end: all that comes before them is then complete. */
export const END_MS = START_MS + 24 * 3_600_000
const CARDS = 40
/** An order is paid this late at most, and some of them later than the join allows. */
const LONGEST_PAYMENT_MS = 2_600

/** Events of one moment; the same seed gives the same ones. */
export function eventsAt(id: number, random: () => number): PlacedEvent[] {
  const below = (n: number) => Math.floor(random() * n)
  const at = START_MS + id * 4
  const placed = (topic: string, partition: number, event: CardEvent) => ({
    topic,
    partition,
    event,
  })
  const card = `card-${below(CARDS)}`
  const order = { id, card, amount: 1 + below(1_000), at: at - below(DISORDER_MS) }
  const payment = { ...order, id: Math.max(0, id - below(LONGEST_PAYMENT_MS / 4)), at }
  return [
    placed('orders', below(PARTITIONS), order),
    ...(below(10) < 8
      ? [placed('payments', below(PARTITIONS), { ...payment, at: at - below(DISORDER_MS) })]
      : []),
  ]
}

/** One for each partition: watermarks then pass all events before. */
export function lastEvents(): PlacedEvent[] {
  return ['orders', 'payments'].flatMap(topic =>
    Array.from({ length: PARTITIONS }, (_, partition) => ({
      topic,
      partition,
      event: { id: -1 - partition, card: 'end', amount: 0, at: END_MS },
    })),
  )
}

/** As the programs read and write times. */
const timeText = (ms: number): string =>
  new Date(ms).toISOString().replace('T', ' ').replace('Z', '')

export const msOf = (text: string): number => Date.parse(`${text.replace(' ', 'T')}Z`)

/** Where records go that no program can read. */
export const lettersOf = (topic: string): string => `${topic}-dead`

/** One of so many events is written so that its amount is none. */
const UNREADABLE = 53

/** An event as it is written. */
export const recordOf = ({ at, ...event }: CardEvent): string =>
  JSON.stringify({
    ...event,
    ...(event.id % UNREADABLE === UNREADABLE - 1 && { amount: 'none' }),
    ts: timeText(at),
  })

/** Whether programs can read it. */
export const isReadable = ({ amount }: Readonly<Record<string, unknown>>): boolean =>
  amount !== 'none'

/** The event that was written so. */
export function eventIn(record: Readonly<Record<string, unknown>>): CardEvent {
  const { id, card, amount, ts } = record as unknown as Omit<CardEvent, 'at'> & { ts: string }
  return { id, card, amount, at: msOf(ts) }
}

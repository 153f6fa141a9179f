// Nexmark events as JSON lines, the same for the same seed: 1 person, 3 auctions and 46 bids in every 50.
//
// Shapes, key distributions and sizes follow Flink's nexmark generator; half of the bids go to a hot auction, three of four
// come from a hot bidder.

import { randomNumbers } from '../../commit/workload.ts'

const STATES = ['AZ', 'CA', 'ID', 'OR', 'WA', 'WY']
const CITIES = ['Phoenix', 'Los Angeles', 'San Francisco', 'Boise', 'Portland', 'Bend', 'Redmond']
const FIRST_NAMES = ['Peter', 'Paul', 'Luke', 'John', 'Saul', 'Vicky', 'Kate', 'Julie', 'Sarah']
const LAST_NAMES = ['Shultz', 'Abrams', 'Spencer', 'White', 'Bartels', 'Walton', 'Smith', 'Jones']
const HOT_CHANNELS = ['Google', 'Facebook', 'Baidu', 'Apple']

const EPOCH_EVENTS = 50
const FIRST_ID = 1000
const HOT_SPAN = 100
const ACTIVE_PEOPLE = 1000
const IN_FLIGHT_AUCTIONS = 100
const ID_LEAD = 10

/** Event time of the first event, epoch ms. */
export const NEXMARK_START_MS = Date.UTC(2026, 0, 1)
/** Event time between two events, unless told otherwise. */
const STEP_US = 100
/** No event is longer, its newline included. */
export const NEXMARK_MAX_BYTES = 2048

export class NexmarkGenerator {
  readonly #random: () => number
  readonly #letters: string
  readonly #stepUs: number

  constructor(seed: number, stepUs = STEP_US) {
    this.#stepUs = stepUs
    this.#random = randomNumbers(seed)
    this.#letters = Array.from({ length: 1 << 16 }, () =>
      String.fromCharCode(97 + this.#below(26)),
    ).join('')
  }

  /** Event number `n` as one line with its newline; events must be asked for in order. */
  next(n: number): string {
    const timeMs = NEXMARK_START_MS + Math.floor((n * this.#stepUs) / 1000)
    const kind = n % EPOCH_EVENTS
    if (kind === 0)
      return `{"event_type":0,"person":${this.#person(n, timeMs)},"auction":null,"bid":null}\n`
    if (kind < 4)
      return `{"event_type":1,"person":null,"auction":${this.#auction(n, timeMs)},"bid":null}\n`
    return `{"event_type":2,"person":null,"auction":null,"bid":${this.#bid(n, timeMs)}}\n`
  }

  #person(n: number, timeMs: number): string {
    const name = `${this.#oneOf(FIRST_NAMES)} ${this.#oneOf(LAST_NAMES)}`
    const email = `${this.#text(3 + this.#below(4))}@${this.#text(4)}.com`
    const card = Array.from({ length: 4 }, () => String(this.#below(10_000)).padStart(4, '0'))
    return `{"id":${lastPerson(n) + FIRST_ID},"name":"${name}","emailAddress":"${email}","creditCard":"${card.join(' ')}","city":"${this.#oneOf(CITIES)}","state":"${this.#oneOf(STATES)}","dateTime":"${timeText(timeMs)}","extra":"${this.#around(130)}"}`
  }

  #auction(n: number, timeMs: number): string {
    const item = this.#text(3 + this.#below(17))
    const description = this.#text(3 + this.#below(97))
    const initialBid = this.#price()
    const expires = timeMs + 1 + this.#below(2 * this.#stepUs)
    const hot = this.#below(4) > 0
    const seller = hot ? lastPerson(n) - (lastPerson(n) % HOT_SPAN) : this.#personId(n)
    return `{"id":${lastAuction(n) + FIRST_ID},"itemName":"${item}","description":"${description}","initialBid":${initialBid},"reserve":${initialBid + this.#price()},"dateTime":"${timeText(timeMs)}","expires":"${timeText(expires)}","seller":${seller + FIRST_ID},"category":${10 + this.#below(5)},"extra":"${this.#around(380)}"}`
  }

  #bid(n: number, timeMs: number): string {
    const isHotAuction = this.#below(2) > 0
    const auction = isHotAuction ? lastAuction(n) - (lastAuction(n) % HOT_SPAN) : this.#auctionId(n)
    const isHotBidder = this.#below(4) > 0
    const bidder = isHotBidder ? lastPerson(n) - (lastPerson(n) % HOT_SPAN) + 1 : this.#personId(n)
    const price = this.#price()
    let channel: string
    let path: string
    if (this.#below(2) > 0) {
      channel = this.#oneOf(HOT_CHANNELS)
      path = `${channel.toLowerCase()}/item.htm?query=1`
    } else {
      const number = this.#below(10_000)
      channel = `channel-${number}`
      const folders = `${this.#text(5)}/${this.#text(5)}/${this.#text(5)}`
      path = `${folders}/item.htm?query=1&channel_id=${Math.imul(number, 0x9e3779b1) >>> 1}`
    }
    return `{"auction":${auction + FIRST_ID},"bidder":${bidder + FIRST_ID},"price":${price},"channel":"${channel}","url":"https://www.nexmark.com/${path}","dateTime":"${timeText(timeMs)}","extra":"${this.#around(68)}"}`
  }

  #personId(n: number): number {
    const count = lastPerson(n) + 1
    const active = Math.min(count, ACTIVE_PEOPLE)
    return count - active + this.#below(active + ID_LEAD)
  }

  #auctionId(n: number): number {
    const last = lastAuction(n)
    const first = Math.max(last - IN_FLIGHT_AUCTIONS, 0)
    return first + this.#below(last - first + 1 + ID_LEAD)
  }

  #price(): number {
    return Math.round(10 ** ((this.#random() / 2 ** 32) * 6) * 100)
  }

  #oneOf(list: readonly string[]): string {
    return list[this.#below(list.length)] as string
  }

  /** Letters, `length` ± 20 %. */
  #around(length: number): string {
    const spread = Math.round(length * 0.2)
    return this.#text(length - spread + this.#below(2 * spread))
  }

  #text(length: number): string {
    const from = this.#below(this.#letters.length - length)
    return this.#letters.slice(from, from + length)
  }

  #below(bound: number): number {
    return Math.floor((this.#random() / 2 ** 32) * bound)
  }
}

function lastPerson(n: number): number {
  return Math.floor(n / EPOCH_EVENTS)
}

/** The number of the auction made last before event `n`, or by it; 0 before the first. */
function lastAuction(n: number): number {
  const epoch = Math.floor(n / EPOCH_EVENTS)
  const offset = n % EPOCH_EVENTS
  if (offset === 0) return Math.max(epoch * 3 - 1, 0)
  return epoch * 3 + Math.min(offset, 3) - 1
}

let cachedSecond = -1
let cachedText = ''

/** `2026-01-01 00:00:00.000`, as Flink's JSON format reads a TIMESTAMP. */
function timeText(timeMs: number): string {
  const second = Math.floor(timeMs / 1000)
  if (second !== cachedSecond) {
    cachedSecond = second
    cachedText = new Date(timeMs).toISOString().replace('T', ' ').slice(0, 20)
  }
  return cachedText + String(timeMs % 1000).padStart(3, '0')
}

// Time zones: IANA names through Intl, fixed offsets, and a cache that makes the offset of a record a comparison.

import { MS_PER_DAY } from './calendar.ts'

/** Which instant a local time means that a clock turned back shows twice. */
export type Overlap = 'earlier' | 'later'

/** A zone's rules. */
export interface TimeZone {
  readonly name: string
  /** Of an IANA zone, as its list writes it. */
  readonly canonicalName?: string
  /** Local time minus UTC at an instant, ms. */
  offsetAt(epochMs: number): number
}

const UTC: TimeZone = { name: 'UTC', offsetAt: () => 0 }

const zones = new Map<string, TimeZone>([['UTC', UTC]])

/** The zone of an IANA name, a short name of Java (`PST`), or an offset (`+02:00`, `GMT+8`); UTC when unknown, as in Java. */
export function timeZoneOf(name: string): TimeZone {
  let zone = zones.get(name)
  if (zone === undefined) {
    zone = findZone(name) ?? UTC
    zones.set(name, zone)
  }
  return zone
}

/** Whether a name is that of a zone. */
export function isTimeZone(name: string): boolean {
  return timeZoneOf(name) !== UTC || name === 'UTC'
}

/** The zone by Java's older class `TimeZone`: names count in their very case, offsets only behind GMT; others are UTC. */
export function legacyZoneName(name: string): string {
  if (/^GMT[+-]\d{1,2}(?::?\d{2})?$/.test(name)) return name
  if (OFFSET.test(name)) return 'UTC'
  const zone = timeZoneOf(name)
  return zone.canonicalName?.toLowerCase() === name.toLowerCase() && zone.canonicalName !== name
    ? 'UTC'
    : name
}

/** Whether java.time's `ZoneId` has the name: not the short ones of the older class. */
export function isZoneId(name: string): boolean {
  return isTimeZone(name) && !Object.hasOwn(SHORT_NAMES, name)
}

/** The local time, as ms since a local 1970-01-01 00:00, that a zone's clocks show at an instant. */
export function epochToLocalMs(epochMs: number, zone: string): number {
  return epochMs + timeZoneOf(zone).offsetAt(epochMs)
}

/**
 * The instant of a local time.
 *
 * A local time that clocks skip moves on by the length of the gap; one that they show twice is the earlier instant unless
 * `overlap` says otherwise, as in java.time. (Java's older calendar takes the later.)
 */
export function localToEpochMs(
  localMs: number,
  zone: string,
  overlap: Overlap = 'earlier',
): number {
  const rules = timeZoneOf(zone)
  const before = rules.offsetAt(localMs - MS_PER_DAY)
  const after = rules.offsetAt(localMs + MS_PER_DAY)
  if (before === after) return localMs - before
  const first = overlap === 'earlier' ? before : after
  const second = overlap === 'earlier' ? after : before
  if (rules.offsetAt(localMs - first) === first) return localMs - first
  if (rules.offsetAt(localMs - second) === second) return localMs - second
  return localMs - before
}

const MS_PER_HOUR = 3_600_000

/**
 * The instant by which a window closes whose last local ms this is: Flink's, which waits where clocks are turned back (an hour,
 * whatever the overlap) until the local time is shown for the last time, and fires at the full hour where they skip it.
 */
export function windowTimerMs(lastLocalMs: number, zone: string): number {
  const instant = localToEpochMs(lastLocalMs, zone)
  const hourLater = localToEpochMs(lastLocalMs + MS_PER_HOUR, zone)
  if (hourLater === instant) return instant - (instant % MS_PER_HOUR)
  return hourLater - instant > MS_PER_HOUR ? instant + MS_PER_HOUR : instant
}

/** The short names that Java's `TimeZone` still takes. */
const SHORT_NAMES: Readonly<Record<string, string>> = {
  ACT: 'Australia/Darwin',
  AET: 'Australia/Sydney',
  AGT: 'America/Argentina/Buenos_Aires',
  ART: 'Africa/Cairo',
  AST: 'America/Anchorage',
  BET: 'America/Sao_Paulo',
  BST: 'Asia/Dhaka',
  CAT: 'Africa/Harare',
  CNT: 'America/St_Johns',
  CST: 'America/Chicago',
  CTT: 'Asia/Shanghai',
  EAT: 'Africa/Addis_Ababa',
  ECT: 'Europe/Paris',
  EST: '-05:00',
  HST: '-10:00',
  IET: 'America/Indiana/Indianapolis',
  IST: 'Asia/Kolkata',
  JST: 'Asia/Tokyo',
  MIT: 'Pacific/Apia',
  MST: '-07:00',
  NET: 'Asia/Yerevan',
  NST: 'Pacific/Auckland',
  PLT: 'Asia/Karachi',
  PNT: 'America/Phoenix',
  PRT: 'America/Puerto_Rico',
  PST: 'America/Los_Angeles',
  SST: 'Pacific/Guadalcanal',
  VST: 'Asia/Ho_Chi_Minh',
}

const OFFSET = /^(?:GMT|UTC|UT)?([+-])(\d{1,2})(?::?(\d{2}))?(?::?(\d{2}))?$/

function findZone(name: string): TimeZone | undefined {
  if (/^(?:UTC|GMT|UT|Z|Zulu|Etc\/UTC|Etc\/GMT)$/.test(name)) return { ...UTC, name }
  const offset = OFFSET.exec(name)
  if (offset) {
    const [, sign, hours, minutes = '0', seconds = '0'] = offset
    const total = Number(hours) * 3600 + Number(minutes) * 60 + Number(seconds)
    if (Number(hours) > 23 || Number(minutes) > 59 || Number(seconds) > 59) return undefined
    const offsetMs = (sign === '-' ? 0 - total : total) * 1000
    return { name, offsetAt: () => offsetMs }
  }
  const short = SHORT_NAMES[name]
  if (short !== undefined) return findZone(short)
  try {
    return new NamedZone(name)
  } catch {
    return undefined // Intl's RangeError: no such zone
  }
}

/** Wide enough that few buckets are ever computed, narrow enough that no zone ever changed its offset twice in one. */
const BUCKET_MS = 8 * MS_PER_DAY
/** Before it every zone keeps its local mean time (1800-01-01). */
const EARLIEST_MS = -5_364_662_400_000
/** After it (2400-01-01) rules are taken as of then. */
const LATEST_MS = 13_569_465_600_000

/** Within `[startMs, endMs)` the offset is `before` up to `changeMs`, from there on `after`. */
interface Bucket {
  readonly startMs: number
  readonly endMs: number
  readonly changeMs: number
  readonly before: number
  readonly after: number
}

class NamedZone implements TimeZone {
  readonly name: string
  readonly canonicalName: string
  readonly #format: Intl.DateTimeFormat
  readonly #buckets = new Map<number, Bucket>()
  #last: Bucket = { startMs: 0, endMs: 0, changeMs: 0, before: 0, after: 0 }

  constructor(name: string) {
    this.name = name
    this.#format = new Intl.DateTimeFormat('en-US', {
      timeZone: name,
      hourCycle: 'h23',
      year: 'numeric',
      month: 'numeric',
      day: 'numeric',
      hour: 'numeric',
      minute: 'numeric',
      second: 'numeric',
    })
    this.canonicalName = this.#format.resolvedOptions().timeZone
  }

  offsetAt(epochMs: number): number {
    let bucket = this.#last
    if (!(epochMs >= bucket.startMs && epochMs < bucket.endMs)) {
      bucket = this.#bucketAt(Math.min(Math.max(epochMs, EARLIEST_MS), LATEST_MS))
      this.#last = bucket
    }
    return epochMs < bucket.changeMs ? bucket.before : bucket.after
  }

  #bucketAt(epochMs: number): Bucket {
    const index = Math.floor(epochMs / BUCKET_MS)
    let bucket = this.#buckets.get(index)
    if (bucket === undefined) {
      bucket = this.#compute(index * BUCKET_MS)
      this.#buckets.set(index, bucket)
    }
    return bucket
  }

  #compute(startMs: number): Bucket {
    const endMs = startMs + BUCKET_MS
    const before = this.#ask(startMs)
    const after = this.#ask(endMs)
    let low = startMs
    let high = endMs
    if (before === after) return { startMs, endMs, changeMs: startMs, before, after }
    while (high - low > 1000) {
      const middle = Math.floor((low + high) / 2000) * 1000
      if (this.#ask(middle) === before) low = middle
      else high = middle
    }
    return { startMs, endMs, changeMs: high, before, after }
  }

  #ask(epochMs: number): number {
    const wholeMs = Math.floor(epochMs / 1000) * 1000
    const part: Record<string, number> = {}
    for (const { type, value } of this.#format.formatToParts(wholeMs)) part[type] = Number(value)
    const { year = 0, month = 1, day = 1, hour = 0, minute = 0, second = 0 } = part
    return Date.UTC(year, month - 1, day, hour, minute, second) - wholeMs
  }
}

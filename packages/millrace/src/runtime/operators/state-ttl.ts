// How long idle state lives: entries that were not written for a time are as if they had never been.
//
// Law: whether an entry has expired follows from its stamp and the time of the row at hand, and from nothing else. Sweeps only free
// memory and disk, so they may come at any time, and no timer is needed.

import type { BinaryReader } from '../../state/binary-reader.ts'
import type { BinaryWriter } from '../../state/binary-writer.ts'

/** What time is measured by: watermarks, or the clock. */
export type TimeLine = 'event' | 'processing'

/** The time by which an operator's state expires. */
export interface TtlTime {
  readonly ttlMs: number
  readonly line: TimeLine
  /** Epoch ms; not finite before the first watermark and after the last. */
  readonly nowMs: () => number
}

/** What can expire: an entry, or all that is kept for a key. */
export interface Expiring {
  /** When it was last written. */
  stamp: number
  live: boolean
}

export interface ExpirySettings<E extends Expiring> {
  readonly time: TtlTime
  /** Takes an expired entry out of the operator's indexes and tables, without giving anything out. */
  readonly drop: (entry: E) => void
  /** An entry written before the first watermark has got its stamp, which is to be stored. */
  readonly stamped: (entry: E) => void
  /** Whether something still has to come of the entry, so that it must stay. */
  readonly isHeld?: (entry: E) => boolean
}

/** Of entries that were written before any time was known. */
export const UNSTAMPED = Number.NEGATIVE_INFINITY

/** Parts of the time to live after which expired entries are looked for. */
const SWEEPS = 16
/** Removed entries among those filed for a sweep, from which on they are let go of before it. */
const MANY_REMOVED = 1024

/**
 * Entries by the time at which they may expire. Writing an entry costs one assignment; a sweep looks at each entry once per time
 * to live, at those that were written since once more.
 *
 * Time moves on with the rows of the operator alone: an operator without rows neither grows nor forgets.
 */
export class Expiry<E extends Expiring> {
  /** Entries dropped since the start of the process. */
  expired = 0
  #now = UNSTAMPED
  /** The first time known. */
  #since = UNSTAMPED
  readonly #settings: ExpirySettings<E>
  readonly #ttlMs: number
  readonly #widthMs: number
  /** Entries by the end of the stretch in which they may expire, in widths. */
  readonly #buckets = new Map<number, E[]>()
  #unstamped: E[] = []
  #filed = 0
  #removed = 0
  #nextSweepAt = Number.POSITIVE_INFINITY

  constructor(settings: ExpirySettings<E>) {
    this.#settings = settings
    this.#ttlMs = settings.time.ttlMs
    this.#widthMs = Math.max(1, Math.ceil(this.#ttlMs / SWEEPS))
  }

  /** Takes the time of the row at hand; called before each. */
  observe(): void {
    const now = this.#settings.time.nowMs()
    if (now > this.#now && now !== Number.POSITIVE_INFINITY) this.#moveTo(now)
  }

  isExpired(entry: E): boolean {
    return this.#now - entry.stamp >= this.#ttlMs && !this.#settings.isHeld?.(entry)
  }

  /** Notes a new entry. */
  add(entry: E): void {
    entry.stamp = this.#now
    this.#file(entry)
  }

  /** Notes that an entry is written again, or that a row of its key has come. */
  stamp(entry: E): void {
    entry.stamp = this.#now
  }

  /** Notes that what an entry was held for has happened, at `eventMs` if watermarks measure its time. */
  release(entry: E, eventMs: number): void {
    const { line, nowMs } = this.#settings.time
    const at = line === 'event' ? eventMs : nowMs()
    if (at > entry.stamp && at !== Number.POSITIVE_INFINITY) entry.stamp = at
  }

  /** Notes an entry of the recovered state, with its stamp; entries may come late, and get what they had got before. */
  restore(entry: E): void {
    if (entry.stamp === UNSTAMPED && this.#since !== UNSTAMPED) this.#stampFirst(entry, this.#since)
    this.#file(entry)
  }

  /** Drops an entry found to have expired. */
  drop(entry: E): void {
    this.expired++
    this.#settings.drop(entry)
  }

  /** Notes that an entry is no longer live. */
  removed(): void {
    this.#removed++
    if (this.#removed < MANY_REMOVED || this.#removed * 2 < this.#filed) return
    for (const [index, entries] of this.#buckets)
      this.#buckets.set(
        index,
        entries.filter(e => e.live),
      )
    this.#count()
  }

  /** Drops what has expired; called at each epoch. */
  sweep(): void {
    if (this.#now < this.#nextSweepAt) return
    const due = Math.floor(this.#now / this.#widthMs)
    for (const [index, entries] of this.#buckets) {
      if (index > due) continue
      this.#buckets.delete(index)
      for (const entry of entries) {
        if (!entry.live) continue
        if (this.isExpired(entry)) this.drop(entry)
        else this.#file(entry, due + 1)
      }
    }
    this.#count()
  }

  #moveTo(now: number): void {
    this.#now = now
    if (this.#since === UNSTAMPED) this.#since = now
    if (this.#unstamped.length === 0) return
    const entries = this.#unstamped
    this.#unstamped = []
    for (const entry of entries) {
      if (!entry.live) continue
      if (entry.stamp === UNSTAMPED) this.#stampFirst(entry, now)
      this.#file(entry)
    }
  }

  /** Its time to live starts when a time is first known. */
  #stampFirst(entry: E, since: number): void {
    entry.stamp = since
    this.#settings.stamped(entry)
  }

  #file(entry: E, earliest = UNSTAMPED): void {
    if (entry.stamp === UNSTAMPED) {
      this.#unstamped.push(entry)
      return
    }
    const index = Math.max(earliest, Math.floor((entry.stamp + this.#ttlMs) / this.#widthMs) + 1)
    const entries = this.#buckets.get(index)
    if (entries) entries.push(entry)
    else {
      this.#buckets.set(index, [entry])
      this.#nextSweepAt = Math.min(this.#nextSweepAt, index * this.#widthMs)
    }
    this.#filed++
  }

  #count(): void {
    this.#removed = 0
    this.#filed = 0
    this.#nextSweepAt = Number.POSITIVE_INFINITY
    for (const [index, entries] of this.#buckets) {
      this.#filed += entries.length
      this.#nextSweepAt = Math.min(this.#nextSweepAt, index * this.#widthMs)
    }
  }
}

// After the value of an entry that may expire: the time line (u8) and its stamp on it (f64). An entry without them, or with a stamp
// of the other time line, was written by a program with another time to live: its time starts anew.

const LINES: Readonly<Record<TimeLine, number>> = { event: 1, processing: 2 }

/** Writes the stamp behind an entry's value. */
export function writeStamp(out: BinaryWriter, line: TimeLine, stamp: number): void {
  out.u8(LINES[line])
  out.f64(stamp)
}

/** Reads the stamp behind an entry's value, if there is one of this time line; the value must end there. */
export function readStamp(input: BinaryReader, line: TimeLine | undefined): number {
  if (input.remaining === 0) return UNSTAMPED
  const written = input.u8()
  const stamp = input.f64()
  if (input.remaining > 0) throw input.malformed('bytes are left over')
  return line !== undefined && written === LINES[line] ? stamp : UNSTAMPED
}

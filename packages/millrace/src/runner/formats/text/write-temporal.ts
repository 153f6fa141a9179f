// Dates, times and timestamps as ASCII bytes.

import { ByteWriter } from '../../../format/byte-writer.ts'
import { civilFromDays } from '../../../types/calendar.ts'
import type { Hybrid } from '../../../types/value.ts'

const SECONDS_PER_DAY = 86_400
const POWERS = [1, 10, 100, 1e3, 1e4, 1e5, 1e6, 1e7, 1e8]

function writeTwo(out: ByteWriter, value: number): void {
  out.byte(48 + ((value / 10) | 0))
  out.byte(48 + (value % 10))
}

/** `yyyy-MM-dd` of days since 1970-01-01. */
export function writeDate(out: ByteWriter, days: number): void {
  const { year, month, day } = civilFromDays(days)
  if (year >= 0 && year <= 9999) {
    writeTwo(out, Math.floor(year / 100))
    writeTwo(out, year % 100)
  } else out.text(year < 0 ? `-${String(-year).padStart(4, '0')}` : `+${year}`)
  out.byte(45)
  writeTwo(out, month)
  out.byte(45)
  writeTwo(out, day)
}

/** `HH:mm:ss`, with a fraction of as many digits as it needs. */
export function writeTime(out: ByteWriter, msOfDay: number): void {
  writeClock(out, Math.floor(msOfDay / 1000))
  writeFraction(out, msOfDay % 1000, 3)
}

function writeClock(out: ByteWriter, seconds: number): void {
  const minutes = (seconds / 60) | 0
  const hours = (minutes / 60) | 0
  out.reserve(8)
  const { bytes } = out
  const at = out.length
  putTwo(bytes, at, hours)
  bytes[at + 2] = 58
  putTwo(bytes, at + 3, minutes - hours * 60)
  bytes[at + 5] = 58
  putTwo(bytes, at + 6, seconds - minutes * 60)
  out.length = at + 8
}

function putTwo(bytes: Uint8Array, at: number, value: number): void {
  const tens = (value / 10) | 0
  bytes[at] = 48 + tens
  bytes[at + 1] = 48 + value - tens * 10
}

function writeFraction(out: ByteWriter, value: number, digits: number): void {
  if (value === 0) return
  out.byte(46)
  let divisor = POWERS[digits - 1] as number
  let rest = value
  while (rest > 0) {
    const digit = (rest / divisor) | 0
    out.byte(48 + digit)
    rest -= digit * divisor
    divisor /= 10
  }
}

/** A writer of `yyyy-MM-dd HH:mm:ss[.fraction]` for timestamps of a precision; `separator` is the byte between date and time. */
export function createTimestampWriter(precision: number, separator: number) {
  const digits = precision <= 3 ? 3 : precision <= 6 ? 6 : 9
  const perSecond = 10 ** digits
  const date = rememberedDate()
  return (out: ByteWriter, value: Hybrid): void => {
    let seconds: number
    let fraction: number
    if (typeof value === 'number') {
      seconds = Math.floor(value / perSecond)
      fraction = value - seconds * perSecond
    } else {
      const whole = BigInt(perSecond)
      const rest = ((value % whole) + whole) % whole
      seconds = Number((value - rest) / whole)
      fraction = Number(rest)
    }
    const days = Math.floor(seconds / SECONDS_PER_DAY)
    out.append(date(days))
    out.byte(separator)
    writeClock(out, seconds - days * SECONDS_PER_DAY)
    writeFraction(out, fraction, digits)
  }
}

/** Timestamps that follow each other are mostly of one day. */
function rememberedDate(): (days: number) => Uint8Array {
  const scratch = new ByteWriter(16)
  let last = Number.NaN
  let text: Uint8Array = new Uint8Array()
  return days => {
    if (days === last) return text
    writeDate(scratch, days)
    text = scratch.take()
    last = days
    return text
  }
}

// Dates, times and timestamps as ASCII bytes.

import type { ByteWriter } from '../../../format/byte-writer.ts'
import { MS_PER_DAY, civilFromDays } from '../../../types/calendar.ts'
import type { Hybrid } from '../../../types/value.ts'

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
  writeTwo(out, Math.floor(seconds / 3600))
  out.byte(58)
  writeTwo(out, Math.floor(seconds / 60) % 60)
  out.byte(58)
  writeTwo(out, seconds % 60)
}

function writeFraction(out: ByteWriter, value: number, digits: number): void {
  if (value === 0) return
  out.byte(46)
  let divisor = 10 ** (digits - 1)
  while (value > 0) {
    out.byte(48 + Math.floor(value / divisor))
    value %= divisor
    divisor /= 10
  }
}

/** A writer of `yyyy-MM-dd HH:mm:ss[.fraction]` for timestamps of a precision; `separator` is the byte between date and time. */
export function createTimestampWriter(precision: number, separator: number) {
  const digits = precision <= 3 ? 3 : precision <= 6 ? 6 : 9
  const perSecond = 10 ** digits
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
    const days = Math.floor((seconds * 1000) / MS_PER_DAY)
    writeDate(out, days)
    out.byte(separator)
    writeClock(out, seconds - days * 86_400)
    writeFraction(out, fraction, digits)
  }
}

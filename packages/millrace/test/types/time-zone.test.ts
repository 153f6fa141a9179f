// Time zones: offsets against Intl itself, gaps and overlaps as in java.time.

import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { formatTimestamp, parseTimestamp } from '../../src/types/temporal-text.ts'
import {
  epochToLocalMs,
  isZoneId,
  legacyZoneName,
  localToEpochMs,
  windowTimerMs,
} from '../../src/types/time-zone.ts'

const ZONES = [
  'Europe/Berlin',
  'America/Los_Angeles',
  'Asia/Kolkata',
  'Australia/Lord_Howe',
  'Africa/Casablanca',
]

const instantOf = (local: string, zone: string, overlap?: 'earlier' | 'later'): string =>
  formatTimestamp(localToEpochMs(parseTimestamp(local, 3) as number, zone, overlap), 0)

describe('time zones', () => {
  it.each(ZONES)('show in %s what Intl shows', zone => {
    const format = new Intl.DateTimeFormat('sv-SE', {
      timeZone: zone,
      dateStyle: 'short',
      timeStyle: 'medium',
    })
    fc.assert(
      fc.property(fc.integer({ min: -2_208_988_800, max: 4_102_444_800 }), seconds => {
        const local = epochToLocalMs(seconds * 1000, zone)
        expect(formatTimestamp(local, 0)).toBe(format.format(seconds * 1000))
      }),
    )
  })

  it.each(ZONES)('in %s lead back to the instant, but for the second showing of an hour', zone => {
    fc.assert(
      fc.property(fc.integer({ min: -2_208_988_800, max: 4_102_444_800 }), seconds => {
        const local = epochToLocalMs(seconds * 1000, zone)
        const candidates = [localToEpochMs(local, zone), localToEpochMs(local, zone, 'later')]
        expect(candidates).toContain(seconds * 1000)
      }),
    )
  })

  it('move a skipped local time on by the gap', () => {
    expect(instantOf('2024-03-10 02:30:00', 'America/Los_Angeles')).toBe('2024-03-10 10:30:00')
  })

  it('take the earlier instant of a repeated local time unless told otherwise', () => {
    expect(instantOf('2024-11-03 01:30:00', 'America/Los_Angeles')).toBe('2024-11-03 08:30:00')
    expect(instantOf('2024-11-03 01:30:00', 'America/Los_Angeles', 'later')).toBe(
      '2024-11-03 09:30:00',
    )
  })

  it.each([
    ['+02:00', 2],
    ['GMT-8', -8],
    ['GMT+0530', 5.5],
    ['PST', -8],
    ['UTC', 0],
    ['No/Where', 0],
  ])('know %s', (zone, hours) => {
    expect(epochToLocalMs(0, zone)).toBe(hours * 3_600_000)
  })

  it.each([
    // Clocks go from 03:00 back to 02:00 at 01:00 UTC: a window that ends at half past two waits for the second.
    ['2024-10-27 01:59:59.999', '2024-10-26 23:59:59'],
    ['2024-10-27 02:29:59.999', '2024-10-27 01:29:59'],
    ['2024-10-27 02:59:59.999', '2024-10-27 01:59:59'],
    ['2024-10-27 03:29:59.999', '2024-10-27 02:29:59'],
    // They skip from 02:00 to 03:00 at 01:00 UTC.
    ['2024-03-31 01:59:59.999', '2024-03-31 00:59:59'],
    ['2024-03-31 02:29:59.999', '2024-03-31 01:00:00'],
    ['2024-03-31 03:29:59.999', '2024-03-31 01:29:59'],
  ])('close a window whose last moment is %s in Berlin at %s UTC', (last, closes) => {
    const timer = windowTimerMs(parseTimestamp(last, 3) as number, 'Europe/Berlin')
    expect(formatTimestamp(Math.floor(timer / 1000) * 1000, 0)).toBe(closes)
  })

  it('are looked up by their very name, and by offsets behind GMT, in the older class', () => {
    expect(legacyZoneName('Europe/Berlin')).toBe('Europe/Berlin')
    expect(legacyZoneName('europe/berlin')).toBe('UTC')
    expect(legacyZoneName('GMT+3')).toBe('GMT+3')
    expect(legacyZoneName('UTC+3')).toBe('UTC')
    expect(legacyZoneName('+05:30')).toBe('UTC')
    expect([isZoneId('+05:30'), isZoneId('EST'), isZoneId('Asia/Tokyo')]).toEqual([
      true,
      false,
      true,
    ])
  })
})

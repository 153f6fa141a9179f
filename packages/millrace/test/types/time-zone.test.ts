// Time zones: offsets against Intl itself, gaps and overlaps as in java.time.

import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { formatTimestamp, parseTimestamp } from '../../src/types/temporal-text.ts'
import { epochToLocalMs, localToEpochMs } from '../../src/types/time-zone.ts'

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
})

// Durations as text.

import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { durationMs, formatDuration, tryParseDuration } from '../../src/types/duration.ts'

describe('durations', () => {
  it.each([
    ['15m', 900_000],
    ['1 h 30 min', 5_400_000],
    ['500ms', 500],
    ['2.5 s', 2_500],
    ['1 day', 86_400_000],
    ['250', 250],
  ])('reads %s', (text, ms) => {
    expect(durationMs(text)).toBe(ms)
  })

  it.each(['', 'soon', '5 parsecs', '-1s', '1s of it', 'constructor', '1 constructor'])(
    'refuses %j',
    text => {
      expect(tryParseDuration(text)).toBeUndefined()
    },
  )

  it('refuses negative and unfinished numbers', () => {
    expect(() => durationMs(-1)).toThrow('is no duration')
    expect(() => durationMs(Number.NaN)).toThrow('is no duration')
  })

  it('reads back what it writes', () => {
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 10 ** 11 }), ms => {
        expect(tryParseDuration(formatDuration(ms))).toBeCloseTo(ms, 3)
      }),
    )
  })
})

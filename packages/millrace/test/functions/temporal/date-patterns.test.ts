// Java's date patterns, both dialects.

import { describe, expect, it } from 'vitest'
import { patternWriter } from '../../../src/functions/temporal/format-pattern.ts'
import { patternReader } from '../../../src/functions/temporal/parse-pattern.ts'
import { formatTimestamp, parseTimestamp } from '../../../src/types/temporal-text.ts'

const TIME = parseTimestamp('2024-02-09 13:02:03.456', 3) as number

const read = (dialect: 'java.time' | 'simple') => (text: string, pattern: string) => {
  const parsed = patternReader(pattern, dialect)?.(text)
  return parsed ? formatTimestamp(parsed.localMs, 3) : null
}

describe('date patterns', () => {
  it.each([
    ['yyyy-MM-dd HH:mm:ss.SSS', '2024-02-09 13:02:03.456'],
    ['yy/M/d h:mm a', '24/2/9 1:02 PM'],
    ["EEE, d MMM yyyy 'at' H''", "Fri, 9 Feb 2024 at 13'"],
    ['EEEE MMMM D', 'Friday February 40'],
    ['ss.SSSSSS', '03.456000'],
    ['[yyyy][-MM]', '2024-02'],
    ['Q', '1'],
  ])('write %s by java.time', (pattern, text) => {
    expect(patternWriter(pattern, 'java.time')?.(TIME, 0, 0)).toBe(text)
  })

  it('write milliseconds, not a fraction, by the older class', () => {
    expect(patternWriter('SSSSSS', 'simple')?.(TIME, 0, 0)).toBe('000456')
  })

  it('number weeks from Sunday, the first with January 1st', () => {
    const late = parseTimestamp('2024-12-30', 3) as number
    expect(patternWriter('YYYY-ww', 'java.time')?.(late, 0, 0)).toBe('2025-01')
  })

  it.each(["yyyy'", 'b', 'yyyy]'])('refuse %s', pattern => {
    expect(patternWriter(pattern, 'java.time')).toBeUndefined()
  })

  it.each([
    ['20240209 130203', 'yyyyMMdd HHmmss', '2024-02-09 13:02:03.000'],
    ['9.2.2024', 'd.M.yyyy', '2024-02-09 00:00:00.000'],
    ['2024-02-30', 'yyyy-MM-dd', '2024-02-29 00:00:00.000'],
    ['2024-2-9', 'yyyy-MM-dd', null],
    ['2024-02-09x', 'yyyy-MM-dd', null],
    ['01:02 PM', 'hh:mm a', '1970-01-01 13:02:00.000'],
    ['Feb 9 2024', 'MMM d yyyy', '2024-02-09 00:00:00.000'],
    ['2024-02', 'yyyy-MM[-dd]', '2024-02-01 00:00:00.000'],
    ['2024-13-01', 'yyyy-MM-dd', null],
  ])('read %s as %s by java.time', (text, pattern, time) => {
    expect(read('java.time')(text, pattern)).toBe(time)
  })

  it.each([
    ['2024-2-9', 'yyyy-MM-dd', '2024-02-09 00:00:00.000'],
    ['2024-13-32 rest', 'yyyy-MM-dd', '2025-02-01 00:00:00.000'],
    ['20240209', 'yyyyMMdd', '2024-02-09 00:00:00.000'],
    ['x', 'yyyy', null],
  ])('read %s as %s by the older class', (text, pattern, time) => {
    expect(read('simple')(text, pattern)).toBe(time)
  })
})

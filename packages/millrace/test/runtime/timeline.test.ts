import { describe, expect, it } from 'vitest'
import { CombinedClock, SourceClock } from '../../src/runtime/timeline.ts'
import { MAX_WATERMARK } from '../../src/types/value.ts'

function clocks(...watermarks: readonly number[]): SourceClock[] {
  return watermarks.map(w => Object.assign(new SourceClock(), { watermark: w }))
}

describe('the watermark of several inputs', () => {
  it('stays where an input that is idle has let it go, over a restart', () => {
    const [left, right] = clocks(100, 700) as [SourceClock, SourceClock]
    const clock = new CombinedClock([left, right])
    left.idle = true
    expect(clock.watermark).toBe(700)
    const after = new CombinedClock(clocks(100, 700))
    after.restore(clock.given)
    expect(after.watermark).toBe(700)
  })

  it('stays where the end of one input has let it go', () => {
    const clock = new CombinedClock(clocks(MAX_WATERMARK, 300))
    expect(clock.given).toBe(300)
  })

  it('forgets the end of all inputs: more may be added', () => {
    const [left, right] = clocks(100, 300) as [SourceClock, SourceClock]
    const clock = new CombinedClock([left, right])
    expect(clock.given).toBe(100)
    left.watermark = MAX_WATERMARK
    right.watermark = MAX_WATERMARK
    expect(clock.watermark).toBe(MAX_WATERMARK)
    expect(clock.given).toBe(100)
  })
})

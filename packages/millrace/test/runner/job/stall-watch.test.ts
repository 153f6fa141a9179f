// What a job does about standing still, look by look.

import { expect, it } from 'vitest'
import type { Source } from '../../../src/connector/source.ts'
import type { WatchedSplit } from '../../../src/runner/job/job-watch.ts'
import { StallWatch } from '../../../src/runner/job/stall-watch.ts'
import { nodePorts } from '../../../src/runner/node-ports.ts'

/** A split with records that do not come, though its source can open its connections anew. */
function silentSplit(): { readonly watched: WatchedSplit; renewals(): number } {
  let renewals = 0
  const source: Partial<Source> = {
    diagnose: async () => [{ fact: 'the postman is ill', isCurable: true }],
    renew: async () => {
      renewals++
    },
  }
  const input = { source, recordsRead: 0 } as WatchedSplit['input']
  const split = { split: { id: 's', spec: null } } as WatchedSplit['split']
  const lag = { position: 0, end: 7, records: 7, asOfMs: 0 }
  return { watched: { input, split, name: 'letters-0', lag }, renewals: () => renewals }
}

it('opens connections anew, then ends the life of a job that may begin again', async () => {
  const { watched, renewals } = silentSplit()
  let nowMs = 0
  const notices: string[] = []
  const watch = new StallWatch({
    program: 'post',
    inputs: [watched.input],
    clock: { ...nodePorts().clock, monotonic: () => nowMs, now: () => nowMs },
    timeoutMs: 1_000,
    holdup: () => undefined,
    notice: text => notices.push(text),
    mayBeginAgain: true,
  })
  const { signal } = new AbortController()
  for (; nowMs <= 2_500; nowMs += 500) await watch.look([watched], signal)
  await expect(watch.stalled).rejects.toMatchObject({
    code: 'MR_JOB_STALLED',
    message: expect.stringContaining('the postman is ill'),
  })
  expect(renewals()).toBe(1)
  expect(notices).toHaveLength(2)
})

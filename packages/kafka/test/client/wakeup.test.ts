// Waiting and waking between two who take turns.

import { getEventListeners } from 'node:events'
import { expect, it } from 'vitest'
import { Wakeup } from '../../src/client/wakeup.ts'

it('is not lost when it comes before anybody waits, and wakes once', async () => {
  const wakeup = new Wakeup()
  wakeup.notify()
  await wakeup.wait()
  let isAwake = false
  const waiting = wakeup.wait().then(() => {
    isAwake = true
  })
  await Promise.resolve()
  expect(isAwake).toBe(false)
  wakeup.notify()
  await waiting
})

it('leaves nothing on a signal that outlives many waits', async () => {
  const wakeup = new Wakeup()
  const { signal } = new AbortController()
  for (let i = 0; i < 100; i++) {
    const waiting = wakeup.wait(signal)
    expect(getEventListeners(signal, 'abort')).toHaveLength(1)
    wakeup.notify()
    await waiting
  }
  expect(getEventListeners(signal, 'abort')).toHaveLength(0)
})

it('wakes when its signal is aborted', async () => {
  const closing = new AbortController()
  const waiting = new Wakeup().wait(closing.signal)
  closing.abort()
  await waiting
})

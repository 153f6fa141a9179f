// Webhooks: what is sent, and receivers that fail, hang, reset, ask for a pause or take things twice.

import { createHmac } from 'node:crypto'
import { DELETE, INSERT, secret } from 'millrace'
import { describe, expect, it } from 'vitest'
import type { AlertOptions } from '../src/index.ts'
import { hang, type Hook, reset, startHook, status } from './hook.ts'
import { openSink } from './sink-harness.ts'
import { START_MS, until } from './turned-clock.ts'

const to = (hook: Hook, more: Partial<AlertOptions> = {}): AlertOptions => ({
  groupBy: ['origin'],
  groupWait: '0 s',
  groupInterval: '1 min',
  webhook: { url: hook.url },
  ...more,
})
const keyOf = (hook: Hook, index: number) => hook.received[index]?.headers['idempotency-key']

describe('a webhook', () => {
  it('gets a notification as JSON with its key, signed with the time', async () => {
    await using hook = await startHook()
    const signingSecret = secret('between us')
    const sink = await openSink(
      to(hook, { webhook: { url: hook.url, signingSecret, bearerToken: secret('let me in') } }),
    )
    await sink.raise('FRA', 'slow')
    await until(() => hook.received.length === 1)
    const [{ headers, body }] = hook.received as [Hook['received'][number]]
    const time = new Date(START_MS).toISOString()
    const id = headers['idempotency-key']
    expect(id).toMatch(/^[0-9a-f]{32}$/)
    expect(JSON.parse(body)).toEqual({
      version: 1,
      id,
      name: 'delays',
      status: 'firing',
      at: time,
      group: { origin: 'FRA' },
      alerts: [
        {
          status: 'firing',
          fingerprint: expect.stringMatching(/^[0-9a-f]{16}$/),
          startsAt: time,
          fields: { origin: 'FRA', note: 'slow' },
        },
      ],
      omitted: 0,
    })
    const timestamp = String(START_MS / 1000)
    const hmac = createHmac('sha256', 'between us').update(`${timestamp}.${body}`).digest('hex')
    expect(headers).toMatchObject({
      authorization: 'Bearer let me in',
      'x-millrace-timestamp': timestamp,
      'x-millrace-signature': `v1=${hmac}`,
    })
    await sink.writer.close()
  })

  it('gets a text that Slack shows, in which data mention and link nothing', async () => {
    await using hook = await startHook()
    const sink = await openSink(to(hook, { webhook: { url: hook.url, payload: 'slack' } }))
    await sink.raise('FRA', '<!channel> & <http://x>\nnew line')
    await until(() => hook.received.length === 1)
    expect(JSON.parse(hook.received[0]?.body ?? '')).toEqual({
      text: '*[FIRING:1] delays origin=FRA*\n• firing: origin=FRA note=&lt;!channel&gt; &amp; &lt;http://x&gt; new line',
    })
    await sink.writer.close()
  })

  it('that fails is tried again after pauses that double, with the same key and body', async () => {
    await using hook = await startHook(status(500), reset, status(503))
    const sink = await openSink(to(hook))
    await sink.raise('FRA', 'slow')
    for (const pauseMs of [1_000, 2_000, 4_000]) {
      await until(() => sink.clock.sleeps.includes(pauseMs) && sink.clock.sleeps.length === 1)
      sink.clock.turn(pauseMs)
    }
    await until(() => hook.received.length === 4)
    expect(new Set(hook.received.map(r => r.headers['idempotency-key'])).size).toBe(1)
    expect(new Set(hook.received.map(r => r.body)).size).toBe(1)
    await sink.writer.finish()
    expect(sink.writer.troubles).toEqual([])
    await sink.writer.close()
  })

  it('is left alone for as long as it asks', async () => {
    const date = new Date(START_MS + 150_000).toUTCString()
    await using hook = await startHook(
      status(429, { 'retry-after': '90' }),
      status(503, { 'retry-after': date }),
    )
    const sink = await openSink(to(hook))
    await sink.raise('FRA', 'slow')
    await until(() => sink.clock.sleeps.includes(90_000))
    sink.clock.turn(90_000)
    await until(() => sink.clock.sleeps.includes(60_000))
    sink.clock.turn(60_000)
    await until(() => hook.received.length === 3)
    await sink.writer.close()
  })

  it('that hangs holds no epoch back, and is tried again after the time-out', async () => {
    await using hook = await startHook(hang)
    const sink = await openSink(to(hook))
    await sink.raise('FRA', 'slow')
    await until(() => hook.received.length === 1)
    for (let i = 0; i < 10; i++) await sink.raise('FRA', `slow ${i}`)
    expect(hook.received).toHaveLength(1)
    sink.clock.turn(10_000)
    await until(() => sink.clock.sleeps.includes(1_000))
    expect(sink.writer.troubles).toEqual([
      'Alerts "delays": the webhook receiver has taken no alert for 0 s: it did not answer in time; notifications waiting: 1.',
    ])
    sink.clock.turn(1_000)
    await until(() => hook.received.length === 2)
    expect(keyOf(hook, 1)).toBe(keyOf(hook, 0))
    await sink.writer.close()
  })

  it('that hangs holds the end of a run back for a bounded time', async () => {
    await using hook = await startHook(hang)
    const sink = await openSink(to(hook, { options: { 'retry.timeout': '1 h' } }))
    await sink.raise('FRA', 'slow')
    await until(() => hook.received.length === 1)
    const finished = sink.writer.finish()
    await until(() => sink.clock.sleeps.includes(10_000))
    sink.clock.turn(10_000)
    await finished
    await sink.writer.close()
    await sink.epoch()
    const restarted = await openSink(to(hook), sink.state)
    await until(() => hook.received.length === 2)
    expect(keyOf(hook, 1)).toBe(keyOf(hook, 0))
    await restarted.writer.close()
  })

  it('that refuses a notification for good is not asked again, and that is told', async () => {
    await using hook = await startHook(status(400))
    const sink = await openSink(to(hook))
    await sink.raise('FRA', 'slow')
    await until(() => sink.writer.cutDueMs === 0)
    await sink.epoch()
    expect(sink.writer.troubles).toEqual(['Alerts "delays": notifications given up: 1.'])
    expect(hook.received).toHaveLength(1)
    sink.clock.turn(60_000)
    await sink.epoch()
    await until(() => hook.received.length === 2)
    expect(keyOf(hook, 1)).not.toBe(keyOf(hook, 0))
    await sink.writer.close()
  })

  it('that has failed for too long is given up', async () => {
    await using hook = await startHook(status(500), status(500))
    const sink = await openSink(to(hook, { options: { 'retry.for': '1 s' } }))
    await sink.raise('FRA', 'slow')
    await until(() => sink.clock.sleeps.includes(1_000))
    sink.clock.turn(1_000)
    await until(() => sink.writer.cutDueMs === 0)
    await sink.epoch()
    expect(sink.writer.troubles?.[0]).toContain('notifications given up: 1')
    await sink.writer.close()
  })

  it('is not followed to another address', async () => {
    await using other = await startHook()
    await using hook = await startHook(status(302, { location: other.url }))
    const sink = await openSink(to(hook))
    await sink.raise('FRA', 'slow')
    await until(() => sink.clock.sleeps.includes(1_000))
    expect(sink.writer.troubles?.[0]).toContain('it answered 302')
    expect(other.received).toEqual([])
    await sink.writer.close()
  })

  it('is told of the end', async () => {
    await using hook = await startHook()
    const sink = await openSink(to(hook))
    await sink.raise('FRA', 'slow')
    await until(() => sink.writer.cutDueMs === 0)
    await sink.epoch([[DELETE, ['FRA', '']]])
    sink.clock.turn(60_000)
    await sink.epoch()
    await until(() => hook.received.length === 2)
    expect(JSON.parse(hook.received[1]?.body ?? '')).toMatchObject({
      status: 'resolved',
      alerts: [{ status: 'resolved', endsAt: new Date(START_MS).toISOString() }],
    })
    await sink.writer.close()
  })
})

describe('after a crash', () => {
  it('what was committed and not acknowledged is told again, under the same key', async () => {
    await using hook = await startHook(hang)
    const sink = await openSink(to(hook))
    await sink.raise('FRA', 'slow')
    await until(() => hook.received.length === 1)
    const restarted = await openSink(to(hook), sink.state)
    await until(() => hook.received.length === 2)
    expect(keyOf(hook, 1)).toBe(keyOf(hook, 0))
    expect(hook.received[1]?.body).toBe(hook.received[0]?.body)
    await restarted.writer.close()
    await sink.writer.close()
  })

  it('what was acknowledged is told to nobody again', async () => {
    await using hook = await startHook()
    const sink = await openSink(to(hook))
    await sink.raise('FRA', 'slow')
    await until(() => sink.writer.cutDueMs === 0)
    await sink.epoch()
    const restarted = await openSink(to(hook), sink.state, sink.clock)
    await restarted.raise('FRA', 'slow')
    await restarted.writer.finish()
    expect(hook.received).toHaveLength(1)
    await restarted.writer.close()
  })

  it('what was not committed had been told to nobody', async () => {
    await using hook = await startHook()
    const sink = await openSink(to(hook))
    await sink.epoch([[INSERT, ['FRA', 'slow']]], false)
    await sink.writer.finish()
    expect(hook.received).toEqual([])
    await sink.writer.close()
  })
})

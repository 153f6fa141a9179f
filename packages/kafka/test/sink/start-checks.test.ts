// Times that cannot work together are refused when a program starts, not when they first hurt.

import { expect, it } from 'vitest'
import { brokerAddress, createTopic, describeWithBroker, useCluster } from '../broker/use-broker.ts'
import { runToEnd, type RunSettings } from '../source/run-query.ts'

describeWithBroker('the start of a program that writes exactly once', () => {
  const cluster = useCluster()

  async function start(options: Record<string, string>, settings: RunSettings = {}) {
    const topic = await createTopic(cluster.current)
    const all = {
      connector: 'kafka',
      topic,
      format: 'json',
      'properties.bootstrap.servers': brokerAddress,
      'sink.delivery-guarantee': 'exactly-once',
      ...options,
    }
    const list = Object.entries(all).map(([k, v]) => `'${k}' = '${v}'`)
    return runToEnd(
      `CREATE TABLE numbers (n INT) WITH (${list.join(', ')}); INSERT INTO numbers VALUES (1);`,
      { name: topic, ...settings },
    )
  }

  it.each([
    [1_000, undefined, 'more than five epochs, which are 200 ms each: more than 1000'],
    [60_000, 15_000, 'more than five epochs, which are 15000 ms each: more than 75000'],
  ])(
    'refuses a transaction time-out of %i ms with epochs of %s ms',
    async (timeoutMs, epochMs, expected) => {
      const options = { 'properties.transaction.timeout.ms': `${timeoutMs}` }
      const started = start(options, epochMs === undefined ? {} : { epochMs })
      await expect(started).rejects.toMatchObject({
        code: 'MR_OPTION_INVALID',
        option: 'properties.transaction.timeout.ms',
        remedy: `It takes ${expected}.`,
      })
    },
  )

  it('takes one that is longer', async () => {
    const options = { 'properties.transaction.timeout.ms': '1001' }
    expect(await start(options)).toMatchObject({ outcome: 'finished', rowsWritten: 1 })
  })

  it('refuses a transaction time-out beyond that of the brokers, and says theirs', async () => {
    const started = start({ 'properties.transaction.timeout.ms': '1000000' })
    await expect(started).rejects.toMatchObject({ error: 'INVALID_TRANSACTION_TIMEOUT' })
    await expect(started).rejects.toThrow('1000000 ms, and the brokers take 900000 at most')
  })

  it('refuses heartbeats that are rarer than a third of the session', async () => {
    const started = start({
      'properties.session.timeout.ms': '6000',
      'properties.heartbeat.interval.ms': '2001',
    })
    await expect(started).rejects.toMatchObject({
      option: 'properties.heartbeat.interval.ms',
      remedy: "It takes 1 to 2000: a third of 'properties.session.timeout.ms'.",
    })
  })

  it('beats three times within a session that is shorter than usual', async () => {
    expect(await start({ 'properties.session.timeout.ms': '1500' })).toMatchObject({
      outcome: 'finished',
    })
  })

  it('refuses a session that the brokers do not take, and says what bounds it', async () => {
    const started = start({ 'properties.session.timeout.ms': '300' })
    await expect(started).rejects.toMatchObject({
      error: 'INVALID_SESSION_TIMEOUT',
      remedy: expect.stringContaining('group.min.session.timeout.ms'),
    })
  })
})

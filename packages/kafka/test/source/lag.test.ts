// How far a running program is behind its partitions, by its own account.

import { createConnectors, EmbeddedRunner, type EmbeddedRun, lagMs, loadScript } from 'millrace'
import { afterEach, expect, it } from 'vitest'
import { kafkaFactories } from '../../src/index.ts'
import { putRecords } from '../broker/put-records.ts'
import { brokerAddress, createTopic, describeWithBroker, useCluster } from '../broker/use-broker.ts'
import { readyProducer } from '../t0/test-producer.ts'
import { createDam, type Dam } from './dammed-sink.ts'

describeWithBroker('the lag of a source', () => {
  const cluster = useCluster()
  let run: EmbeddedRun | undefined
  let dam: Dam
  afterEach(async () => {
    dam.open()
    await run?.stop()
  })

  /** Runs a program that reads a topic, three records at a time; a dammed one stops behind the first three. */
  async function start(
    topic: string,
    { isDammed = false, options = '' } = {},
  ): Promise<EmbeddedRun> {
    const connectors = createConnectors()
    for (const source of kafkaFactories.sources) connectors.addSource(source)
    dam = createDam()
    connectors.addSink(dam.factory)
    if (!isDammed) dam.open()
    const { program } = loadScript(
      `CREATE TABLE numbers (v STRING) WITH ('connector' = 'kafka', 'topic' = '${topic}', 'format' = 'raw',
         'properties.bootstrap.servers' = '${brokerAddress}', 'scan.startup.mode' = 'earliest-offset' ${options});
       CREATE TABLE behind (v STRING) WITH ('connector' = 'dam');
       INSERT INTO behind SELECT v FROM numbers;`,
      { name: `lag-${topic}`, connectors },
    )
    run = await new EmbeddedRunner({ batchRecords: 3 }).start(program)
    return run
  }

  const lagOf = ({ job }: EmbeddedRun) => job.inputs[0]?.lags[0]?.lag

  it('is nothing at the end, even where markers of transactions are the last that is there', async () => {
    const topic = await createTopic(cluster.current)
    const place = { topic, partition: 0 }
    const producer = await readyProducer(cluster.current, `tx-${topic}`)
    await producer.transact(place, ['a', 'b'])
    await producer.transact(place, ['c'], false)
    const running = await start(topic)
    await expect.poll(() => lagOf(running)).toMatchObject({ position: 5, end: 5, records: 0 })
    expect(lagMs(lagOf(running)!, Date.now())).toBe(0)
    expect(running.job.inputs[0]?.lags[0]?.split).toBe(`${topic}-0`)
    expect(lagOf(running)?.held).toBeUndefined()
  })

  it('is counted from the record that is next, and its age is that of this record', async () => {
    const topic = await createTopic(cluster.current)
    const at = Date.now() - 60_000
    for (const batch of [0, 5])
      await putRecords(
        cluster.current,
        topic,
        0,
        Array.from({ length: 5 }, (_, i) => ({ value: 'x', timestamp: at + (batch + i) * 1000 })),
      )
    const running = await start(topic, { isDammed: true })
    await expect.poll(() => lagOf(running)).toMatchObject({ position: 3, end: 10, records: 7 })
    expect(lagOf(running)?.nextMs).toBe(at + 3000)
    expect(lagMs(lagOf(running)!, at + 10_000)).toBe(7_000)
    dam.open()
    await expect.poll(() => lagOf(running)).toMatchObject({ position: 10, end: 10, records: 0 })
  })

  it('ends before the first open transaction, and tells what that holds back, and since when', async () => {
    const topic = await createTopic(cluster.current)
    const place = { topic, partition: 0 }
    await putRecords(cluster.current, topic, 0, [{ value: 'a' }, { value: 'b' }])
    const running = await start(topic)
    await expect.poll(() => lagOf(running)).toMatchObject({ position: 2, end: 2 })
    const producer = await readyProducer(cluster.current, `tx-${topic}`)
    const before = Date.now()
    await producer.mustPut(place, ['c', 'd', 'e'])
    await putRecords(cluster.current, topic, 0, [{ value: 'f' }])
    await expect
      .poll(() => lagOf(running))
      .toMatchObject({ position: 2, end: 2, records: 0, held: { end: 6 } })
    // What was there before stood still with nothing behind it.
    const since = lagOf(running)?.held?.sinceMs ?? 0
    expect(since).toBeGreaterThanOrEqual(before)
    await putRecords(cluster.current, topic, 0, [{ value: 'g' }])
    await expect.poll(() => lagOf(running)?.held).toEqual({ end: 7, sinceMs: since })
    await producer.mustEnd(true)
    await expect.poll(() => lagOf(running)).toMatchObject({ position: 8, end: 8, records: 0 })
    expect(lagOf(running)?.held).toBeUndefined()
  })

  it('ends at the high watermark where open transactions are read', async () => {
    const topic = await createTopic(cluster.current)
    const producer = await readyProducer(cluster.current, `tx-${topic}`)
    await producer.mustPut({ topic, partition: 0 }, ['a', 'b'])
    const options = `, 'properties.isolation.level' = 'read_uncommitted'`
    const running = await start(topic, { options })
    await expect.poll(() => lagOf(running)).toMatchObject({ position: 2, end: 2, records: 0 })
    expect(lagOf(running)?.held).toBeUndefined()
    await producer.mustEnd(false)
  })
})

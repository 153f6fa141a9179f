// A program that stands still says so, finds out why, and helps itself where it can.

import { randomUUID } from 'node:crypto'
import { setTimeout as sleep } from 'node:timers/promises'
import {
  createConnectors,
  EmbeddedRunner,
  type EmbeddedRun,
  loadScript,
  setProgramHost,
} from 'millrace'
import { afterAll, afterEach, beforeAll, beforeEach, expect, it } from 'vitest'
import type { Cluster } from '../../src/client/cluster.ts'
import { kafkaFactories } from '../../src/index.ts'
import { putRecords } from '../broker/put-records.ts'
import { createTopic } from '../broker/use-broker.ts'
import {
  createClusterAt,
  describeWithOwnBroker,
  ownBroker,
  useProxy,
} from '../broker/use-own-broker.ts'
import { readyProducer } from '../t0/test-producer.ts'
import { createDam, type Dam } from './dammed-sink.ts'

describeWithOwnBroker('a program that stands still', () => {
  const proxy = useProxy()
  let cluster: Cluster
  let notices: string[]
  let run: EmbeddedRun | undefined
  let dam: Dam
  beforeAll(() => {
    cluster = createClusterAt(ownBroker.bootstrap)
  })
  afterAll(() => cluster.close())
  beforeEach(() => {
    notices = []
    setProgramHost({ notice: text => notices.push(text) })
    dam = createDam()
    dam.open()
  })
  afterEach(async () => {
    setProgramHost(undefined)
    dam.open()
    await run?.stop()
  })

  /** Starts a program that reads a topic through the proxy; it may stand still for a second. */
  async function start(
    topic: string,
    {
      sink = `'connector' = 'dam'`,
      options = '',
      timeout = '1 s',
      by = 'topic',
      pattern = topic,
    } = {},
  ): Promise<EmbeddedRun> {
    return startScript(
      `SET 'stall-timeout' = '${timeout}';
       CREATE TABLE numbers (v STRING) WITH ('connector' = 'kafka', '${by}' = '${pattern}', 'format' = 'raw',
         'properties.bootstrap.servers' = '${proxy.current.address}', 'scan.startup.mode' = 'earliest-offset' ${options});
       CREATE TABLE results (v STRING) WITH (${sink});
       INSERT INTO results SELECT v FROM numbers;`,
    )
  }

  async function startScript(script: string): Promise<EmbeddedRun> {
    const connectors = createConnectors()
    for (const source of kafkaFactories.sources) connectors.addSource(source)
    for (const factory of [...kafkaFactories.sinks, dam.factory]) connectors.addSink(factory)
    const { program } = loadScript(script, { name: 'numbers', connectors })
    run = await new EmbeddedRunner({ batchRecords: 3 }).start(program)
    return run
  }

  const put = (topic: string, count: number) =>
    putRecords(
      cluster,
      topic,
      0,
      Array.from({ length: count }, () => ({ value: 'x' })),
    )
  const said = (text: RegExp) =>
    expect.poll(() => notices.some(n => text.test(n)), { timeout: 30_000 }).toBe(true)

  it('for a broker that falls silent names it, and goes on over a fresh connection', async () => {
    const topic = await createTopic(cluster)
    await put(topic, 3)
    const { job } = await start(topic)
    await expect.poll(() => job.recordsRead).toBe(3)
    const rule = proxy.current.addRule({ api: 'Fetch', fault: { kind: 'black-hole' } })
    await rule.whenStruck()
    const struck = performance.now()
    await put(topic, 4)
    await expect.poll(() => job.recordsRead, { timeout: 20_000 }).toBe(7)
    // Long before the request would time out.
    expect(performance.now() - struck).toBeLessThan(20_000)
    await said(/^numbers goes on, after \d+ s\.$/)
    expect(notices[0]).toMatch(
      /^numbers stands still: nothing was processed for \d+ s, though it is not known whether more of \S+-0 is there\. Broker 1 has not answered a fetch of \S+-0 for \d\.\d s\. It is asked anew over fresh connections\.$/,
    )
    expect(job.troubles).toEqual([])
  })

  it('for a sink that takes nothing more names that, and leaves it alone', async () => {
    const topic = await createTopic(cluster)
    await put(topic, 10)
    dam = createDam()
    const { job } = await start(topic)
    await said(/^numbers stands still/)
    expect(notices[0]).toMatch(
      /though 7 records of \S+-0 can be read\. Sink results holds \d+\.\d MiB that it has not passed on, and epoch 1 has been on its way for \d\.\d s\.$/,
    )
    expect(job.troubles).toEqual(notices.slice(-1))
    dam.open()
    await said(/^numbers goes on/)
    expect(job.recordsRead).toBe(10)
  })

  it('for a transaction that stays open names that, though nothing can be read', async () => {
    const topic = await createTopic(cluster)
    await put(topic, 2)
    const producer = await readyProducer(cluster, `tx-${topic}`)
    await producer.mustPut({ topic, partition: 0 }, ['c', 'd', 'e'])
    const { job } = await start(topic)
    await said(/./)
    expect(notices[0]).toMatch(
      /^numbers: what may be read of \S+-0 has stood still at 2 for \d s, with 3 records behind it\. The transaction of "tx-\S+" \(producer \d+, epoch \d+, open for \d+\.\d s\) holds what is there from offset 2 of \S+-0 on\. Its producer has to commit or abort it;/,
    )
    expect(job.troubles).toEqual(notices)
    await producer.mustEnd(true)
    await expect.poll(() => job.recordsRead).toBe(5)
    await expect.poll(() => job.troubles).toEqual([])
    // Whoever takes so long for each transaction is told of once.
    await producer.mustPut({ topic, partition: 0 }, ['f'])
    await sleep(1_500)
    await producer.mustEnd(true)
    await expect.poll(() => job.recordsRead).toBe(6)
    expect(notices).toHaveLength(1)
  })

  it('for brokers that none can reach says so, again and again, and goes on when they are back', async () => {
    const topic = await createTopic(cluster)
    await put(topic, 1)
    const { job } = await start(topic)
    await expect.poll(() => job.recordsRead).toBe(1)
    proxy.current.partition()
    await said(/No Kafka broker answers at \S+: .*\. Check 'properties\.bootstrap\.servers'/)
    await put(topic, 2)
    proxy.current.heal()
    await expect.poll(() => job.recordsRead, { timeout: 20_000 }).toBe(3)
    await said(/^numbers goes on/)
  })

  it('begins again where fresh connections do not help, and Kafka decides on its epochs', async () => {
    const topic = await createTopic(cluster)
    const output = await createTopic(cluster)
    await put(topic, 1)
    const rule = proxy.current.addRule({
      api: 'Fetch',
      fault: { kind: 'black-hole' },
      after: 1,
      times: Number.POSITIVE_INFINITY,
    })
    const running = await start(topic, {
      sink: `'connector' = 'kafka', 'topic' = '${output}', 'format' = 'raw',
        'properties.bootstrap.servers' = '${ownBroker.bootstrap}', 'sink.delivery-guarantee' = 'exactly-once'`,
      options: `, 'properties.group.id' = 'g-${topic}'`,
    })
    const again =
      /^numbers begins again in \S+ s\. numbers has processed nothing for \d+ s: broker 1 has not/
    await expect.poll(() => notices.some(n => again.test(n)), { timeout: 20_000 }).toBe(true)
    proxy.current.removeRule(rule)
    await put(topic, 4)
    await expect.poll(() => running.job.rowsWritten, { timeout: 20_000 }).toBeGreaterThan(3)
    expect(notices.filter(n => n.includes('stands still')).length).toBeGreaterThanOrEqual(2)
  })

  it('for watermarks that have to keep together names the split that the others wait for', async () => {
    const [ahead, behind] = [await createTopic(cluster), await createTopic(cluster)]
    const at = (minute: number) => ({ value: `{"at":"2026-01-01 00:${minute}:00"}` })
    await putRecords(cluster, behind, 0, [at(10)])
    await putRecords(cluster, ahead, 0, [at(10), at(20), at(30), at(40)])
    const table = (name: string, topic: string) => `
      CREATE TABLE ${name} (\`at\` TIMESTAMP(3), WATERMARK FOR \`at\` AS \`at\`) WITH (
        'connector' = 'kafka', 'topic' = '${topic}', 'format' = 'json', 'scan.startup.mode' = 'earliest-offset',
        'properties.bootstrap.servers' = '${proxy.current.address}',
        'scan.watermark.alignment.group' = 'g', 'scan.watermark.alignment.max-drift' = '5 min');`
    const { job } = await startScript(`
      SET 'stall-timeout' = '1 s'; SET 'table.exec.source.idle-timeout' = '0 s';
      ${table('fast', ahead)} ${table('slow', behind)}
      CREATE TABLE results (\`at\` TIMESTAMP(3)) WITH ('connector' = 'dam');
      INSERT INTO results SELECT \`at\` FROM fast UNION ALL SELECT \`at\` FROM slow;`)
    await said(/^numbers stands still/)
    expect(notices[0]).toContain(
      `Watermark alignment holds it back: ${behind}-0 is behind the others of its group.`,
    )
    const read = job.recordsRead
    await putRecords(cluster, behind, 0, [at(50)])
    await said(/^numbers goes on/)
    expect(job.recordsRead).toBeGreaterThan(read)
  })

  it('for a pattern that no topic matches says that there is nothing to read, until there is', async () => {
    const prefix = randomUUID()
    const options = `, 'scan.topic-partition-discovery.interval' = '1 s'`
    const { job } = await start(prefix, { options, by: 'topic-pattern', pattern: `${prefix}.*` })
    await said(/^numbers: there is nothing of topic \S+\.\* that it may read\.$/)
    const topic = await createTopic(cluster, 1, {}, `${prefix}-1`)
    await put(topic, 2)
    await expect.poll(() => job.recordsRead, { timeout: 10_000 }).toBe(2)
    await expect.poll(() => job.troubles).toEqual([])
  })

  it('says nothing while nothing is there to be read, or where it is not to watch', async () => {
    const topic = await createTopic(cluster)
    await put(topic, 1)
    const quiet = await start(topic, { timeout: '2 s' })
    await sleep(4_500)
    await quiet.stop()
    dam = createDam()
    await put(topic, 9)
    await start(topic, { timeout: '0 s' })
    await sleep(1_500)
    expect(notices).toEqual([])
  })
})

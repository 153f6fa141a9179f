// `millrace lag`, of a program that is not running and of a group, over a real broker.

import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, it } from 'vitest'
import { endOf, startCommand } from '../../../cli/test/support/command.ts'
import { commitOffsets } from '../../src/client/offsets.ts'
import { putRecords } from '../broker/put-records.ts'
import { brokerAddress, createTopic, describeWithBroker, useCluster } from '../broker/use-broker.ts'
import { runToEnd } from '../source/run-query.ts'
import { readyProducer } from '../t0/test-producer.ts'

describeWithBroker('millrace lag', () => {
  const cluster = useCluster()
  let folder: string
  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), 'millrace-lag-'))
  })
  afterEach(() => rm(folder, { recursive: true, force: true }))

  const lag = (...args: readonly string[]) => endOf(startCommand(folder, ['lag', ...args]))

  const scriptOf = (topic: string, more = '') => `
    CREATE TABLE payments (v STRING) WITH ('connector' = 'kafka', 'topic' = '${topic}', 'format' = 'raw',
      'properties.bootstrap.servers' = '${brokerAddress}', 'scan.startup.mode' = 'earliest-offset' ${more});
    CREATE TABLE copies (v STRING) WITH ('connector' = 'blackhole');
    INSERT INTO copies SELECT v FROM payments;`

  it('tells how far a program is behind, and holds it against limits', async () => {
    const topic = await createTopic(cluster.current)
    await putRecords(cluster.current, topic, 0, [{ value: 'a' }, { value: 'b' }])
    const name = `copy-${topic}`
    await writeFile(join(folder, `${name}.sql`), scriptOf(topic))
    await runToEnd(scriptOf(topic, `, 'scan.bounded.mode' = 'latest-offset'`), { name })
    const at = Date.now() - 200_000
    await putRecords(cluster.current, topic, 0, [{ value: 'c', timestamp: at }])
    const width = topic.length
    const printed = await lag(`${name}.sql`)
    expect(printed).toMatchObject({ code: 0, stderr: '' })
    expect(printed.stdout.replace(/\d{3}\.\d s/, '200.0 s').split('\n')).toEqual([
      `group ${name} at ${brokerAddress}`,
      `${'topic'.padEnd(width)}  partition  committed  end  behind  behind by  held back`,
      `${topic.padEnd(width)}          0          2    3       1    200.0 s          0`,
      '',
    ])
    expect((await lag(`${name}.sql`, '--max-records', '1', '--max-seconds', '1000')).code).toBe(0)
    const over = await lag(`${name}.sql`, '--max-records', '0', '--max-seconds', '60')
    expect(over.code).toBe(3)
    expect(over.stderr).toMatch(
      /^\S+-0 is 1 record behind, more than 0\.\n\S+-0 is \d+\.\d s behind, more than 60\.\n$/,
    )
  })

  it('tells of each group and topic of a program once, however many tables read them', async () => {
    const [one, two] = [await createTopic(cluster.current), await createTopic(cluster.current)]
    const script = [one, one, two]
      .map(topic => scriptOf(topic))
      .map((text, i) => text.replaceAll(/payments|copies/g, name => name + i))
    const own = script[2]?.replace(`'format'`, `'properties.group.id' = 'other-${two}', 'format'`)
    await writeFile(join(folder, `p-${one}.sql`), [script[0], script[1], own].join('\n'))
    const { stdout } = await lag(`p-${one}.sql`, '--json')
    const found = JSON.parse(stdout) as { groupId: string; partitions: { topic: string }[] }[]
    expect(found.map(g => [g.groupId, g.partitions.map(p => p.topic)])).toEqual([
      [`p-${one}`, [one]],
      [`other-${two}`, [two]],
    ])
  })

  it('tells of a group by its name, with the transaction that holds records back', async () => {
    const topic = await createTopic(cluster.current)
    await putRecords(cluster.current, topic, 0, [{ value: 'a' }])
    const groupId = `g-${topic}`
    await commitOffsets(cluster.current, { groupId }, [
      { topic, partition: 0, offset: 1, metadata: '' },
    ])
    const producer = await readyProducer(cluster.current, `tx-${topic}`)
    await producer.mustPut({ topic, partition: 0 }, ['b'])
    await writeFile(join(folder, 'client.properties'), `bootstrap.servers=${brokerAddress}\n`)
    const text = await lag('--group', groupId, '--config', 'client.properties')
    expect(text.stdout).toContain(`${topic}-0: the transaction of "tx-${topic}" (producer `)
    expect(text.stdout).toContain('  Its producer has to commit or abort it;')
    const json = await lag('--group', groupId, '--brokers', brokerAddress, '--json')
    await producer.end(false)
    expect(JSON.parse(json.stdout)).toMatchObject([
      {
        groupId,
        partitions: [
          {
            topic,
            partition: 0,
            committed: 1,
            end: 1,
            highWatermark: 2,
            records: 0,
            lagMs: 0,
            heldBy: { producerId: `${producer.identity.id}`, startOffset: 1 },
          },
        ],
      },
    ])
  })

  it('has limits exceeded where nothing is committed', async () => {
    const topic = await createTopic(cluster.current)
    await putRecords(cluster.current, topic, 0, [{ value: 'a' }])
    await writeFile(join(folder, `p-${topic}.sql`), scriptOf(topic))
    const { code, stdout, stderr } = await lag(`p-${topic}.sql`, '--max-seconds', '10')
    expect(code).toBe(3)
    expect(stdout).toContain(`The group has committed no offset of ${topic}-0.`)
    expect(stderr).toBe(`${topic}-0 has records, and no offset of it is committed.\n`)
  })

  it('says what it needs to know', async () => {
    const said = async (...args: readonly string[]) => (await lag(...args)).stderr
    expect(await said()).toContain('Name a program')
    expect(await said('--group', 'g')).toContain('Name the brokers')
    expect(await said('--group', 'g', '--config', 'gone')).toContain('gone cannot be read (ENOENT)')
    expect(await said('--group', 'g', '--max-records', 'x')).toContain('is a number from 0 on')
  })
})

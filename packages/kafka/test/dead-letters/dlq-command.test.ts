// `millrace dlq` over a real broker: what it tells of letters in a topic, and that each is replayed once.

import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { loadScript, createConnectors, nodePorts, type Program } from 'millrace'
import { afterEach, beforeEach, expect, it } from 'vitest'
import { endOf, startCommand } from '../../../cli/test/support/command.ts'
import { kafkaFactories, replayLetters } from '../../src/index.ts'
import { putRecords } from '../broker/put-records.ts'
import { brokerAddress, createTopic, describeWithBroker, useCluster } from '../broker/use-broker.ts'
import { changesOf, runToEnd } from '../source/run-query.ts'

describeWithBroker('millrace dlq', () => {
  const cluster = useCluster()
  let folder: string
  let topic: string
  let output: string
  let name: string

  const dlq = (...args: readonly string[]) => endOf(startCommand(folder, ['dlq', ...args]))
  const place = (t: string) =>
    `'connector' = 'kafka', 'topic' = '${t}', 'properties.bootstrap.servers' = '${brokerAddress}'`
  const whole = `'scan.startup.mode' = 'earliest-offset', 'scan.bounded.mode' = 'latest-offset'`
  const script = () => `
    CREATE TABLE orders (id INT) WITH (${place(topic)}, 'format' = 'json', ${whole}, 'dead-letter.topic' = '${topic}-dead');
    CREATE TABLE copies (id INT) WITH (${place(output)}, 'format' = 'json', 'sink.delivery-guarantee' = 'exactly-once');
    INSERT INTO copies SELECT id FROM orders;`

  function program(): Program {
    const connectors = createConnectors()
    for (const source of kafkaFactories.sources) connectors.addSource(source)
    for (const sink of kafkaFactories.sinks) connectors.addSink(sink)
    return loadScript(script(), { name, connectors }).program
  }

  /** All records of a topic: offset, key, value, headers, time. */
  const recordsIn = (t: string) =>
    changesOf(`CREATE TABLE t (v STRING, o BIGINT METADATA FROM 'offset', k BYTES METADATA FROM 'key',
      h MAP<STRING, BYTES> METADATA FROM 'headers', t TIMESTAMP_LTZ(3) METADATA FROM 'timestamp')
      WITH (${place(t)}, 'format' = 'raw', ${whole});
      SELECT o, k, v, h, EXTRACT(EPOCH FROM t) FROM t;`)

  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), 'millrace-dlq-'))
    topic = await createTopic(cluster.current)
    output = await createTopic(cluster.current)
    name = `copy-${topic}`
    await writeFile(join(folder, `${name}.sql`), script())
    await putRecords(cluster.current, topic, 0, [
      { value: '{"id":1}' },
      { key: 'a', value: '{"id":"two"}', timestamp: 5000, headers: [['trace', 't2']] },
      { value: '{"id":3}' },
      { key: 'b', value: '{\u0000\u0001', timestamp: 6000 },
    ])
    await runToEnd(script(), { name, options: new Map() })
  })
  afterEach(() => rm(folder, { recursive: true, force: true }))

  it('lists letters, those that are asked for', async () => {
    const { stdout, stderr, code } = await dlq('list', `${name}.sql`)
    expect([code, stderr]).toEqual([0, ''])
    const [head, ...lines] = stdout.trimEnd().split('\n')
    expect(head).toMatch(/^id +put aside +from +place +code +reason +replayed$/)
    expect(lines.map(l => l.split(/ {2,}/).slice(2, 5))).toEqual([
      ['orders', `${topic}-0 offset 1`, 'MR_DATA_MALFORMED'],
      ['orders', `${topic}-0 offset 3`, 'MR_DATA_MALFORMED'],
    ])
    const none = 'There are no dead letters.\n'
    const listed = async (...args: string[]) => (await dlq('list', `${name}.sql`, ...args)).stdout
    expect(await listed('--source', 'others')).toBe(none)
    expect(await listed('--code', 'MR_DATA_EVALUATION')).toBe(none)
    expect(await listed('--since', '2100-01-01')).toBe(none)
    expect(await listed('--since', '1h', '--source', 'orders')).toBe(stdout)
  })

  it('gives letters as data', async () => {
    const { stdout } = await dlq('list', `${name}.sql`, '--output', 'ndjson')
    const [letter] = stdout.split('\n').map(l => (l === '' ? undefined : JSON.parse(l)))
    expect(letter).toMatchObject({
      id: expect.stringMatching(new RegExp(`^${topic}-dead/\\d+/\\d+$`)),
      program: name,
      code: 'MR_DATA_MALFORMED',
      topic,
      partition: 0,
      offset: 1,
      timestamp: 5000,
      key: Buffer.from('a').toString('base64'),
      value: Buffer.from('{"id":"two"}').toString('base64'),
      headers: [['trace', Buffer.from('t2').toString('base64')]],
      replayed: false,
    })
  })

  it('shows all of a letter, bytes that are no text in hex', async () => {
    const { stdout: listed } = await dlq('list', `${name}.sql`)
    const ids = listed
      .trimEnd()
      .split('\n')
      .slice(1)
      .map(l => l.split(' ', 1)[0] as string)
    const { stdout: text } = await dlq('show', `${name}.sql`, ids[0] as string)
    expect(text).toContain(`letter     ${ids[0]}\n`)
    expect(text).toContain('time       1970-01-01T00:00:05.000Z\n')
    expect(text).toContain('header     trace = t2\nkey\n  a\nvalue\n  {"id":"two"}\n')
    const { stdout: bytes } = await dlq('show', `${name}.sql`, ids[1] as string)
    expect(bytes).toMatch(/value\n {2}00000000 {2}7b 00 01 +\{\.\.\n$/)
    expect((await dlq('show', `${name}.sql`, 'x/0/99')).stderr).toContain(
      'There is no letter x/0/99',
    )
  })

  it('replays letters as they were read, each once', async () => {
    const first = await dlq('replay', `${name}.sql`, '--all')
    expect(first).toEqual({ code: 0, stdout: `${name}: 2 replayed.\n`, stderr: '' })
    const again = await dlq('replay', `${name}.sql`, '--all')
    expect(again.stdout).toBe(`${name}: 0 replayed; 2 were replayed before.\n`)
    expect((await recordsIn(topic)).slice(4)).toEqual([
      '+I 4 a {"id":"two"} {trace=t2} 5',
      '+I 5 b {\u0000\u0001 {} 6',
    ])
    const { stdout } = await dlq('list', `${name}.sql`)
    expect(stdout.match(/ yes$/gm)).toHaveLength(2)
    const mended = `
      CREATE TABLE mended (id STRING) WITH (${place(topic)}, 'format' = 'json',
        'scan.startup.mode' = 'specific-offsets', 'scan.startup.specific-offsets' = 'partition:0,offset:4',
        'scan.bounded.mode' = 'specific-offsets', 'scan.bounded.specific-offsets' = 'partition:0,offset:5');
      SELECT id FROM mended;`
    expect(await changesOf(mended)).toEqual(['+I two'])
  })

  it('replays those that are named, to another topic where that is wanted', async () => {
    const other = await createTopic(cluster.current)
    const [id = ''] = (await dlq('list', `${name}.sql`)).stdout.split('\n')[1]?.split(' ') ?? []
    const { stdout } = await dlq('replay', `${name}.sql`, id, '--topic', other)
    expect(stdout).toBe(`${name}: 1 replayed.\n`)
    expect(await recordsIn(other)).toEqual(['+I 0 a {"id":"two"} {trace=t2} 5'])
    expect(await recordsIn(topic)).toHaveLength(4)
    expect((await dlq('replay', `${name}.sql`, '--all')).stdout).toContain('1 replayed; 1 were')
  })

  it('replays each once although two try at once, and one has failed before', async () => {
    const wanted = { isWanted: () => true }
    const failed = replayLetters(program(), nodePorts(), { ...wanted, topic: 'missing-topic' })
    await expect(failed).rejects.toMatchObject({ code: 'MR_KAFKA_UNKNOWN_TOPIC' })
    const both = await Promise.all([
      replayLetters(program(), nodePorts(), wanted),
      replayLetters(program(), nodePorts(), wanted),
    ])
    expect(both.map(r => r.replayed.length + r.before.length)).toEqual([2, 2])
    expect(await recordsIn(topic)).toHaveLength(6)
  }, 60_000)

  it('does not replay what is not whole', async () => {
    const small = await createTopic(cluster.current, 1, { 'max.message.bytes': '1500' })
    const text = script()
      .replace(`${topic}-dead`, small)
      .replace("'dead-l", `'properties.group.id' = 'g-${small}', 'dead-l`)
    await putRecords(cluster.current, topic, 0, [{ value: 'x'.repeat(4000) }])
    await writeFile(join(folder, `other-${topic}.sql`), text)
    await runToEnd(text, { name: `other-${topic}`, options: new Map() })
    const { code, stdout, stderr } = await dlq('replay', `other-${topic}.sql`, '--all')
    expect([code, stdout]).toEqual([1, `other-${topic}: 2 replayed.\n`])
    expect(stderr).toBe(
      `${small}/0/2 is not replayed: value: left out of the letter for its size.\n`,
    )
  })

  it('tells of none where nothing was written yet', async () => {
    const text = script().replace(`${topic}-dead`, `${topic}-none`)
    await writeFile(join(folder, 'fresh.sql'), text)
    expect(await dlq('list', 'fresh.sql')).toEqual({
      code: 0,
      stdout: 'There are no dead letters.\n',
      stderr: '',
    })
  })

  it('says what it needs to know', async () => {
    const said = async (...args: readonly string[]) => (await dlq(...args)).stderr
    expect(await said()).toContain('Name the command')
    expect(await said('lists')).toContain('There is no command "dlq lists"')
    expect(await said('list')).toContain('Name the program')
    expect(await said('show', `${name}.sql`)).toContain('Name one letter')
    expect(await said('replay', `${name}.sql`)).toContain('Say which letters')
    expect(await said('list', `${name}.sql`, '--since', 'x')).toContain('--since is a time')
    expect(await said('list', `${name}.sql`, '--output', 'x')).toContain('text or ndjson')
  })
})

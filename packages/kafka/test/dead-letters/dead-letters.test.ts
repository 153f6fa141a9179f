// Dead letters in a topic: what they hold, and that each is there once when its epoch is committed.

import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { callback, Millrace, raw, t } from 'millrace'
import { expect, it } from 'vitest'
import type { FoundLetter } from '../../src/dead-letters/letter-headers.ts'
import { readLetters } from '../../src/dead-letters/read-letters.ts'
import { kafka } from '../../src/index.ts'
import { putRecords } from '../broker/put-records.ts'
import { brokerAddress, createTopic, describeWithBroker, useCluster } from '../broker/use-broker.ts'
import {
  brokers,
  committed,
  type Job,
  jobOf,
  PlannedCrash,
  PLACES,
  run,
  scriptOf,
} from '../sink/topic-job.ts'
import { changesOf, runToEnd } from '../source/run-query.ts'

describeWithBroker('dead letters in a topic', () => {
  const cluster = useCluster()
  const SUMS = 'SELECT k, SUM(n) FROM numbers GROUP BY k'

  const lettersOf = async (topic: string): Promise<readonly FoundLetter[]> => {
    cluster.current.forgetTopic(topic)
    const { letters } = await readLetters(cluster.current, topic, {
      waits: true,
      isWanted: () => true,
    })
    return letters
  }

  /** A job whose input has 40 records in each of two partitions, of which three are no numbers. */
  async function jobWithBadRecords(query = SUMS): Promise<Job & { readonly letters: string }> {
    const input = await createTopic(cluster.current, 2)
    const output = await createTopic(cluster.current)
    const stateDir = await mkdtemp(join(tmpdir(), 'millrace-dead-letters-'))
    const bad = ['{"k":', 'no JSON', '{"k":1,"n":"x"}']
    for (const partition of [0, 1])
      await putRecords(
        cluster.current,
        input,
        partition,
        Array.from({ length: 40 }, (_, i) => ({
          key: `key-${i}`,
          value: i % 13 === 1 ? (bad[(i - 1) / 13] ?? '?') : `{"k":${i % 3},"n":1}`,
          timestamp: 1_700_000_000_000 + i,
          headers: [
            ['trace', `t${partition}-${i}`],
            ['trace', 'again'],
            ['none', null],
          ],
        })),
      )
    const letters = `${input}-dead`
    const inputOptions = `, 'dead-letter.topic' = '${letters}'`
    return { name: `job-${input}`, input, output, stateDir, query, inputOptions, letters }
  }

  const ALL = [0, 1].flatMap(p => [1, 14, 27].map(offset => `${p}/${offset}`))
  const places = (letters: readonly FoundLetter[]): string[] =>
    letters.map(({ letter: { origin } }) => `${origin?.partition}/${origin?.offset}`).toSorted()

  it('hold the record as it was, and why it is there', async () => {
    const job = await jobWithBadRecords()
    const result = await run(job)
    expect(result).toMatchObject({ recordsRead: 80, deadLetters: 6 })
    const letters = await lettersOf(job.letters)
    expect(places(letters)).toEqual(ALL)
    const found = letters.find(
      l => l.letter.origin?.partition === 1 && l.letter.origin.offset === 14,
    )
    const text = (bytes: Uint8Array | null | undefined) => bytes && Buffer.from(bytes).toString()
    const { origin } = found?.letter ?? {}
    expect(text(origin?.value)).toBe('no JSON')
    expect(text(origin?.key)).toBe('key-14')
    expect(origin?.headers.map(([n, v]) => [n, text(v)])).toEqual([
      ['trace', 't1-14'],
      ['trace', 'again'],
      ['none', null],
    ])
    expect(found).toMatchObject({
      program: job.name,
      omitted: '',
      letter: {
        operatorName: 'numbers',
        code: 'MR_DATA_MALFORMED',
        stack: '',
        split: `${job.input}-1`,
        origin: { topic: job.input, partition: 1, offset: 14, timestamp: 1_700_000_000_014 },
      },
    })
    expect(found?.letter.reason).not.toBe('')
    expect(found?.letter.epoch).toBeGreaterThan(0)
    expect(new Set(letters.map(l => l.letter.sequence)).size).toBe(6)
    expect(await committed(cluster.current, job.output)).not.toHaveLength(0)
    await rm(job.stateDir, { recursive: true })
  })

  it.each(PLACES)(
    'are there once although the program crashes at: %s',
    async place => {
      const job = await jobWithBadRecords()
      let crashes = 0
      for (let nth = 1; nth < 6; nth++)
        await run(job, { place, nth }).catch(error => {
          if (!(error instanceof PlannedCrash)) throw error
          crashes++
        })
      await run(job)
      expect(crashes).toBeGreaterThan(0)
      const letters = await lettersOf(job.letters)
      expect(places(letters)).toEqual(ALL)
      expect(letters.map(l => l.letter.sequence).toSorted()).toEqual([1, 2, 3, 4, 5, 6])
      await rm(job.stateDir, { recursive: true })
    },
    60_000,
  )

  it('are written at least once where the output is', async () => {
    const job = await jobWithBadRecords('SELECT k, n FROM numbers')
    const script = scriptOf(job).replace("'exactly-once'", "'at-least-once'")
    await runToEnd(script, { name: job.name, options: new Map() })
    expect(places(await lettersOf(job.letters))).toEqual(ALL)
    await rm(job.stateDir, { recursive: true })
  })

  it('are written in batch mode, too, where records that cannot be read end a program otherwise', async () => {
    const job = await jobWithBadRecords('SELECT k, n FROM numbers')
    const options = new Map([['dead-letter.topic', job.letters]])
    const plain = scriptOf({ ...job, inputOptions: '' })
    const settings = { name: job.name, mode: 'batch' } as const
    await expect(runToEnd(plain, { ...settings, options: new Map() })).rejects.toMatchObject({
      code: 'MR_DATA_MALFORMED',
    })
    await runToEnd(plain, { ...settings, options })
    expect(places(await lettersOf(job.letters))).toEqual(ALL)
    await rm(job.stateDir, { recursive: true })
  })

  it('of the program hold rows that operators fail on, and what was thrown', async () => {
    const job = await jobOf(cluster.current, 'SELECT k, 10 / MIN(n) FROM numbers GROUP BY k')
    const topic = `${job.input}-dead`
    await run({ ...job, options: { 'bad-records': 'dead-letter', 'dead-letter.topic': topic } })
    const [found] = await lettersOf(topic)
    expect(found?.letter).toMatchObject({ code: 'MR_DATA_EVALUATION', split: '' })
    expect(found?.letter.origin).toBeUndefined()
    expect(found?.letter.row).toMatch(/^\[/)
    await rm(job.stateDir, { recursive: true })
  })

  it('have the stack of a function that has thrown', async () => {
    const [input, letters] = [
      await createTopic(cluster.current),
      await createTopic(cluster.current),
    ]
    await putRecords(cluster.current, input, 0, [{ value: 'a' }, { value: 'b' }])
    const app = new Millrace(`app-${input}`)
    const brokersOfApp = kafka({ brokers: [brokerAddress] })
    const rows = app.table('rows', {
      source: brokersOfApp.topic(input, {
        format: raw(),
        start: 'earliest',
        end: 'latest',
        deadLetters: letters,
      }),
      schema: { v: t.string() },
    })
    app.function('CHECKED', { args: [t.string()], returns: t.string() }, function refuseB(v) {
      if (v === 'b') throw new RangeError('no b')
      return v
    })
    const seen: unknown[] = []
    app.sql`SELECT CHECKED(v) AS v FROM ${rows}`.into(callback(({ row }) => void seen.push(row)))
    expect(await app.run()).toMatchObject({ deadLetters: 1 })
    expect(seen).toEqual([{ v: 'a' }])
    const [found] = await lettersOf(letters)
    expect(found?.letter).toMatchObject({ code: 'MR_DATA_EVALUATION', operatorName: 'rows' })
    expect(found?.letter.reason).toContain('threw: no b')
    expect(found?.letter.stack).toMatch(/^RangeError: no b\n +at refuseB /)
    expect(found?.letter.origin).toMatchObject({ topic: input, offset: 1 })
  })

  it('leave out what is larger than the topic takes', async () => {
    const job = await jobOf(cluster.current, 'SELECT k, n FROM numbers')
    const letters = await createTopic(cluster.current, 1, { 'max.message.bytes': '2000' })
    await putRecords(cluster.current, job.input, 0, [
      { key: 'k', value: 'x'.repeat(5000), headers: [['h', '1']] },
      { key: 'k'.repeat(3000), value: 'y'.repeat(5000) },
    ])
    const inputOptions = `, 'bad-records' = 'dead-letter', 'dead-letter.topic' = '${letters}'`
    await run({ ...job, inputOptions })
    const found = await lettersOf(letters)
    expect(found.map(l => [l.omitted, l.letter.origin?.offset, l.letter.bytes.length])).toEqual([
      ['value', 100, 0],
      ['value, key, headers', 101, 0],
    ])
    expect(found[0]?.letter.origin?.headers).toHaveLength(1)
    await rm(job.stateDir, { recursive: true })
  })

  it('are not written by a query, which fails on the record', async () => {
    const job = await jobWithBadRecords()
    const ddl = scriptOf(job).split('INSERT INTO')[0] as string
    await expect(changesOf(`${ddl} SELECT k FROM numbers;`)).rejects.toMatchObject({
      code: 'MR_DATA_MALFORMED',
    })
    await rm(job.stateDir, { recursive: true })
  })

  it('refuse topics that would lose them, or have them read again', async () => {
    const job = await jobWithBadRecords()
    const compacted = await createTopic(cluster.current, 1, { 'cleanup.policy': 'compact' })
    const to = (topic: string): Job => ({
      ...job,
      inputOptions: `, 'dead-letter.topic' = '${topic}'`,
    })
    const refused = { code: 'MR_KAFKA_DEAD_LETTERS' }
    await expect(run(to(compacted))).rejects.toMatchObject(refused)
    await expect(run(to(job.input))).rejects.toMatchObject(refused)
    await rm(job.stateDir, { recursive: true })
  })

  it('cannot be at other brokers than a transaction', async () => {
    const job = await jobWithBadRecords()
    const script = scriptOf(job).replace(
      brokers(),
      `'properties.bootstrap.servers' = 'localhost:1'`,
    )
    await expect(runToEnd(script, { name: job.name, options: new Map() })).rejects.toMatchObject({
      code: 'MR_KAFKA_DEAD_LETTERS',
      message: expect.stringContaining('localhost:1'),
    })
    await rm(job.stateDir, { recursive: true })
  })

  it('of a program without any topic are refused', async () => {
    const script = `SET 'dead-letter.topic' = 'dead';
      CREATE TABLE nowhere (n INT) WITH ('connector' = 'blackhole');
      INSERT INTO nowhere VALUES (1);`
    await expect(
      runToEnd(script, { name: 'none', options: new Map([['dead-letter.topic', 'dead']]) }),
    ).rejects.toMatchObject({ code: 'MR_OPTION_INVALID' })
  })
})

// The programs of docs/kafka.md: they are planned as they stand, and the first one runs, exactly once, over a real broker.

import { spawnSync } from 'node:child_process'
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { createConnectors, loadScript } from 'millrace'
import { describe, expect, it } from 'vitest'
import { kafkaFactories } from '../src/index.ts'
import { putRecords } from './broker/put-records.ts'
import { brokerAddress, createTopic, describeWithBroker, useCluster } from './broker/use-broker.ts'
import { changesOf, runToEnd } from './source/run-query.ts'

const page = await readFile(new URL('../../../docs/kafka.md', import.meta.url), 'utf8')
const programs = [...page.matchAll(/^```sql\n([\s\S]*?)^```/gm)].map(match => match[1] as string)

const [typed = ''] = [...page.matchAll(/^```ts\n([\s\S]*?)^```/gm)].map(match => match[1])
const sources = new URL('../../../tools/testing/resolve-sources.ts', import.meta.url).href
const root = fileURLToPath(new URL('../../..', import.meta.url))

describe('the programs of the page', () => {
  it.each(programs.map((text, i) => [i + 1, text] as const))('%i is planned', (_, text) => {
    const connectors = createConnectors()
    for (const source of kafkaFactories.sources) connectors.addSource(source)
    for (const sink of kafkaFactories.sinks) connectors.addSink(sink)
    const { program, query } = loadScript(text, { name: 'page', connectors })
    expect(program.sinks.length + (query ? 1 : 0)).toBe(1)
  })
})

describeWithBroker('the first program', () => {
  const cluster = useCluster()
  const at = (minute: number) => `2026-01-01 00:0${minute}:30`

  async function topics(): Promise<readonly [payments: string, spent: string]> {
    const payments = await createTopic(cluster.current)
    await putRecords(
      cluster.current,
      payments,
      0,
      [1, 2, 9].map(minute => ({
        value: JSON.stringify({ card: 'c1', amount: minute * 1.5, paid: at(minute) }),
      })),
    )
    return [payments, await createTopic(cluster.current)]
  }

  async function written(spent: string): Promise<string[]> {
    const read = `CREATE TABLE spent (v STRING, k BYTES METADATA FROM 'key' VIRTUAL) WITH ('connector' = 'kafka', 'topic' = '${spent}',
      'properties.bootstrap.servers' = '${brokerAddress}', 'format' = 'raw', 'scan.startup.mode' = 'earliest-offset');`
    return changesOf(`${read} SELECT k, v FROM spent;`, { most: 11 })
  }

  it('counts and sums payments by card, window by window', async () => {
    const [payments, spent] = await topics()
    const script = (programs[0] as string)
      .replaceAll('127.0.0.1:9092', brokerAddress)
      .replaceAll(
        "'topic' = 'payments'",
        `'topic' = '${payments}', 'scan.bounded.mode' = 'latest-offset'`,
      )
      .replaceAll("'topic' = 'spent'", `'topic' = '${spent}'`)
    const stateDir = await mkdtemp(join(tmpdir(), 'millrace-kafka-docs-'))
    const result = await runToEnd(script, { name: spent, stateDir })
    expect(result).toMatchObject({ outcome: 'finished', recordsRead: 3, rowsWritten: 11 })
    const changes = await written(spent)
    expect(changes[0]).toBe(
      '+I c1 {"card":"c1","window_end":"2026-01-01 00:02:00","payments":1,"amount":1.50}',
    )
    expect(changes).toHaveLength(11)
  })

  it('does the same in TypeScript', async () => {
    const [payments, spent] = await topics()
    const program = typed
      .replace('127.0.0.1:9092', brokerAddress)
      .replace("Millrace('spent'", `Millrace('${spent}'`)
      .replace("topic('payments', {", `topic('${payments}', { end: 'latest',`)
      .replace("topic('spent'", `topic('${spent}'`)
    const cwd = await mkdtemp(join(tmpdir(), 'millrace-kafka-docs-'))
    const file = join(cwd, 'program.ts')
    await writeFile(file, program)
    const { stderr, status } = spawnSync(process.execPath, ['--import', sources, file], {
      cwd,
      encoding: 'utf8',
      timeout: 60_000,
    })
    expect({ stderr, status }).toEqual({ stderr: '', status: 0 })
    const changes = await written(spent)
    expect(changes[0]).toBe(
      '+I c1 {"card":"c1","window_start":"2025-12-31 23:57:00","window_end":"2026-01-01 00:02:00","payments":1,"amount":1.50}',
    )
    expect(changes).toHaveLength(11)
  })

  it('compiles in TypeScript', async () => {
    const cwd = await mkdtemp(join(root, 'node_modules/.millrace-kafka-docs-'))
    try {
      await writeFile(join(cwd, 'program.ts'), typed)
      await writeFile(join(cwd, 'package.json'), '{"type":"module"}')
      const paths = {
        millrace: [`${root}packages/millrace/src/index.ts`],
        '@millrace/*': [`${root}packages/*/src/index.ts`],
      }
      const config = {
        extends: join(root, 'tsconfig.tests.json'),
        compilerOptions: { paths },
        include: [],
        files: ['program.ts'],
      }
      await writeFile(join(cwd, 'tsconfig.json'), JSON.stringify(config))
      const tsc = join(root, 'node_modules/typescript/bin/tsc')
      const { stdout } = spawnSync(process.execPath, [tsc, '-p', cwd], { encoding: 'utf8' })
      expect(stdout).toBe('')
    } finally {
      await rm(cwd, { recursive: true })
    }
  })
})

describeWithBroker('the program with dead letters', () => {
  const cluster = useCluster()

  it('writes the amounts that it can read, and letters of the others', async () => {
    const [orders, amounts] = [
      await createTopic(cluster.current),
      await createTopic(cluster.current),
    ]
    await putRecords(cluster.current, orders, 0, [
      { value: '{"id":1,"amount":"9.50"}' },
      { key: 'two', value: '{"id":2,"amount":"much"}', headers: [['trace', 't2']] },
    ])
    const program = programs.find(text => text.includes('dead-letter.topic')) as string
    const script = program
      .replaceAll('127.0.0.1:9092', brokerAddress)
      .replace("'topic' = 'orders'", `'topic' = '${orders}', 'scan.bounded.mode' = 'latest-offset'`)
      .replace("'topic' = 'amounts'", `'topic' = '${amounts}'`)
      .replace("'orders-dead'", `'${orders}-dead'`)
    const result = await runToEnd(script, { name: amounts, options: new Map() })
    expect(result).toMatchObject({ recordsRead: 2, rowsWritten: 1, deadLetters: 1 })
    const read = (topic: string) =>
      changesOf(
        `CREATE TABLE t (v STRING, k BYTES METADATA FROM 'key', h MAP<STRING, BYTES> METADATA FROM 'headers') WITH (
        'connector' = 'kafka', 'topic' = '${topic}', 'properties.bootstrap.servers' = '${brokerAddress}', 'format' = 'raw',
        'scan.startup.mode' = 'earliest-offset'); SELECT k, v, h FROM t;`,
        { most: 1 },
      )
    expect(await read(amounts)).toEqual(['+I null {"id":1,"amount":9.50} {}'])
    const [letter = ''] = await read(`${orders}-dead`)
    expect(letter).toMatch(/^\+I two \{"id":2,"amount":"much"\} \{trace=t2,millrace\.program=/)
    const headers = [...page.matchAll(/`(millrace\.(?!replayed)[a-z-]+)`/g)].map(
      m => m[1] as string,
    )
    const own = letter.match(/(?<=[,{])millrace\.[a-z-]+(?==)/g) ?? []
    expect(own.filter(name => !headers.includes(name))).toEqual([])
    expect(letter).toContain(`,millrace.topic=${orders},millrace.partition=0,millrace.offset=1,`)
  })
})

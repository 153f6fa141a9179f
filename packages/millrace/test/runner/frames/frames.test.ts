// Records that lie apart in a buffer: values, keys and metadata of messages, deletions by key, what is malformed.

import { describe, expect, it } from 'vitest'
import { EmbeddedRunner } from '../../../src/runner/embedded-runner.ts'
import { createBuiltInRegistry } from '../../../src/runner/built-in-registry.ts'
import { loadScript } from '../../../src/runner/load-script.ts'
import { createSink } from '../../../src/plan/create-node.ts'
import { MillraceError } from '../../../src/types/errors.ts'
import { ROW_KINDS, type Row } from '../../../src/types/value.ts'
import { framesSource, type Message } from './frames-source.ts'

interface Settings {
  readonly keys?: 'named' | 'primary'
  readonly perBatch?: number
  readonly policy?: 'fail' | 'skip'
}

/** The changes that a query gives over the table `clicks` of these messages. */
async function query(
  messages: readonly Message[],
  ddl: string,
  sql: string,
  { policy = 'fail', ...settings }: Settings = {},
): Promise<string[]> {
  const connectors = createBuiltInRegistry().addSource(framesSource(messages, settings))
  const { program, query: last } = loadScript(`CREATE TABLE clicks ${ddl};\n${sql};`, {
    name: 'frames',
    connectors,
    settings: { options: new Map([['bad-records', policy]]) },
  })
  if (!last) throw new Error('the script has no query')
  const changes: string[] = []
  const sink = createSink(last.plan, {
    name: 'result',
    schema: last.columns,
    metadata: new Map(),
    primaryKey: [],
    connector: 'memory',
    options: new Map([['connector', 'memory']]),
    attachment: {
      onChange: (kind: 0 | 1 | 2 | 3, row: Row) =>
        changes.push(`${ROW_KINDS[kind]} ${row.map(String).join(' ')}`),
    },
  })
  const job = await new EmbeddedRunner().start({ ...program, sinks: [sink] })
  await job.finished
  return changes
}

const json = (value: unknown): string => JSON.stringify(value)

describe.each([1, 3, 100])('frames in batches of %i', perBatch => {
  it('gives the values, one record each, whatever lies between them', async () => {
    const messages = [
      { value: json({ page: 'a', n: 1 }) },
      { value: `{\n  "page": "b\\n",\n  "n": 2\n}\n` },
      { value: null },
      { value: json({ n: 3 }) },
    ]
    const ddl = `(page STRING, n INT) WITH ('connector' = 'frames', 'format' = 'json')`
    expect(await query(messages, ddl, 'SELECT page, n FROM clicks', { perBatch })).toEqual([
      '+I a 1',
      '+I b\n 2',
      '+I null 3',
    ])
  })

  it('reads keys by their own format, and metadata of each record and of all', async () => {
    const messages = [
      { key: 'u1', value: json({ page: 'a' }), offset: 7 },
      { key: null, value: json({ page: 'b' }), offset: 9 },
    ]
    const ddl = `(
      \`user\` STRING, page STRING,
      at_offset BIGINT METADATA FROM 'offset', topic STRING METADATA VIRTUAL
    ) WITH (
      'connector' = 'frames', 'key.format' = 'raw', 'key.fields' = 'user',
      'value.format' = 'json', 'value.fields-include' = 'EXCEPT_KEY'
    )`
    expect(await query(messages, ddl, 'SELECT * FROM clicks', { perBatch })).toEqual([
      '+I u1 a 7 clicks',
      '+I null b 9 clicks',
    ])
  })

  it('names key columns without their prefix in records', async () => {
    const messages = [{ key: json({ id: 5 }), value: json({ id: 6 }) }]
    const ddl = `(k_id INT, id INT) WITH (
      'connector' = 'frames', 'key.format' = 'json', 'key.fields' = 'k_id', 'key.fields-prefix' = 'k_',
      'value.format' = 'json', 'value.fields-include' = 'EXCEPT_KEY'
    )`
    expect(await query(messages, ddl, 'SELECT k_id, id FROM clicks', { perBatch })).toEqual([
      '+I 5 6',
    ])
  })

  it('replaces rows by their key, and deletes those whose record has no value', async () => {
    const messages = [
      { key: json({ id: 1 }), value: json({ id: 1, n: 10 }) },
      { key: json({ id: 2 }), value: json({ id: 2, n: 20 }) },
      { key: json({ id: 1 }), value: json({ id: 1, n: 11 }) },
      { key: json({ id: 2 }), value: null },
      { key: json({ id: 3 }), value: null },
    ]
    const ddl = `(id INT NOT NULL, n INT, PRIMARY KEY (id) NOT ENFORCED) WITH (
      'connector' = 'frames', 'key.format' = 'json', 'value.format' = 'json'
    )`
    const sql = 'SELECT id, n FROM clicks'
    expect(await query(messages, ddl, sql, { keys: 'primary', perBatch })).toEqual([
      '+I 1 10',
      '+I 2 20',
      '-U 1 10',
      '+U 1 11',
      '-D 2 20',
    ])
  })

  it('reads columns that are in the key alone, in every record', async () => {
    const messages = [
      { key: json({ id: 1 }), value: json({ n: 10 }) },
      { key: json({ id: 1 }), value: null },
    ]
    const ddl = `(id INT NOT NULL, n INT, PRIMARY KEY (id) NOT ENFORCED) WITH (
      'connector' = 'frames', 'key.format' = 'json', 'value.format' = 'json',
      'value.fields-include' = 'EXCEPT_KEY'
    )`
    const sql = 'SELECT id, n FROM clicks'
    expect(await query(messages, ddl, sql, { keys: 'primary', perBatch })).toEqual([
      '+I 1 10',
      '-D 1 10',
    ])
  })

  it('reads change logs in values', async () => {
    const messages = [
      { value: json({ before: null, after: { id: 1, n: 1 }, op: 'c' }) },
      { value: null },
      { value: json({ before: { id: 1, n: 1 }, after: { id: 1, n: 2 }, op: 'u' }) },
    ]
    const ddl = `(id INT, n INT) WITH ('connector' = 'frames', 'format' = 'debezium-json')`
    expect(await query(messages, ddl, 'SELECT id, n FROM clicks', { perBatch })).toEqual([
      '+I 1 1',
      '-U 1 1',
      '+U 1 2',
    ])
  })
})

describe('frames that cannot be read', () => {
  const ddl = `(page STRING, n INT) WITH ('connector' = 'frames', 'format' = 'json')`
  const good = { value: json({ page: 'a', n: 1 }) }

  it.each([
    ['one that ends early', '{"page":"b","n":[1', 'not JSON'],
    ['two documents', '{"page":"b"}{"page":"c"}', 'not JSON'],
    ['a newline within a string', '{"page":"b\nc"}', 'not JSON'],
    ['a value of another type', '{"n":"x"}', 'field "n"'],
    ['text', 'hello', 'not JSON'],
  ])('names the record of %s', async (_, value, reason) => {
    const failed = query([good, { value }, good], ddl, 'SELECT page, n FROM clicks')
    await expect(failed).rejects.toThrow(reason)
    await expect(failed).rejects.toMatchObject({ code: 'MR_DATA_MALFORMED' })
  })

  it('leaves them out where it may, and reads the others', async () => {
    const messages = [good, { value: '{"page":[' }, { value: '"' }, good]
    const rows = await query(messages, ddl, 'SELECT page, n FROM clicks', { policy: 'skip' })
    expect(rows).toEqual(['+I a 1', '+I a 1'])
  })

  it('refuses a row whose key lacks a column that may not be NULL', async () => {
    const of = `(id INT NOT NULL, n INT) WITH (
      'connector' = 'frames', 'key.format' = 'json', 'key.fields' = 'id',
      'value.format' = 'json', 'value.fields-include' = 'EXCEPT_KEY'
    )`
    const failed = query([{ key: null, value: '{"n":1}' }], of, 'SELECT id FROM clicks')
    await expect(failed).rejects.toThrow('the key has no value for "id"')
  })
})

describe('options of keys', () => {
  const columns = '(id INT, n INT)'
  it.each([
    [`'format' = 'json', 'key.fields' = 'id'`, 'key.format'],
    [`'format' = 'json', 'key.format' = 'json'`, 'key.fields'],
    [`'format' = 'json', 'key.format' = 'json', 'key.fields' = 'idd'`, '"idd" is none'],
    [
      `'format' = 'json', 'key.format' = 'json', 'key.fields' = 'id', 'key.fields-prefix' = 'i'`,
      'EXCEPT_KEY',
    ],
    [`'key.format' = 'json', 'key.fields' = 'id'`, "'format'"],
    [`'value.format' = 'jsn'`, "'json'"],
    [`'value.format' = 'json', 'json.ignore-parse-errors' = 'true'`, 'value.json'],
  ])('%s: the message names what is wrong', async (options, text) => {
    const ddl = `${columns} WITH ('connector' = 'frames', ${options})`
    const error = await query([], ddl, 'SELECT * FROM clicks').catch(e => e as MillraceError)
    expect(error).toBeInstanceOf(MillraceError)
    expect(`${(error as MillraceError).message} ${(error as MillraceError).remedy}`).toContain(text)
  })
})

// Change logs in files, read and written in each format, over restarts.

import { mkdir, mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { messageOf, rowsOf, runSql } from './bad-input/sql-run.ts'

let folder: string
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'millrace-change-logs-'))
})
afterEach(() => rm(folder, { recursive: true, force: true }))

const A = { id: 1, name: 'a', n: 10 }
const B = { id: 2, name: 'b', n: 20 }
const B2 = { ...B, n: 25 }

/** The same story in each format: A and B come, B changes, A goes. */
const STORY: Readonly<Record<string, readonly object[]>> = {
  'debezium-json': [
    { before: null, after: A, op: 'r' },
    { before: null, after: B, op: 'c', source: { ts_ms: 1 } },
    { before: B, after: B2, op: 'u' },
    { before: A, after: null, op: 'd' },
  ],
  'canal-json': [
    { data: [A, B], old: null, type: 'INSERT', database: 'shop', table: 't' },
    { data: null, old: null, type: 'CREATE', sql: 'CREATE TABLE x (id INT)' },
    { data: [B2], old: [{ n: 20 }], type: 'UPDATE' },
    { data: [A], old: null, type: 'DELETE' },
  ],
  'maxwell-json': [
    { type: 'insert', data: A },
    { type: 'insert', data: B },
    { type: 'update', data: B2, old: { n: 20 } },
    { type: 'delete', data: A },
  ],
  'ogg-json': [
    { op_type: 'I', before: null, after: A },
    { op_type: 'I', before: null, after: B },
    { op_type: 'U', before: B, after: B2 },
    { op_type: 'D', before: A, after: null },
  ],
  'changelog-json': [
    { op: '+I', data: A },
    { op: '+I', data: B },
    { op: '-U', data: B },
    { op: '+U', data: B2 },
    { op: '-D', data: A },
  ],
}

const lines = (records: readonly object[]) => records.map(r => `${JSON.stringify(r)}\n`).join('')

const table = (name: string, path: string, format: string, more = '', key = '') => `
  CREATE TABLE ${name} (id INT, name STRING, n INT${key})
  WITH ('connector' = 'filesystem', 'path' = '${join(folder, path)}', 'format' = '${format}'${more});`
const KEY = ', PRIMARY KEY (id) NOT ENFORCED'

const ofStory = async (format: string, more = '', key = '') => {
  await writeFile(join(folder, 'in.ndjson'), lines(STORY[format] ?? []))
  return table('t', 'in.ndjson', format, more, key)
}

describe.each(Object.keys(STORY))('a change log in %s', format => {
  it('tells which rows there are in the end', async () => {
    expect(await rowsOf(`${await ofStory(format)} SELECT * FROM t;`)).toEqual([Object.values(B2)])
  })

  it('is taken back by aggregates', async () => {
    const ddl = await ofStory(format)
    expect(await rowsOf(`${ddl} SELECT COUNT(*) AS c, SUM(n) AS s FROM t;`)).toEqual([[1, 25]])
  })

  it('is written, and read again as it was', async () => {
    const ddl = (await ofStory(format)) + table('o', 'out', format)
    await runSql(`${ddl} INSERT INTO o SELECT * FROM t;`)
    const again = table('again', 'out', format)
    expect(await rowsOf(`${again} SELECT * FROM again;`)).toEqual([Object.values(B2)])
  })

  it('refuses a record that tells of no change it knows, and applies none of it', async () => {
    await writeFile(join(folder, 'in.ndjson'), '{"what":1}\n')
    const ddl = table('t', 'in.ndjson', format)
    expect(await messageOf(rowsOf(`${ddl} SELECT * FROM t;`))).toMatch(/has no "\w+"/)
  })

  it('leaves malformed records out when it is asked to', async () => {
    await writeFile(
      join(folder, 'in.ndjson'),
      `${lines(STORY[format] ?? [])}{"what":1}\nnot JSON\n`,
    )
    const ddl = table('t', 'in.ndjson', format, `, '${format}.ignore-parse-errors' = 'true'`)
    expect(await rowsOf(`${ddl} SELECT * FROM t;`)).toEqual([Object.values(B2)])
  })
})

describe('debezium-json', () => {
  it('asks for whole rows when an update has no image of before', async () => {
    await writeFile(join(folder, 'in.ndjson'), lines([{ before: null, after: B, op: 'u' }]))
    const ddl = table('t', 'in.ndjson', 'debezium-json')
    expect(await messageOf(rowsOf(`${ddl} SELECT * FROM t;`))).toContain('REPLICA IDENTITY FULL')
  })

  it('finds the change within payload when records hold their schema', async () => {
    const records = STORY['debezium-json']?.map(payload => ({
      schema: { type: 'struct' },
      payload,
    }))
    await writeFile(join(folder, 'in.ndjson'), lines(records ?? []))
    const ddl = table(
      't',
      'in.ndjson',
      'debezium-json',
      ", 'debezium-json.schema-include' = 'true'",
    )
    expect(await rowsOf(`${ddl} SELECT * FROM t;`)).toEqual([Object.values(B2)])
  })

  it('applies nothing of an update whose second row is malformed', async () => {
    const bad = { before: A, after: { ...A, n: 'many' }, op: 'u' }
    await writeFile(join(folder, 'in.ndjson'), lines([{ before: null, after: A, op: 'c' }, bad]))
    const ddl = table('t', 'in.ndjson', 'debezium-json', ", 'bad-records' = 'skip'")
    expect(await rowsOf(`${ddl} SELECT * FROM t;`)).toEqual([Object.values(A)])
  })
})

describe('canal-json', () => {
  it('reads the databases and tables that are wanted', async () => {
    const records = [
      { data: [A], type: 'INSERT', database: 'shop_1', table: 't' },
      { data: [B], type: 'INSERT', database: 'other', table: 't' },
    ]
    await writeFile(join(folder, 'in.ndjson'), lines(records))
    const ddl = table('t', 'in.ndjson', 'canal-json', ", 'canal-json.database.include' = 'shop_.*'")
    expect(await rowsOf(`${ddl} SELECT * FROM t;`)).toEqual([Object.values(A)])
  })
})

describe('changelog-json without -U', () => {
  const UPSERTS = ", 'changelog-json.mode' = 'I,UA,D', 'changelog-json.delete-by-key' = 'true'"
  const first = [
    { op: '+I', data: A },
    { op: '+U', data: B },
    { op: '+U', data: B },
  ]
  const second = [
    { op: '+U', data: B2 },
    { op: '-D', data: { id: 1 } },
    { op: '-D', data: { id: 9 } },
  ]

  it('goes by the primary key, over a restart', async () => {
    await mkdir(join(folder, 'in'))
    const sql = `${table('t', 'in', 'changelog-json', UPSERTS, KEY)} ${table('o', 'out', 'changelog-json')}
      INSERT INTO o SELECT * FROM t;`
    const settings = { stateDir: join(folder, 'state'), epochMs: 1 }
    await writeFile(join(folder, 'in', '1.ndjson'), lines(first))
    await runSql(sql, settings)
    await writeFile(join(folder, 'in', '2.ndjson'), lines(second))
    await runSql(sql, settings)
    const files = (await readdir(join(folder, 'out'))).toSorted()
    const texts = await Promise.all(files.map(f => readFile(join(folder, 'out', f), 'utf8')))
    expect(
      texts
        .join('')
        .trim()
        .split('\n')
        .map(line => JSON.parse(line)),
    ).toEqual([
      { op: '+I', data: A },
      { op: '+I', data: B },
      { op: '-U', data: B },
      { op: '+U', data: B2 },
      { op: '-D', data: A },
    ])
  })

  it('asks for a primary key', async () => {
    await writeFile(join(folder, 'in.ndjson'), lines(first))
    const ddl = table('t', 'in.ndjson', 'changelog-json', UPSERTS)
    expect(await messageOf(rowsOf(`${ddl} SELECT * FROM t;`))).toContain('PRIMARY KEY')
  })

  it('refuses a kind of change that does not occur by its mode', async () => {
    await writeFile(join(folder, 'in.ndjson'), lines([{ op: '-U', data: A }]))
    const ddl = table('t', 'in.ndjson', 'changelog-json', UPSERTS, KEY)
    expect(await messageOf(rowsOf(`${ddl} SELECT * FROM t;`))).toContain('"-U" does not occur')
  })
})

describe('changes that may come twice', () => {
  it('count once when a setting says so', async () => {
    const twice = STORY['debezium-json']?.flatMap(record => [record, record]) ?? []
    await writeFile(join(folder, 'in.ndjson'), lines(twice))
    const ddl = table('t', 'in.ndjson', 'debezium-json', '', KEY)
    const set = "SET 'table.exec.source.cdc-events-duplicate' = 'true';"
    expect(await rowsOf(`${set} ${ddl} SELECT COUNT(*) AS c, SUM(n) AS s FROM t;`)).toEqual([
      [1, 25],
    ])
  })
})

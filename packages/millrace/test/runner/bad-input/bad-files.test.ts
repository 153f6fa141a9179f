// Files that are damaged, cut short, or hold what no program expects: a clear error or a dead letter, and nothing lost.

import { once } from 'node:events'
import { createWriteStream } from 'node:fs'
import { chmod, mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { gzipSync } from 'node:zlib'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { messageOf, rowsOf, runSql } from './sql-run.ts'

let folder: string
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'millrace-bad-files-'))
})
afterEach(() => rm(folder, { recursive: true, force: true }))

const input = (file: string, format = 'json', more = ''): string => `
  CREATE TABLE t (id INT, name STRING)
  WITH ('connector' = 'filesystem', 'path' = '${join(folder, file)}', 'format' = '${format}'${more});`
const query = (file: string, format?: string, more?: string): string =>
  `${input(file, format, more)} SELECT id, name FROM t;`
const copy = (file: string, format?: string, more?: string): string => `
  ${input(file, format, more)}
  CREATE TABLE o (id INT, name STRING)
  WITH ('connector' = 'filesystem', 'path' = '${join(folder, 'out')}', 'format' = 'json');
  INSERT INTO o SELECT id, name FROM t;`

async function copied(): Promise<{ id: number; name: string }[]> {
  const names = (await readdir(join(folder, 'out'))).toSorted()
  const texts = await Promise.all(names.map(name => readFile(join(folder, 'out', name), 'utf8')))
  return texts.flatMap(text => text.trim().split('\n')).map(line => JSON.parse(line))
}

/** Root may read anything, so root's tests become this user for a while. */
const NOBODY = 65534

const write = (name: string, content: string | Uint8Array) => writeFile(join(folder, name), content)

describe('a gzip file that is cut short', () => {
  it('that may not be read is named, with the reason', async () => {
    await write('secret.ndjson', '{"id":1,"name":"a"}\n')
    await chmod(folder, 0o755)
    await chmod(join(folder, 'secret.ndjson'), 0o000)
    const isRoot = process.geteuid?.() === 0
    if (isRoot) process.seteuid?.(NOBODY)
    const message = await messageOf(rowsOf(query('secret.ndjson'))).finally(() => {
      if (isRoot) process.seteuid?.(0)
    })
    expect(message).toMatch(/^MR_IO_FAILED: Access was refused: EACCES.*secret\.ndjson.*may read/)
  })

  const lines = Array.from({ length: 40_000 }, (_, i) => `{"id":${i},"name":"name ${i * 7919}"}\n`)
  const whole = gzipSync(lines.join(''))
  const half = whole.subarray(0, whole.length >> 1)

  it('ends the run with the place in the file and what to do', async () => {
    await write('in.ndjson.gz', half)
    const message = await messageOf(rowsOf(query('in.ndjson.gz')))
    expect(message).toMatch(
      /^MR_DATA_MALFORMED: .*in\.ndjson\.gz" cannot be decompressed behind byte \d+ .*Complete or replace the file/,
    )
  })

  it('loses and doubles nothing when the file is completed and the program started again', async () => {
    await write('in.ndjson.gz', half)
    const settings = { stateDir: join(folder, 'state'), epochMs: 1 }
    expect(await messageOf(runSql(copy('in.ndjson.gz'), settings))).toContain('MR_DATA_MALFORMED')
    await write('in.ndjson.gz', whole)
    await runSql(copy('in.ndjson.gz'), settings)
    expect((await copied()).map(r => r.id)).toEqual(lines.map((_, i) => i))
  })
})

describe('a CSV file with a missing column', () => {
  it('names the column, and what the header has', async () => {
    await write('in.csv', 'id,nam\n1,a\n')
    const message = await messageOf(rowsOf(query('in.csv', 'csv', `, 'csv.header' = 'true'`)))
    expect(message).toContain('the header has no column "name": it has id, nam.')
  })

  it('sets aside each line that is too short, with place and bytes, and keeps the others', async () => {
    await write('in.csv', '1,a\n2\n3,c\n')
    const run = await runSql(copy('in.csv', 'csv'))
    expect(await copied()).toEqual([
      { id: 1, name: 'a' },
      { id: 3, name: 'c' },
    ])
    expect(run).toMatchObject({ recordsRead: 3, deadLetters: 1 })
    const [letter] = run.letters
    expect(letter?.reason).toContain('it has 1 fields instead of 2')
    expect(letter?.position).toBe('byte 4')
    expect(Buffer.from(letter?.bytes ?? []).toString()).toBe('2\n')
  })
})

describe('bytes that are not UTF-8', () => {
  const bad = Buffer.from('{"id":1,"name":"a\xff\xfeb"}\n', 'latin1')

  it('end a query with the field, and the record as far as it can be shown', async () => {
    await write('in.ndjson', Buffer.concat([bad, Buffer.from('{"id":2,"name":"ok"}\n')]))
    const message = await messageOf(rowsOf(query('in.ndjson')))
    expect(message).toMatch(
      /^MR_DATA_MALFORMED: .*in\.ndjson.*field "name" is not valid UTF-8: .*It begins: /,
    )
    expect(message).toContain("'bad-records' = 'dead-letter'")
  })

  it('are kept as they were in the dead letter', async () => {
    await write('in.ndjson', Buffer.concat([bad, Buffer.from('{"id":2,"name":"ok"}\n')]))
    const { letters } = await runSql(copy('in.ndjson'))
    expect(letters.map(l => Buffer.from(l.bytes))).toEqual([bad])
    expect(await copied()).toEqual([{ id: 2, name: 'ok' }])
  })

  it('of a CSV file are a dead letter, too', async () => {
    await write('in.csv', Buffer.from('1,a\xff\n2,ok\n', 'latin1'))
    const { letters } = await runSql(copy('in.csv', 'csv'))
    expect(letters).toHaveLength(1)
    expect(await copied()).toEqual([{ id: 2, name: 'ok' }])
  })
})

describe('a line of 100 MB', () => {
  async function writeLongLine(): Promise<void> {
    const file = createWriteStream(join(folder, 'in.ndjson'))
    file.write('{"id":1,"name":"first"}\n{"id":2,"name":"')
    const piece = 'x'.repeat(1_000_000)
    for (let i = 0; i < 100; i++) if (!file.write(piece)) await once(file, 'drain')
    file.end('"}\n{"id":3,"name":"last"}\n')
    await once(file, 'finish')
  }

  it('is a dead letter that tells its place and the limit, and the lines around it are read', async () => {
    await writeLongLine()
    const before = process.memoryUsage().rss
    const { letters } = await runSql(copy('in.ndjson'))
    expect((await copied()).map(r => r.id)).toEqual([1, 3])
    expect(letters.map(l => l.reason)).toEqual([
      `record at byte 24 of "${join(folder, 'in.ndjson')}" is longer than 33554432 bytes`,
    ])
    expect(process.memoryUsage().rss - before).toBeLessThan(200e6)
  })

  it('ends a query with its place, not with its text', async () => {
    await writeLongLine()
    const message = await messageOf(rowsOf(query('in.ndjson')))
    expect(message).toMatch(
      /record at byte 24 of .* is longer than 33554432 bytes\. Raise the table/,
    )
  })
})

describe('__proto__', () => {
  it('is a value and a key like any other', async () => {
    const values = ['__proto__', 'constructor', 'toString', '__proto__', 'hasOwnProperty']
    await write('in.ndjson', values.map((name, id) => `${JSON.stringify({ id, name })}\n`).join(''))
    const counts = `${input('in.ndjson')} SELECT name, COUNT(*) AS n FROM t GROUP BY name;`
    expect((await rowsOf(counts)).map(r => r.join(' ')).toSorted()).toEqual([
      '__proto__ 2',
      'constructor 1',
      'hasOwnProperty 1',
      'toString 1',
    ])
  })

  it('as a field that nobody asked for changes nothing', async () => {
    await write('in.ndjson', '{"__proto__":{"id":9,"name":"evil"},"id":1,"name":"x"}\n')
    expect(await rowsOf(query('in.ndjson'))).toEqual([[1, 'x']])
    expect(({} as { name?: string }).name).toBeUndefined()
  })

  it('may be the name of a column, grouped by, kept in state and written', async () => {
    await write('in.ndjson', '{"__proto__":"a"}\n{"__proto__":"b"}\n{"__proto__":"a"}\n')
    const rows = await rowsOf(`
      CREATE TABLE t (\`__proto__\` STRING)
      WITH ('connector' = 'filesystem', 'path' = '${join(folder, 'in.ndjson')}', 'format' = 'json');
      SELECT \`__proto__\`, COUNT(*) AS n FROM t GROUP BY \`__proto__\`;`)
    expect(rows.map(r => r.join(' ')).toSorted()).toEqual(['a 2', 'b 1'])
  })
})

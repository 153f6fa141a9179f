// INSERT into tables with partitions, and INSERT OVERWRITE, as SQL: the folders, their files, and what is read back.

import { mkdir, mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { messageOf, rowsOf, runSql } from '../bad-input/sql-run.ts'

let folder: string
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'millrace-partitioned-'))
  await writeFile(join(folder, 'in.ndjson'), SALES.map(s => `${JSON.stringify(s)}\n`).join(''))
})
afterEach(() => rm(folder, { recursive: true, force: true }))

const SALES = [
  { id: 1, region: 'eu', d: '2024-01-01', amount: 10 },
  { id: 2, region: 'us', d: '2024-01-01', amount: 20 },
  { id: 3, region: 'eu', d: '2024-01-02', amount: 30 },
  { id: 4, region: null, d: '2024-01-02', amount: 40 },
  { id: 5, region: 'a b/c=d%:é', d: '2024-01-03', amount: 50 },
  { id: 6, region: '', d: '2024-01-03', amount: 60 },
]

const tables = ({
  region = 'STRING',
  d = 'STRING',
  format = 'json',
  options = '',
  by = 'd, region',
} = {}) => `
  CREATE TABLE s (id INT, region STRING, d STRING, amount INT)
    WITH ('connector' = 'filesystem', 'path' = '${folder}/in.ndjson', 'format' = 'json');
  CREATE TABLE o (id INT, region ${region}, d ${d}, amount INT) ${by === '' ? '' : `PARTITIONED BY (${by})`}
    WITH ('connector' = 'filesystem', 'path' = '${folder}/out', 'format' = '${format}' ${options});`

const insert = (sql: string, mode: 'streaming' | 'batch' = 'batch', choices = {}) =>
  runSql(`SET 'bad-records' = 'fail'; ${tables(choices)} ${sql}`, { mode })

/** What is below the table's folder: the texts by folder. */
async function contents(): Promise<Record<string, string>> {
  const found: Record<string, string> = {}
  for (const entry of await readdir(join(folder, 'out'), {
    recursive: true,
    withFileTypes: true,
  })) {
    if (!entry.isFile()) continue
    const place = entry.parentPath.slice(join(folder, 'out').length + 1)
    found[place] =
      (found[place] ?? '') + (await readFile(join(entry.parentPath, entry.name), 'utf8'))
  }
  return found
}

const ids = async (choices = {}): Promise<unknown[]> =>
  (await rowsOf(`${tables(choices)} SELECT id FROM o ORDER BY id;`)).map(row => row[0])

describe('INSERT INTO a table with partitions', () => {
  for (const mode of ['streaming', 'batch'] as const) {
    it(`writes each row into its folder, without the columns that name it: ${mode}`, async () => {
      await insert('INSERT INTO o SELECT * FROM s;', mode)
      expect(await contents()).toEqual({
        'd=2024-01-01/region=eu': '{"id":1,"amount":10}\n',
        'd=2024-01-01/region=us': '{"id":2,"amount":20}\n',
        'd=2024-01-02/region=eu': '{"id":3,"amount":30}\n',
        'd=2024-01-02/region=__DEFAULT_PARTITION__': '{"id":4,"amount":40}\n',
        'd=2024-01-03/region=a b%2Fc%3Dd%25%3Aé': '{"id":5,"amount":50}\n',
        'd=2024-01-03/region=__DEFAULT_PARTITION__': '{"id":6,"amount":60}\n',
      })
      expect(await rowsOf(`${tables()} SELECT * FROM o ORDER BY id;`)).toEqual(
        SALES.map(s => [s.id, s.region || null, s.d, s.amount]),
      )
    })
  }

  it('writes CSV without those columns, its header too', async () => {
    const choices = { format: 'csv', options: ", 'csv.header' = 'true'" }
    await insert('INSERT INTO o SELECT * FROM s WHERE id = 1;', 'batch', choices)
    expect(await contents()).toEqual({ 'd=2024-01-01/region=eu': 'id,amount\n1,10\n' })
    expect(await rowsOf(`${tables(choices)} SELECT * FROM o;`)).toEqual([
      [1, 'eu', '2024-01-01', 10],
    ])
  })

  const typed: readonly (readonly [type: string, value: string, name: string])[] = [
    ['DATE', "DATE '2024-02-29'", '2024-02-29'],
    ['TIMESTAMP(3)', "TIMESTAMP '2024-01-01 10:00:00.120'", '2024-01-01T10%3A00%3A00.120'],
    ['BOOLEAN', 'id > 0', 'true'],
    ['DECIMAL(10, 2)', 'CAST(30 AS DECIMAL(10, 2))', '30.00'],
    ['DOUBLE', 'CAST(10 AS DOUBLE)', '10.0'],
    ['INT', 'id', '1'],
    ['TIME(0)', "TIME '10:01:02'", '10%3A01%3A02'],
  ]
  for (const [type, value, name] of typed)
    it(`names folders by ${type}, and reads it again`, async () => {
      const choices = { region: type }
      await insert(
        `INSERT INTO o SELECT id, ${value}, d, amount FROM s WHERE id = 1;`,
        'batch',
        choices,
      )
      expect(Object.keys(await contents())).toEqual([`d=2024-01-01/region=${name}`])
      const same = `${tables(choices)} SELECT o.id FROM o JOIN s ON o.id = s.id WHERE o.region = (${value.replace('id', 's.id')});`
      expect(await rowsOf(same)).toEqual([[1]])
    })

  it('keeps more partitions than files stay open, each with rows of several epochs', async () => {
    const rows = Array.from({ length: 280 }, (_, i) => ({ id: i, d: `d${i % 140}`, region: 'x' }))
    await writeFile(join(folder, 'in.ndjson'), rows.map(r => `${JSON.stringify(r)}\n`).join(''))
    await runSql(
      `${tables()} INSERT INTO o SELECT * FROM s;`,
      { epochMs: 1, stateDir: join(folder, 'state') },
      { batchRecords: 140 },
    )
    expect(await ids()).toEqual(rows.map(r => r.id))
    expect(Object.keys(await contents())).toHaveLength(140)
  }, 30_000)
})

describe('PARTITION (column = value)', () => {
  it('gives the columns that it names a constant', async () => {
    await insert(
      "INSERT INTO o PARTITION (d = '2024-05-05', region = 'x') SELECT id, amount FROM s WHERE id = 1;",
    )
    expect(await contents()).toEqual({ 'd=2024-05-05/region=x': '{"id":1,"amount":10}\n' })
  })

  it('leaves the others to the query, which may list columns', async () => {
    await insert("INSERT INTO o PARTITION (region = 'x') (d, id) SELECT d, id FROM s WHERE id < 3;")
    expect(await contents()).toEqual({
      'd=2024-01-01/region=x': '{"id":1,"amount":null}\n{"id":2,"amount":null}\n',
    })
  })

  it('converts the constant to the type of the column', async () => {
    const choices = { d: 'DATE', region: 'INT' }
    const sql =
      "INSERT INTO o PARTITION (d = '2024-01-09', region = '7') SELECT id, amount FROM s WHERE id = 1;"
    await insert(sql, 'batch', choices)
    expect(Object.keys(await contents())).toEqual(['d=2024-01-09/region=7'])
  })

  it('is refused for columns that are not of a partition, and with too many columns', async () => {
    expect(
      await messageOf(insert('INSERT INTO o PARTITION (id = 3) SELECT region, d, amount FROM s;')),
    ).toContain('Table "o" is not partitioned by "id"')
    expect(
      await messageOf(insert("INSERT INTO o PARTITION (region = 'eu') SELECT * FROM s;")),
    ).toContain('The query gives 5 columns, table "o" takes 4')
  })
})

describe('INSERT OVERWRITE', () => {
  const ALL = [1, 2, 3, 4, 5, 6]
  const replaced: readonly (readonly [sql: string, ids: readonly number[]])[] = [
    [
      "INSERT OVERWRITE o SELECT id + 100, region, d, amount FROM s WHERE region = 'eu'",
      [2, 4, 5, 6, 101, 103],
    ],
    [
      "INSERT OVERWRITE o PARTITION (d = '2024-01-01', region = 'eu') SELECT id + 100, amount FROM s WHERE id = 2",
      [2, 3, 4, 5, 6, 102],
    ],
    [
      "INSERT OVERWRITE o PARTITION (d = '2024-01-01') SELECT id + 100, region, amount FROM s WHERE id = 3",
      [2, 3, 4, 5, 6, 103],
    ],
    [
      "INSERT OVERWRITE o PARTITION (d = '2024-01-01', region = 'eu') SELECT id, amount FROM s WHERE id = 999",
      ALL,
    ],
    ['INSERT OVERWRITE o SELECT * FROM s WHERE id = 999', ALL],
  ]
  for (const [sql, left] of replaced)
    it(`replaces the partitions that it has rows for: ${sql}`, async () => {
      await insert('INSERT INTO o SELECT * FROM s;')
      await insert(`${sql};`)
      expect(await ids()).toEqual(left)
    })

  it('replaces all of a table without partitions, also by nothing', async () => {
    const flat = { by: '' }
    await insert('INSERT INTO o SELECT * FROM s;', 'batch', flat)
    await mkdir(join(folder, 'out/kept'))
    await writeFile(join(folder, 'out/kept/other.txt'), '')
    await insert(
      'INSERT OVERWRITE o SELECT id + 10, region, d, amount FROM o WHERE id < 3;',
      'batch',
      flat,
    )
    expect(Object.keys(await contents()).toSorted()).toEqual(['', 'kept'])
    expect(await ids(flat)).toEqual([11, 12])
    await insert('INSERT OVERWRITE o SELECT * FROM s WHERE id = 999;', 'batch', flat)
    expect(await ids(flat)).toEqual([])
  })

  it('leaves everything as it was when the query fails', async () => {
    const flat = { by: '' }
    await insert('INSERT INTO o SELECT * FROM s;', 'batch', flat)
    await expect(
      insert('INSERT OVERWRITE o SELECT CAST(d AS INT), region, d, amount FROM s;', 'batch', flat),
    ).rejects.toMatchObject({ code: 'MR_DATA_EVALUATION' })
    expect(await ids(flat)).toEqual(ALL)
  })

  it('is refused in streaming mode, for one file, and by connectors that only add', async () => {
    expect(await messageOf(insert('INSERT OVERWRITE o SELECT * FROM s;', 'streaming'))).toContain(
      'it is for batch mode',
    )
    const single = { by: '', options: ", 'sink.single-file' = 'true'" }
    expect(
      await messageOf(insert('INSERT OVERWRITE o SELECT * FROM s;', 'batch', single)),
    ).toContain("'sink.single-file' makes it one file")
    const into = "CREATE TABLE b (id INT) WITH ('connector' = 'blackhole');"
    expect(await messageOf(insert(`${into} INSERT OVERWRITE b SELECT id FROM s;`))).toContain(
      "connector 'blackhole' only adds to it",
    )
  })
})

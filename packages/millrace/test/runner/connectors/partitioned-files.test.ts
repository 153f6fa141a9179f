// Folders of files as partitions: read with their values, not opened when a condition excludes them; what is known of the files.

import { mkdir, mkdtemp, rm, utimes, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { createBuiltInRegistry } from '../../../src/runner/built-in-registry.ts'
import { EmbeddedRunner } from '../../../src/runner/embedded-runner.ts'
import { loadScript } from '../../../src/runner/load-script.ts'
import { messageOf, rowsOf } from '../bad-input/sql-run.ts'

let folder: string
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'millrace-partitions-'))
})
afterEach(() => rm(folder, { recursive: true, force: true }))

async function give(path: string, text: string): Promise<void> {
  await mkdir(dirname(join(folder, path)), { recursive: true })
  await writeFile(join(folder, path), text)
}

const table = (
  columns = 'id INT, `day` STRING, region STRING',
  { by = '`day`, region', options = "'format' = 'json'" } = {},
) =>
  `CREATE TABLE t (${columns}) PARTITIONED BY (${by}) WITH ('connector' = 'filesystem', 'path' = '${folder}', ${options});`

const giveDays = async () => {
  await give('day=2024-01-01/region=eu/a.ndjson', '{"id":1}\n{"id":2}\n')
  await give('day=2024-01-01/region=us/a.ndjson', '{"id":3}\n')
  await give('day=2024-01-02/region=eu/a.ndjson', '{"id":4}\n')
}

describe('a table of partitions', () => {
  it('has their values as columns, wherever these stand', async () => {
    await giveDays()
    const all = [
      ['eu', 1, '2024-01-01'],
      ['eu', 2, '2024-01-01'],
      ['us', 3, '2024-01-01'],
      ['eu', 4, '2024-01-02'],
    ]
    expect(
      await rowsOf(`${table('region STRING, id INT, `day` STRING')} SELECT * FROM t;`),
    ).toEqual(all)
  })

  it('has them over what records say, and reads fields of CSV past them', async () => {
    await give('day=x/region=y/a.csv', '7,8\n')
    await give('day=x/region=z/a.csv', '9,3\n')
    const csv = { options: "'format' = 'csv'" }
    expect(
      await rowsOf(`${table('a INT, `day` STRING, region STRING, b INT', csv)} SELECT * FROM t;`),
    ).toEqual([
      [7, 'x', 'y', 8],
      [9, 'x', 'z', 3],
    ])
  })

  it('reads texts with marks, NULL, and values of other types', async () => {
    await give('k=a b%3D%2F%25é/n=1/a.ndjson', '{"id":1}\n')
    await give('k=__DEFAULT_PARTITION__/n=-20/a.ndjson', '{"id":2}\n')
    const columns = 'id INT, k STRING, n BIGINT'
    expect(await rowsOf(`${table(columns, { by: 'k, n' })} SELECT id, k, n + 1 FROM t;`)).toEqual([
      [2, null, -19],
      [1, 'a b=/%é', 2],
    ])
  })

  const typed: readonly (readonly [type: string, folder: string, text: string])[] = [
    ['DATE', '2024-02-29', '2024-02-29'],
    ['TIMESTAMP(3)', '2024-01-01T10%3A00', '2024-01-01 10:00:00.000'],
    ['TIMESTAMP(3)', '2024-01-01T10%3A00%3A00.120', '2024-01-01 10:00:00.120'],
    ['BOOLEAN', 'true', 'TRUE'],
    ['DECIMAL(10, 2)', '30.00', '30.00'],
    ['DOUBLE', '3.5', '3.5'],
    ['TIME(0)', '10%3A01%3A02', '10:01:02'],
  ]
  for (const [type, name, text] of typed)
    it(`reads ${type} from ${name}`, async () => {
      await give(`k=${name}/a.ndjson`, '{"id":1}\n')
      const columns = `id INT, k ${type}`
      expect(
        await rowsOf(`${table(columns, { by: 'k' })} SELECT CAST(k AS STRING) FROM t;`),
      ).toEqual([[text]])
    })

  it('takes the name of the folder of NULL from an option', async () => {
    await give('k=none/a.ndjson', '{"id":1}\n')
    const options = "'format' = 'json', 'partition.default-name' = 'none'"
    expect(
      await rowsOf(`${table('id INT, k STRING', { by: 'k', options })} SELECT * FROM t;`),
    ).toEqual([[1, null]])
  })

  it('refuses a file outside of them, a value of another type, and types without text', async () => {
    await giveDays()
    expect(
      await messageOf(rowsOf(`${table('id INT, zone STRING', { by: 'zone' })} SELECT * FROM t;`)),
    ).toContain('is not in the folder of a partition: it is in no folder "zone=…"')
    expect(
      await messageOf(rowsOf(`${table('id INT, region INT', { by: 'region' })} SELECT * FROM t;`)),
    ).toContain('"eu" is no INT')
    expect(
      await messageOf(
        rowsOf(`${table('id INT, region ARRAY<INT>', { by: 'region' })} SELECT * FROM t;`),
      ),
    ).toContain('cannot be partitioned by "region"')
  })
})

describe('a condition on partitions', () => {
  // A file that is opened would fail the run.
  const conditions: Readonly<Record<string, readonly number[]>> = {
    "`day` = '2024-01-02'": [4],
    "region = 'eu' AND id > 1": [2, 4],
    "`day` IN ('2024-01-01', '2024-01-02') AND region <> 'bad'": [1, 2, 3, 4],
    "region BETWEEN 'd' AND 'v' AND `day` > '2024-01-01'": [4],
    "UPPER(region) = 'US'": [3],
    "(`day` = '2024-01-02' OR region = 'us') AND region IS NOT NULL AND region <> 'bad'": [3, 4],
  }
  for (const [condition, ids] of Object.entries(conditions))
    it(`leaves files of others closed: ${condition}`, async () => {
      await giveDays()
      await give('day=2024-01-03/region=bad/a.ndjson', 'no JSON\n')
      expect(await rowsOf(`${table()} SELECT id FROM t WHERE ${condition};`)).toEqual(
        ids.map(id => [id]),
      )
    })

  it('that fails for a partition fails with its records', async () => {
    await giveDays()
    const sql = `${table()} SELECT id FROM t WHERE CAST(region AS INT) = 3;`
    expect(await messageOf(rowsOf(sql))).toContain("cannot cast 'eu' to INT")
  })

  it('reads what any of several queries asks for, once', async () => {
    await giveDays()
    await give('day=2024-01-03/region=bad/a.ndjson', 'no JSON\n')
    const sql = `${table()} SELECT id FROM t WHERE \`day\` = '2024-01-02'
      UNION ALL SELECT id * 10 FROM t WHERE region = 'us';`
    expect((await rowsOf(sql)).toSorted()).toEqual([[30], [4]])
  })

  it('finds new files of the partitions that it asks for while it runs, and after a restart', async () => {
    await giveDays()
    const sql = `${table(undefined, { options: "'format' = 'json', 'source.monitor-interval' = '20 ms'" })}
      SELECT region, COUNT(*) AS n FROM t WHERE \`day\` = '2024-01-01' GROUP BY region;`
    const run = async (onRow: (count: number) => Promise<boolean>) => {
      const { program, query } = loadScript(sql, {
        name: 'partitions',
        connectors: createBuiltInRegistry(),
        settings: { stateDir: join(folder, '.state'), epochMs: 10 },
      })
      if (!query) throw new TypeError('no query')
      const found: unknown[][] = []
      for await (const { kind, row } of new EmbeddedRunner().query(program, query.plan)) {
        found.push([kind, ...row])
        if (await onRow(found.length)) break
      }
      return found
    }
    const first = await run(async count => {
      if (count === 4) await give('day=2024-01-02/region=eu/b.ndjson', 'no JSON\n')
      if (count === 4) await give('day=2024-01-01/region=new/b.ndjson', '{"id":9}\n')
      return count === 5
    })
    expect(first).toEqual([
      ['+I', 'eu', 1],
      ['-U', 'eu', 1],
      ['+U', 'eu', 2],
      ['+I', 'us', 1],
      ['+I', 'new', 1],
    ])
    await give('day=2024-01-01/region=us/c.ndjson', '{"id":10}\n')
    expect((await run(async count => count === 2)).at(-1)).toEqual(['+U', 'us', 2])
  })
})

describe('metadata columns of files', () => {
  const columns =
    "id INT, path STRING NOT NULL METADATA FROM 'file.path', name STRING METADATA FROM 'file.name', `file.size` BIGINT METADATA, changed TIMESTAMP_LTZ(3) METADATA FROM 'file.modification-time' VIRTUAL"
  const plain = (more = columns) =>
    `CREATE TABLE t (${more}) WITH ('connector' = 'filesystem', 'path' = '${folder}', 'format' = 'json');`

  it('are their paths, names, sizes and times', async () => {
    await give('x/a.ndjson', '{"id":1,"name":"other"}\n')
    await utimes(join(folder, 'x/a.ndjson'), 0, 1_700_000_000.5)
    expect(
      await rowsOf(
        `${plain()} SELECT id, path, name, \`file.size\`, CAST(changed AS STRING) FROM t;`,
      ),
    ).toEqual([[1, join(folder, 'x/a.ndjson'), 'a.ndjson', 24, '2023-11-14 22:13:20.500']])
  })

  it('can be grouped and filtered by', async () => {
    await give('a.ndjson', '{"id":1}\n{"id":2}\n')
    await give('b.ndjson', '{"id":3}\n')
    expect(
      await rowsOf(`${plain()} SELECT name, COUNT(*) FROM t WHERE id < 9 GROUP BY name;`),
    ).toEqual([
      ['a.ndjson', 2],
      ['b.ndjson', 1],
    ])
  })

  it('are converted to the type that is declared, or refused', async () => {
    await give('a.ndjson', '{"id":1}\n')
    expect(await rowsOf(`${plain("s STRING METADATA FROM 'file.size'")} SELECT s FROM t;`)).toEqual(
      [['9']],
    )
    expect(
      await messageOf(
        rowsOf(`${plain("s ARRAY<INT> METADATA FROM 'file.size'")} SELECT s FROM t;`),
      ),
    ).toContain(
      'metadata \'file.size\' of table "t" is BIGINT NOT NULL, which column "s" cannot take',
    )
    expect(
      await messageOf(rowsOf(`${plain("s STRING METADATA FROM 'file.pth'")} SELECT s FROM t;`)),
    ).toContain("Did you mean 'file.path'?")
  })
})

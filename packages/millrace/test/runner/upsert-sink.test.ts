// Sinks that take upserts by a key that is not the stream's.

import { mkdir, mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { messageOf, runSql } from './bad-input/sql-run.ts'

let folder: string
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'millrace-upsert-sink-'))
  await mkdir(join(folder, 'in'))
})
afterEach(() => rm(folder, { recursive: true, force: true }))

type Change = readonly [op: string, id: number, city: string, n: number]

const write = (file: string, changes: readonly Change[]) =>
  writeFile(
    join(folder, 'in', file),
    changes
      .map(([op, id, city, n]) => `${JSON.stringify({ op, data: { id, city, n } })}\n`)
      .join(''),
  )

/** Rows with key `id` go to a sink with key `city`. */
const sql = (
  more = '',
  {
    key = ', PRIMARY KEY (id) NOT ENFORCED',
    at = '',
    query = 'SELECT * FROM t',
    conflict = '',
    mode = 'I,UA,D',
  } = {},
) => `${more}
  CREATE TABLE t (id INT, city STRING, n INT${key}${at})
  WITH ('connector' = 'filesystem', 'path' = '${join(folder, 'in')}', 'format' = 'changelog-json');
  CREATE TABLE o (id INT, city STRING, n INT, PRIMARY KEY (city) NOT ENFORCED)
  WITH ('connector' = 'filesystem', 'path' = '${join(folder, 'out')}', 'format' = 'changelog-json',
    'changelog-json.mode' = '${mode}');
  INSERT INTO o ${query} ${conflict};`

async function written(): Promise<readonly Change[]> {
  const files = (await readdir(join(folder, 'out'))).toSorted()
  const texts = await Promise.all(files.map(f => readFile(join(folder, 'out', f), 'utf8')))
  return texts
    .join('')
    .trim()
    .split('\n')
    .map(line => JSON.parse(line))
    .map(({ op, data }) => [op, data.id, data.city, data.n])
}

const TWO: readonly Change[] = [
  ['+I', 1, 'Bonn', 1],
  ['+I', 2, 'Bonn', 2],
]

describe('an upsert sink with a key of its own', () => {
  it('shows the newest row of its key, and the one before when that goes', async () => {
    await write('1', [...TWO, ['-D', 2, 'Bonn', 2], ['-D', 1, 'Bonn', 1]])
    await runSql(sql())
    expect(await written()).toEqual([
      ['+I', 1, 'Bonn', 1],
      ['+U', 2, 'Bonn', 2],
      ['+U', 1, 'Bonn', 1],
      ['-D', 1, 'Bonn', 1],
    ])
  })

  it('deletes the key that an update has left', async () => {
    await write('1', [
      ['+I', 1, 'Bonn', 1],
      ['-U', 1, 'Bonn', 1],
      ['+U', 1, 'Kiel', 1],
    ])
    await runSql(sql())
    expect(await written()).toEqual([
      ['+I', 1, 'Bonn', 1],
      ['-D', 1, 'Bonn', 1],
      ['+I', 1, 'Kiel', 1],
    ])
  })

  it('takes back one of equal rows at a time where the stream has no key', async () => {
    const row: Change = ['+I', 1, 'Bonn', 1]
    await write('1', [row, ['+I', 2, 'Bonn', 2], row, ['-D', 1, 'Bonn', 1], ['-D', 1, 'Bonn', 1]])
    await runSql(sql('', { key: '' }))
    expect(await written()).toEqual([
      row,
      ['+U', 2, 'Bonn', 2],
      ['+U', 1, 'Bonn', 1],
      ['+U', 2, 'Bonn', 2],
    ])
  })

  it('remembers the order of arrival over a restart', async () => {
    const settings = { stateDir: join(folder, 'state'), epochMs: 1 }
    await write('1', [...TWO, ['+I', 3, 'Bonn', 3]])
    await runSql(sql(), settings)
    await write('2', [
      ['-D', 2, 'Bonn', 2],
      ['-D', 3, 'Bonn', 3],
    ])
    await runSql(sql(), settings)
    expect((await written()).slice(3)).toEqual([['+U', 1, 'Bonn', 1]])
  })

  it('gets the changes as they are when a setting says so', async () => {
    await write('1', [...TWO, ['-D', 2, 'Bonn', 2]])
    await runSql(sql("SET 'table.exec.sink.upsert-materialize' = 'NONE';"))
    expect((await written()).at(-1)).toEqual(['-D', 2, 'Bonn', 2])
  })

  it('deletes what an update takes back when changes come as they are, for its other row may have another key', async () => {
    await write('1', [
      ['+I', 1, 'Bonn', 1],
      ['-U', 1, 'Bonn', 1],
      ['+U', 1, 'Kiel', 1],
    ])
    await runSql(sql("SET 'table.exec.sink.upsert-materialize' = 'NONE';"))
    expect(await written()).toEqual([
      ['+I', 1, 'Bonn', 1],
      ['-D', 1, 'Bonn', 1],
      ['+U', 1, 'Kiel', 1],
    ])
  })
})

const WATERMARK = ', ts AS TO_TIMESTAMP_LTZ(n, 3), WATERMARK FOR ts AS ts'
const ON_TIME = { at: WATERMARK, query: 'SELECT id, city, n FROM t' }

describe('INSERT … ON CONFLICT', () => {
  it('DO DEDUPLICATE shows the newest row', async () => {
    await write('1', [...TWO, ['-D', 2, 'Bonn', 2]])
    await runSql(sql('', { conflict: 'ON CONFLICT DO DEDUPLICATE' }))
    expect((await written()).at(-1)).toEqual(['+U', 1, 'Bonn', 1])
  })

  for (const mode of ['streaming'] as const)
    it(`DO NOTHING keeps the first row: ${mode}`, async () => {
      await write('1', [...TWO, ['+I', 3, 'Kiel', 3]])
      await runSql(sql('', { ...ON_TIME, conflict: 'ON CONFLICT DO NOTHING' }), { mode })
      expect(await written()).toEqual([
        ['+I', 1, 'Bonn', 1],
        ['+I', 3, 'Kiel', 3],
      ])
    })

  it('DO NOTHING is the same in batches of 1 and of 1000', async () => {
    const changes = Array.from({ length: 400 }, (_, i): Change[] => {
      const city = `c${(i * 7) % 5}`
      const row: Change = ['+I', i, city, i]
      return i % 3 === 0 ? [row, ['-D', i, city, i]] : [row]
    }).flat()
    await write('1', changes)
    const text = sql('', { ...ON_TIME, conflict: 'ON CONFLICT DO NOTHING' })
    await runSql(text, {}, { batchRecords: 1 })
    const one = await written()
    await rm(join(folder, 'out'), { recursive: true })
    await runSql(text, {}, { batchRecords: 1000 })
    expect(await written()).toEqual(one)
    expect(one.map(([op]) => op)).toContain('-D')
  })

  it('DO NOTHING remembers over a restart whose row a key is', async () => {
    const settings = { stateDir: join(folder, 'state'), epochMs: 1 }
    const text = sql('', { ...ON_TIME, conflict: 'ON CONFLICT DO NOTHING' })
    await write('1', [...TWO, ['+I', 3, 'Kiel', 3]])
    await runSql(text, settings)
    await write('2', [
      ['-D', 2, 'Bonn', 4],
      ['+I', 4, 'Bonn', 5],
      ['-U', 1, 'Bonn', 1],
      ['+U', 1, 'Bonn', 6],
      ['-D', 3, 'Kiel', 7],
    ])
    await runSql(text, settings)
    expect((await written()).slice(2)).toEqual([
      ['+U', 1, 'Bonn', 6],
      ['-D', 3, 'Kiel', 3],
    ])
  })

  it('DO ERROR ends the run and says which key it is', async () => {
    await write('1', TWO)
    const text = sql('', { ...ON_TIME, conflict: 'ON CONFLICT DO ERROR' })
    expect(await messageOf(runSql(text))).toContain(
      'MR_DATA_CONFLICT: several rows have the key (city = Bonn) of table o',
    )
  })

  it('DO ERROR lets rows change places within one time', async () => {
    await write('1', [
      ['+I', 1, 'Bonn', 1],
      ['+I', 2, 'Kiel', 1],
      ['-U', 1, 'Bonn', 1],
      ['+U', 1, 'Kiel', 1],
      ['-U', 2, 'Kiel', 1],
      ['+U', 2, 'Bonn', 1],
    ])
    await runSql(sql('', { ...ON_TIME, conflict: 'ON CONFLICT DO ERROR' }))
    expect(await written()).toEqual([
      ['+I', 1, 'Bonn', 1],
      ['+I', 1, 'Kiel', 1],
      ['+U', 2, 'Bonn', 1],
    ])
  })

  const REFUSED: readonly [
    title: string,
    more: string,
    settings: Parameters<typeof sql>[1],
    says: string,
  ][] = [
    ['DO NOTHING without watermarks', '', { conflict: 'ON CONFLICT DO NOTHING' }, 'but t has none'],
    [
      'for a sink that takes both rows of updates',
      '',
      { conflict: 'ON CONFLICT DO DEDUPLICATE', mode: 'I,UB,UA,D' },
      'takes updates with both their rows',
    ],
    [
      'where changes are let through as they are',
      "SET 'table.exec.sink.upsert-materialize' = 'NONE';",
      { conflict: 'ON CONFLICT DO DEDUPLICATE' },
      'lets changes through as they are',
    ],
    [
      'that is absent where it is demanded',
      "SET 'table.exec.sink.require-on-conflict' = 'true';",
      {},
      'its primary key is (city), the query tells rows apart by (id)',
    ],
  ]
  for (const [title, more, settings, says] of REFUSED)
    it(`is refused ${title}`, async () => {
      await write('1', TWO)
      expect(await messageOf(runSql(sql(more, settings)))).toContain(says)
    })
})

describe('an upsert sink with the key of the stream', () => {
  const counts = (having: string) => `
    CREATE TABLE t (id INT, city STRING, n INT)
    WITH ('connector' = 'filesystem', 'path' = '${join(folder, 'in')}', 'format' = 'changelog-json',
      'changelog-json.mode' = 'I');
    CREATE TABLE o (city STRING, n BIGINT, PRIMARY KEY (city) NOT ENFORCED)
    WITH ('connector' = 'filesystem', 'path' = '${join(folder, 'out')}', 'format' = 'changelog-json',
      'changelog-json.mode' = 'I,UA,D');
    INSERT INTO o SELECT city, COUNT(*) FROM t GROUP BY city ${having};`
  const three: readonly Change[] = [1, 2, 3].map(i => ['+I', i, 'Bonn', i])
  const counted = async () => (await written()).map(([op, , city, n]) => `${op} ${city} ${n}`)

  it('gets the new row of an update alone', async () => {
    await write('1', three)
    await runSql(counts(''))
    expect(await counted()).toEqual(['+I Bonn 1', '+U Bonn 2', '+U Bonn 3'])
  })

  it('loses the row of a key whose update does not pass a filter', async () => {
    await write('1', three)
    await runSql(counts('HAVING COUNT(*) < 3'))
    expect((await counted()).at(-1)).toBe('-D Bonn 2')
  })

  it('keeps the row of a key that passes a filter of keys', async () => {
    await write('1', three)
    await runSql(counts("HAVING city <> 'Rome'"))
    expect(await counted()).toEqual(['+I Bonn 1', '+U Bonn 2', '+U Bonn 3'])
  })
})

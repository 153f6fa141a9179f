// Queries over rows that replace each other by key end with what they give over whole changes.

import { mkdir, mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { Choices, numbersOf } from '@millrace/testing'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { runSql } from './bad-input/sql-run.ts'

let folder: string
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'millrace-upsert-readers-'))
})
afterEach(() => rm(folder, { recursive: true, force: true }))

interface Item {
  readonly id: number
  readonly n: number | null
}
type Change = readonly [op: '+I' | '-U' | '+U' | '-D', item: Item]

/** What happens to a table of few keys. */
function story(choices: Choices): readonly Change[] {
  const current = new Map<number, Item>()
  return Array.from({ length: 60 }).flatMap((): readonly Change[] => {
    const id = choices.below(6)
    const n = choices.oneIn(5) ? null : choices.below(6)
    const before = current.get(id)
    if (before && choices.oneIn(4)) {
      current.delete(id)
      return [['-D', before]]
    }
    current.set(id, { id, n })
    if (!before) return [['+I', { id, n }]]
    return [
      ['-U', before],
      ['+U', { id, n }],
    ]
  })
}

const linesOf = (changes: readonly Change[]) =>
  changes.map(([op, data]) => `${JSON.stringify({ op, data })}\n`).join('')

/** One table, told whole or by rows that replace each other. */
async function tableOf(name: string, changes: readonly Change[], isWhole: boolean) {
  const path = join(folder, `${name}-${isWhole}`)
  await mkdir(path)
  await writeFile(join(path, 'a'), linesOf(changes.filter(([op]) => isWhole || op !== '-U')))
  const mode = isWhole ? 'I,UB,UA,D' : 'I,UA,D'
  return `CREATE TABLE ${name} (id INT, n INT, PRIMARY KEY (id) NOT ENFORCED) WITH ('connector' = 'filesystem',
    'path' = '${path}', 'format' = 'changelog-json', 'changelog-json.mode' = '${mode}');`
}

/** The rows that a query ends with, sorted. */
async function endOf(tables: string, query: string, mode: 'streaming' | 'batch') {
  const path = join(folder, 'out')
  await rm(path, { recursive: true, force: true })
  await runSql(
    `${tables} CREATE TABLE o (a INT, b INT, c INT) WITH ('connector' = 'filesystem', 'path' = '${path}',
      'format' = 'changelog-json'); INSERT INTO o ${query};`,
    { mode },
  )
  const files = (await readdir(path)).toSorted()
  const texts = await Promise.all(files.map(f => readFile(join(path, f), 'utf8')))
  const counts = new Map<string, number>()
  for (const line of texts.join('').trim().split('\n').filter(Boolean)) {
    const { op, data } = JSON.parse(line)
    const row = JSON.stringify(data)
    counts.set(row, (counts.get(row) ?? 0) + (op === '-U' || op === '-D' ? -1 : 1))
  }
  return [...counts].filter(([, count]) => count !== 0).sort()
}

const QUERIES: Readonly<Record<string, string>> = {
  'a join by both keys': 'SELECT l.id, l.n, r.n FROM l JOIN r ON l.id = r.id',
  'a full join by both keys': 'SELECT l.id, l.n, r.n FROM l FULL JOIN r ON l.id = r.id',
  'a left join by the key of one': 'SELECT l.id, l.n, r.n FROM l LEFT JOIN r ON l.n = r.id',
  'a join on more than the key': 'SELECT l.id, l.n, r.n FROM l JOIN r ON l.id = r.id AND l.n = r.n',
  'a join with a condition':
    'SELECT l.id, l.n, r.n FROM l LEFT JOIN r ON l.id = r.id AND l.n < r.n',
  'rows that have partners': 'SELECT id, n, n FROM l WHERE id IN (SELECT id FROM r)',
  'rows that have no partners':
    'SELECT id, n, n FROM l WHERE NOT EXISTS (SELECT 1 FROM r WHERE r.id = l.id)',
  'aggregates of a join':
    'SELECT l.n, SUM(r.n), CAST(COUNT(*) AS INT) FROM l JOIN r ON l.id = r.id GROUP BY l.n',
  'the first rows': 'SELECT id, n, n FROM l ORDER BY n DESC, id LIMIT 3',
  'the first rows of a join':
    'SELECT l.id, l.n, r.n FROM l JOIN r ON l.id = r.id ORDER BY l.n, r.n, l.id LIMIT 2',
}

describe.each(['streaming', 'batch'] as const)('in %s mode', mode => {
  it.each(Object.entries(QUERIES))('ends the same: %s', async (_, query) => {
    for (let seed = 0; seed < 4; seed++) {
      const choices = new Choices(numbersOf(seed))
      const [l, r] = [story(choices), story(choices)]
      const told = async (isWhole: boolean) =>
        (await tableOf('l', l, isWhole)) + (await tableOf('r', r, isWhole))
      const whole = await endOf(await told(true), query, mode)
      expect(await endOf(await told(false), query, mode), `seed ${seed}`).toEqual(whole)
      for (const name of await readdir(folder)) await rm(join(folder, name), { recursive: true })
    }
  })
})

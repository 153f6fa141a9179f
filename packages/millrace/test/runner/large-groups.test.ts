// Aggregates that hold many values a group: their state is written by what has changed, and found again by a restart.

import { mkdir, mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { createBuiltInRegistry } from '../../src/runner/built-in-registry.ts'
import { EmbeddedRunner } from '../../src/runner/embedded-runner.ts'
import { explainQueryPlan, loadScript } from '../../src/runner/load-script.ts'
import { canonicalValue } from '../../src/types/canonical-json.ts'
import type { Row, RowKindCode } from '../../src/types/value.ts'
import { writeLines } from '../support/engine.ts'

let folder: string
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'millrace-groups-'))
  await mkdir(join(folder, 'in'))
})
afterEach(() => rm(folder, { recursive: true, force: true }))

interface Item {
  readonly id: number
  readonly grp: string
  readonly name: string | null
  readonly n: number | null
}

type Change = readonly [op: '+I' | '-D', item: Item]

/** Groups of a few values and of hundreds; one is emptied and comes again. */
const itemOf = (id: number): Item => ({
  id,
  grp: id % 10 === 0 ? 'small' : id % 3 === 0 ? 'middle' : 'large',
  name: id % 7 === 0 ? null : `v${(id * 31) % 400}`,
  n: id % 11 === 0 ? null : ((id * 17) % 500) - 250,
})
const items = (from: number, to: number) =>
  Array.from({ length: to - from }, (_, i) => itemOf(from + i))
const added = (some: readonly Item[]): Change[] => some.map(item => ['+I', item])
const removed = (some: readonly Item[]): Change[] => some.map(item => ['-D', item])

const PARTS: readonly (readonly Change[])[] = [
  [...added(items(0, 600)), ...removed(items(0, 50))],
  [
    ...removed(items(50, 300)),
    ...removed(items(300, 600).filter(i => i.grp === 'small')),
    ...added(items(600, 700).filter(i => i.grp !== 'small')),
  ],
  [...added(items(700, 760)), ...removed(items(400, 450).filter(i => i.grp !== 'small'))],
]

const write = (part: number) =>
  writeLines(
    join(folder, 'in', `${part}.ndjson`),
    (PARTS[part] as readonly Change[]).map(([op, data]) => ({ op, data })),
  )

const AGGREGATES = `COUNT(DISTINCT name) AS d, SUM(DISTINCT n) AS s, MIN(n) AS lo, MAX(name) AS hi,
  FIRST_VALUE(name) AS f, LAST_VALUE(n) AS l, LISTAGG(name) AS t, ARRAY_AGG(n) AS a, COLLECT(n) AS c,
  PERCENTILE(n, 0.9) AS p, JSON_OBJECTAGG(KEY CAST(id AS STRING) VALUE n) AS o, COUNT(DISTINCT name, n) AS b`

/** Runs the job to the end of what is there; results go on from `rows`. */
async function run(
  state: string | undefined,
  before: readonly string[] = [],
): Promise<readonly string[]> {
  const script = `
    CREATE TABLE items (id INT, grp STRING, name STRING, n INT) WITH (
      'connector' = 'filesystem', 'path' = '${join(folder, 'in')}', 'format' = 'changelog-json'
    );
    SELECT grp, ${AGGREGATES} FROM items GROUP BY grp;`
  const { program, query } = loadScript(script, {
    name: 'groups',
    connectors: createBuiltInRegistry(),
    settings: { ...(state !== undefined && { stateDir: join(folder, state) }), epochMs: 1 },
  })
  if (!query) throw new Error('there is no query')
  const writers = query.columns.map(({ type }) => {
    const write = canonicalValue(type)
    // The members of a multiset have no order.
    return (value: Row[number]) =>
      type.kind === 'multiset' && value !== null
        ? JSON.stringify((JSON.parse(write(value)) as unknown[]).map(String).sort())
        : write(value)
  })
  const counts = new Map(before.map(row => [row, 1]))
  const onChange = (kind: RowKindCode, row: Row) => {
    const text = row.map((v, i) => writers[i]?.(v)).join('|')
    const count = (counts.get(text) ?? 0) + ((kind & 1) === 1 ? -1 : 1)
    if (count === 0) counts.delete(text)
    else counts.set(text, count)
  }
  const [sink] = explainQueryPlan(program, query.plan).sinks
  if (!sink) throw new Error('there is no sink')
  const started = await new EmbeddedRunner().start({
    ...program,
    sinks: [{ ...sink, table: { ...sink.table, attachment: { onChange } } }],
  })
  await started.finished
  expect([...counts.values()].every(n => n === 1)).toBe(true)
  return [...counts.keys()].sort()
}

test('a restart finds every value of small and large groups, and goes on as if there had been none', async () => {
  await write(0)
  const first = await run('state')
  await write(1)
  const second = await run('state', first)
  await write(2)
  const third = await run('state', second)
  // The same input in one go, nothing stored.
  const whole = await run(undefined)
  expect(third).toEqual(whole)
  expect(whole.map(r => r.split('|')[0])).toEqual(['"large"', '"middle"', '"small"'])
})

// What becomes of records on which functions of the program throw, and of those that cannot be written.

import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { callback, csv, files, memory, Millrace, type Table, t } from '../../src/index.ts'

const columns = { n: t.int() }
type Numbers = Table<typeof columns>

function zeroIsBad(n: number): number {
  if (n === 0) throw new Error('zero')
  return n
}

const PROGRAMS: Readonly<Record<string, (table: Numbers, app: Millrace) => Numbers>> = {
  map: table =>
    table
      .stream()
      .map(r => ({ n: zeroIsBad(r.n) }), columns)
      .toTable(),
  filter: table =>
    table
      .stream()
      .filter(r => zeroIsBad(r.n) > 0)
      .toTable(),
  process: table =>
    table
      .stream()
      .keyBy('n')
      .process({ output: columns, onEvent: ({ n }, { emit }) => emit({ n: zeroIsBad(n) }) })
      .toTable(),
  'function of SQL': (table, app) => {
    app.function('CHECKED', { args: [t.int()], returns: t.int() }, zeroIsBad)
    return app.sql`SELECT CHECKED(n) AS n FROM ${table}` as unknown as Numbers
  },
}

describe.each(Object.entries(PROGRAMS))('a %s that throws', (_, make) => {
  async function run(policy: string) {
    const app = new Millrace('errors', { options: new Map([['bad-records', policy]]) })
    const input = app.table('input', {
      source: memory([{ n: 1 }, { n: 0 }, { n: 2 }]),
      schema: columns,
    })
    const seen: number[] = []
    make(input, app).into(callback(({ row }) => void seen.push((row as { n: number }).n)))
    return { result: await app.run(), seen }
  }

  it('puts the record aside, and goes on', async () => {
    const { result, seen } = await run('dead-letter')
    expect(seen).toEqual([1, 2])
    expect(result).toMatchObject({ outcome: 'finished', deadLetters: 1 })
  })

  it('ends the job under the policy to fail, and names the function and its error', async () => {
    await expect(run('fail')).rejects.toMatchObject({
      code: 'MR_DATA_EVALUATION',
      message: expect.stringMatching(/threw: zero/),
      cause: expect.objectContaining({ message: 'zero' }),
    })
  })
})

it('tells what the operator does on whose rows a function throws', async () => {
  const app = new Millrace('named', { options: new Map([['bad-records', 'fail']]) })
  const input = app.table('input', { source: memory([{ n: 0 }]), schema: columns })
  app.function('CHECKED', { args: [t.int()], returns: t.int() }, zeroIsBad)
  const ofGroups = app.sql`SELECT CHECKED(n) AS m FROM (SELECT n, COUNT(*) AS c FROM ${input} GROUP BY n) WHERE c > 0`
  await expect(ofGroups.collect()).rejects.toThrow(
    /It arose on a row of group-aggregate by \[n\] COUNT\(\*\).*: \[0, 1\]$/,
  )
})

it('puts a record aside that its format cannot write, and leaves no part of it in the file', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'millrace-unwritable-'))
  try {
    const app = new Millrace('unwritable')
    const schema = { a: t.string(), b: t.string() }
    const rows = ['x', 'y,z', 'w'].map(b => ({ a: 'a', b }))
    const format = csv({ options: { 'disable-quote-character': 'true' } })
    app
      .table('input', { source: memory(rows), schema })
      .into(files(join(folder, 'out.csv'), { format, options: { 'sink.single-file': 'true' } }))
    expect(await app.run()).toMatchObject({ deadLetters: 1 })
    expect(readFileSync(join(folder, 'out.csv'), 'utf8')).toBe('a,x\na,w\n')
  } finally {
    rmSync(folder, { recursive: true })
  }
})

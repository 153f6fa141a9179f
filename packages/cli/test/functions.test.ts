// CREATE FUNCTION in scripts that the command runs: modules beside the script, wherever the command is started.

import { mkdir, mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { type End, endOf, startCommand } from './support/command.ts'

let folder: string
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'millrace-functions-'))
  await mkdir(join(folder, 'jobs/lib'), { recursive: true })
  await writeFile(join(folder, 'jobs/lib/functions.ts'), MODULE)
  await writeFile(
    join(folder, 'jobs/orders.ndjson'),
    '{"id":1,"price":4.5,"items":"tea jam"}\n{"id":2,"price":6,"items":"tea"}\n',
  )
})
afterEach(() => rm(folder, { recursive: true, force: true }))

const MODULE = `import { aggregateFunction, scalarFunction, t, tableFunction } from 'millrace'

const rate: number = 0.25

export const withTax = scalarFunction({
  args: [t.double()],
  returns: t.double(),
  eval: (price: number): number => price * (1 + rate),
})

export const longest = aggregateFunction({
  args: [t.string()],
  returns: t.string(),
  accumulator: { text: t.string() },
  create: () => ({ text: '' }),
  accumulate: (state, text) => {
    if (text !== null && text.length > state.text.length) state.text = text
  },
  result: state => state.text,
})

export const words = tableFunction({
  args: [t.string()],
  returns: { word: t.string() },
  eval: function* (text) {
    for (const word of (text ?? '').split(' ')) yield { word }
  },
})

export const broken = scalarFunction({
  args: [t.double()],
  returns: t.double(),
  eval: () => {
    throw new Error('out of order')
  },
})

export const incomplete = aggregateFunction({
  args: [t.double()],
  returns: t.double(),
  create: () => ({}),
  accumulate: () => {},
  result: () => 0,
} as never)
export default withTax
export const rateOnly = rate
`

const TABLE = `CREATE TABLE orders (id INT, price DOUBLE, items STRING)
  WITH ('connector' = 'filesystem', 'path' = 'orders*.ndjson', 'format' = 'json');`

async function command(verb: 'query' | 'run', sql: string, ...more: string[]): Promise<End> {
  await writeFile(join(folder, 'jobs/job.sql'), `${TABLE}\n${sql}`)
  // Started from another folder than the script's.
  return endOf(startCommand(folder, [verb, 'jobs/job.sql', ...more]))
}

const rowsOf = ({ stdout }: End) =>
  stdout
    .trim()
    .split('\n')
    .map(line => JSON.parse(line).row)

const query = (sql: string) => command('query', sql, '--mode', 'batch', '--output', 'ndjson')

describe('CREATE FUNCTION', () => {
  it('takes exports of a module beside the script: scalar, aggregate, table', async () => {
    const end = await query(`
      CREATE FUNCTION WITH_TAX AS './lib/functions.ts#withTax' LANGUAGE TYPESCRIPT;
      CREATE TEMPORARY FUNCTION LONGEST AS 'lib/functions.ts#longest';
      CREATE FUNCTION WORDS AS './lib/functions.ts#words';
      SELECT w.word, SUM(WITH_TAX(price)) AS total, LONGEST(items) AS items
      FROM orders, LATERAL TABLE(WORDS(items)) AS w(word) GROUP BY w.word ORDER BY word;`)
    expect(end).toMatchObject({ code: 0, stderr: '' })
    expect(rowsOf(end)).toEqual([
      { word: 'jam', total: 5.625, items: 'tea jam' },
      { word: 'tea', total: 13.125, items: 'tea jam' },
    ])
  })

  it('takes the default export, an absolute path, and a package that the script can see', async () => {
    await mkdir(join(folder, 'jobs/node_modules/taxes'), { recursive: true })
    await writeFile(
      join(folder, 'jobs/node_modules/taxes/package.json'),
      '{ "name": "taxes", "type": "module", "exports": "./index.js" }',
    )
    await writeFile(
      join(folder, 'jobs/node_modules/taxes/index.js'),
      "import { scalarFunction, t } from 'millrace'\nexport const half = scalarFunction({ args: [t.double()], returns: t.double(), eval: x => x / 2 })\n",
    )
    const end = await query(`
      CREATE FUNCTION A AS './lib/functions.ts';
      CREATE FUNCTION B AS '${folder}/jobs/lib/functions.ts#withTax';
      CREATE FUNCTION C AS 'taxes#half';
      SELECT A(price) AS a, B(price) AS b, C(price) AS c FROM orders WHERE id = 1;`)
    expect(end).toMatchObject({ code: 0, stderr: '' })
    expect(rowsOf(end)).toEqual([{ a: 5.625, b: 5.625, c: 2.25 }])
  })

  it('holds for INSERTs that `millrace run` runs, and again after a restart', async () => {
    const sql = `CREATE FUNCTION WITH_TAX AS './lib/functions.ts#withTax';
      CREATE FUNCTION LONGEST AS './lib/functions.ts#longest';
      CREATE TABLE totals (n BIGINT, total DOUBLE, items STRING) WITH ('connector' = 'filesystem', 'path' = 'totals', 'format' = 'changelog-json');
      INSERT INTO totals SELECT COUNT(*), SUM(WITH_TAX(price)), LONGEST(items) FROM orders;`
    const run = () => command('run', sql, '--no-server', '--state-dir', 'state')
    expect(await run()).toMatchObject({ code: 0 })
    await writeFile(
      join(folder, 'jobs/orders2.ndjson'),
      '{"id":3,"price":8,"items":"bread and butter"}\n',
    )
    expect(await run()).toMatchObject({ code: 0 })
    const files = (await readdir(join(folder, 'jobs/totals'))).toSorted()
    const texts = await Promise.all(
      files.map(f => readFile(join(folder, 'jobs/totals', f), 'utf8')),
    )
    const last = JSON.parse(texts.join('').trim().split('\n').at(-1) ?? '')
    expect(last).toEqual({ op: '+U', data: { n: 3, total: 23.125, items: 'bread and butter' } })
  })

  it('tells of a function that fails which row it was, and what it said', async () => {
    const end = await query(
      "CREATE FUNCTION BROKEN AS './lib/functions.ts#broken'; SELECT BROKEN(price) AS x FROM orders;",
    )
    expect(end.code).toBe(1)
    expect(end.stderr).toContain('out of order')
    expect(end.stderr).toContain('"id\\":1')
  })

  const wrong: readonly (readonly [what: string, says: string])[] = [
    ['./lib/nothing.ts#withTax', 'is not found'],
    ['./lib/functions.ts#withTaxes', 'has no export "withTaxes", but "broken", "default"'],
    ['./lib/functions.ts#rateOnly', 'is no function for SQL, but number'],
    ['./lib/functions.ts#incomplete', 'is not declared as it should be'],
    ['no-such-package#f', 'is not found'],
  ]
  for (const [what, says] of wrong)
    it(`names the place of what cannot be used: ${what}`, async () => {
      const end = await query(`CREATE FUNCTION F AS '${what}'; SELECT F(price) FROM orders;`)
      expect(end.code).toBe(1)
      expect(end.stdout).toBe('')
      expect(end.stderr).toContain(`'${what}' at 3:`)
      expect(end.stderr).toContain(says)
      expect(end.stderr).toContain('[MR_SQL_FUNCTION]')
      expect(end.stderr).not.toContain('    at ')
    })
})

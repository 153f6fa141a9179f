// app.execute(): DDL, SET, INSERT, SHOW and queries from TypeScript, mixed with what is declared there.

import { mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { blackhole, memory, Millrace, t } from '../../../src/index.ts'

let folder: string
let app: Millrace
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'millrace-execute-'))
  await writeFile(
    join(folder, 'in.ndjson'),
    '{"id":1,"k":"a"}\n{"id":2,"k":"b"}\n{"id":3,"k":"a"}\n',
  )
  app = new Millrace('execute', { baseFolder: folder })
})
afterEach(() => rm(folder, { recursive: true, force: true }))

const TABLES = `
  CREATE TABLE s (id BIGINT, k STRING) WITH ('connector' = 'filesystem', 'path' = 'in.ndjson', 'format' = 'json');
  CREATE TABLE o (id BIGINT, k STRING) WITH ('connector' = 'filesystem', 'path' = 'out', 'format' = 'json');
  CREATE VIEW only_a AS SELECT * FROM s WHERE k = 'a';`

async function written(): Promise<unknown[]> {
  const names = await readdir(join(folder, 'out'))
  const texts = await Promise.all(names.map(n => readFile(join(folder, 'out', n), 'utf8')))
  return texts.flatMap(text =>
    text
      .trim()
      .split('\n')
      .map(line => JSON.parse(line)),
  )
}

const firstAnswer = async (script: string) => (await app.execute(script)).answers[0]?.collect()

describe('what a script declares', () => {
  it('is known to queries, to into() and to later scripts', async () => {
    await app.execute(TABLES)
    expect(await app.sql`SELECT id FROM only_a`.collect()).toEqual([{ id: 1n }, { id: 3n }])
    app.sql`SELECT id, k FROM only_a WHERE id > 1`.into('o')
    await app.run()
    expect(await written()).toEqual([{ id: 3, k: 'a' }])
    await app.execute('DROP VIEW only_a; CREATE VIEW only_a AS SELECT 7 AS x;')
    expect(await app.sql`SELECT * FROM only_a`.collect()).toEqual([{ x: 7 }])
  })

  it('reads what is declared in TypeScript, and shares its names', async () => {
    const source = memory([{ id: 5n }])
    app.table('five', { source, schema: { id: t.bigint() } })
    app.table('sink', { source: blackhole(), schema: { id: t.bigint() } })
    await app.execute(
      'CREATE VIEW ten AS SELECT id * 2 AS id FROM five; INSERT INTO sink SELECT id FROM ten;',
    )
    expect(await app.sql`SELECT id FROM ten`.collect()).toEqual([{ id: 10n }])
    expect(await app.run()).toMatchObject({ rowsWritten: 1 })
    expect(() => app.table('ten', { source: memory([]), schema: { id: t.bigint() } })).toThrow(
      'There is a table "ten" already.',
    )
    await expect(app.execute('CREATE VIEW five AS SELECT 1 AS x;')).rejects.toMatchObject({
      code: 'MR_SQL_DUPLICATE',
    })
  })

  it('may be functions of modules beside the program, and of text', async () => {
    await writeFile(
      join(folder, 'functions.ts'),
      `import { scalarFunction, t } from '${join(import.meta.dirname, '../../../src/index.ts')}'
export const twice = scalarFunction({ args: [t.bigint()], returns: t.bigint(), eval: (n: bigint): bigint => n * 2n })`,
    )
    await app.execute(`${TABLES} CREATE FUNCTION TWICE AS './functions.ts#twice' LANGUAGE TYPESCRIPT;
      CREATE FUNCTION LOUD AS 'scalarFunction({ args: [t.string()], returns: t.string(), eval: s => s + "!" })' LANGUAGE TYPESCRIPT;`)
    expect(await app.sql`SELECT TWICE(id) AS n, LOUD(k) AS k FROM only_a`.collect()).toEqual([
      { n: 2n, k: 'a!' },
      { n: 6n, k: 'a!' },
    ])
  })
})

describe('INSERTs of a script', () => {
  it('run with what else the app does, once', async () => {
    await app.execute(`${TABLES} INSERT INTO o SELECT * FROM s WHERE k = 'b';`)
    expect(await readdir(folder)).toEqual(['in.ndjson'])
    await app.run()
    expect(await written()).toEqual([{ id: 2, k: 'b' }])
  })

  it('are not added when a statement behind them is wrong, which is shown with its place', async () => {
    const script = `${TABLES}\nINSERT INTO o SELECT * FROM s;\nSELECT nothing FROM s;`
    await expect(app.execute(script)).rejects.toMatchObject({
      code: 'MR_SQL_UNKNOWN_COLUMN',
      message: expect.stringContaining('6:8'),
    })
    expect(app.program().sinks).toEqual([])
    // The tables before it hold.
    expect(await app.sql`SELECT COUNT(*) AS n FROM s`.collect()).toEqual([{ n: 3n }])
  })
})

describe('SET', () => {
  it('stays with the app, over what it was made with', async () => {
    const local = new Millrace('local', { timeZone: 'Europe/Berlin' })
    const time = local.sql`SELECT CAST(TO_TIMESTAMP_LTZ(0, 3) AS STRING) AS x`
    expect(await time.collect()).toEqual([{ x: '1970-01-01 01:00:00.000' }])
    const { notices } = await local.execute(
      "SET 'table.local-time-zone' = 'Asia/Tokyo'; SET 'table.exec.mini-batch.enabled' = 'true';",
    )
    expect(notices).toEqual([expect.stringContaining('has no effect')])
    const later = local.sql`SELECT CAST(TO_TIMESTAMP_LTZ(0, 3) AS STRING) AS x`
    expect(await later.collect()).toEqual([{ x: '1970-01-01 09:00:00.000' }])
    await local.execute("RESET 'table.local-time-zone'")
    expect(local.program().settings.timeZone).toBe('Europe/Berlin')
  })

  it('holds for the statements behind it', async () => {
    await app.execute(
      `SET 'execution.runtime-mode' = 'batch'; SET 'table.exec.sink.not-null-enforcer' = 'DROP'; ${TABLES}`,
    )
    expect(app.program().settings).toMatchObject({ mode: 'batch' })
    expect(app.program().settings.options?.get('table.exec.sink.not-null-enforcer')).toBe('DROP')
  })
})

describe('answers', () => {
  it('are tables: of SHOW, DESCRIBE, EXPLAIN in order, then of the last query', async () => {
    const { answers } = await app.execute(
      `${TABLES} SHOW TABLES; DESCRIBE s; EXPLAIN SELECT id FROM s; SELECT SUM(id) AS total FROM s;`,
    )
    const [tables, columns, plan, sum] = await Promise.all(answers.map(a => a.collect()))
    expect(tables).toEqual(['o', 'only_a', 's'].map(name => ({ 'table name': name })))
    expect(columns?.map(c => [c['name'], c['type'], c['null']])).toEqual([
      ['id', 'BIGINT', true],
      ['k', 'STRING', true],
    ])
    expect(String(plan?.[0]?.['result'])).toContain('Scan s (id)')
    expect(sum).toEqual([{ total: 6n }])
  })

  it('follow USE', async () => {
    await app.execute('CREATE DATABASE d; USE d; CREATE VIEW v AS SELECT 1 AS x;')
    expect(await firstAnswer('SHOW TABLES')).toEqual([{ 'table name': 'v' }])
    await app.execute('USE default_database')
    expect(await app.sql`SELECT x FROM d.v`.collect()).toEqual([{ x: 1 }])
  })

  it('take parameters as literals', async () => {
    const name = "it's"
    const four = app.values({ x: t.int() }, [{ x: 4 }])
    const { answers } = await app.execute`SELECT ${name} AS name, x FROM ${four}`
    expect(await answers[0]?.collect()).toEqual([{ name: "it's", x: 4 }])
  })
})

// The sink against real DuckDB files: modes, exactly once, coalescing, refusals.

import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { chmodSync, mkdirSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { notNull, nodePorts, type RuntimePorts, type Schema, types } from 'millrace'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { duckdb, openWarehouse, type PlainRow } from '../src/index.ts'
import { createSink, temporaryFolder, writeEpochs } from './sink-harness.ts'

const SCHEMA: Schema = [
  { name: 'origin', type: notNull(types.string) },
  { name: 'flights', type: types.bigint },
]

let folder = ''
beforeEach(() => {
  folder = temporaryFolder()
})
afterEach(() => rmSync(folder, { recursive: true, force: true }))

async function query(sql: string): Promise<PlainRow[]> {
  const warehouse = await openWarehouse(join(folder, 'w.duckdb'))
  try {
    return await warehouse.query(sql)
  } finally {
    await warehouse.close()
  }
}

const readTable = (): Promise<PlainRow[]> => query('SELECT * FROM out ORDER BY ALL')

describe('append', () => {
  it('adds every row, equal ones too', async () => {
    await writeEpochs({ folder, schema: SCHEMA }, [
      [
        [0, ['JFK', 1]],
        [0, ['JFK', 1]],
      ],
      [],
      [[0, ['LGA', null]]],
    ])
    expect(await readTable()).toEqual([
      { origin: 'JFK', flights: 1 },
      { origin: 'JFK', flights: 1 },
      { origin: 'LGA', flights: null },
    ])
  })

  it('writes more rows than a vector holds', async () => {
    const rows = Array.from({ length: 5_000 }, (_, i) => [0, [`f${i}`, i]] as const)
    await writeEpochs({ folder, schema: SCHEMA }, [rows.map(([k, r]) => [k, [...r]])])
    expect(await query('SELECT count(*) n, sum(flights)::BIGINT s FROM out')).toEqual([
      { n: 5_000, s: (5_000 * 4_999) / 2 },
    ])
  })
})

describe('upsert', () => {
  const upsert = () => ({ folder, schema: SCHEMA, key: [0] })

  it('keeps the last change of each key, within a batch and across', async () => {
    await writeEpochs(upsert(), [
      [
        [0, ['JFK', 1]],
        [0, ['LGA', 1]],
        [0, ['EWR', 1]],
      ],
      [
        [1, ['JFK', 1]],
        [2, ['JFK', 2]],
        [3, ['LGA', 1]],
        [3, ['EWR', 1]],
        [0, ['EWR', 9]],
      ],
    ])
    expect(await readTable()).toEqual([
      { origin: 'EWR', flights: 9 },
      { origin: 'JFK', flights: 2 },
    ])
  })

  it('changes and removes rows that an earlier transaction wrote', async () => {
    const sink = createSink(upsert())
    await sink.open({ outboxes: [] })
    await applyNow(sink, 1, [
      [0, ['JFK', 1]],
      [0, ['LGA', 1]],
      [0, ['EWR', 1]],
    ])
    await sink.finish()
    const state = await prepared(sink, 2, [
      [2, ['JFK', 2]],
      [3, ['LGA', null]],
    ])
    await sink.close()
    const again = createSink(upsert())
    await again.open({
      state: state.state as Uint8Array,
      outboxes: [{ epoch: 2, bytes: state.outbox as Uint8Array }],
    })
    expect(again.appliedEpoch).toBe(2)
    await again.close()
    expect(await readTable()).toEqual([
      { origin: 'EWR', flights: 1 },
      { origin: 'JFK', flights: 2 },
    ])
  })

  it('matches NULL with NULL in a key that may be NULL', async () => {
    const schema = SCHEMA.map(c => ({ ...c, type: { ...c.type, nullable: true } }))
    await writeEpochs({ folder, schema, key: [0] }, [
      [
        [0, [null, 1]],
        [0, ['JFK', 1]],
      ],
    ])
    await writeEpochs({ folder, schema, key: [0] }, [
      [
        [2, [null, 2]],
        [3, ['JFK', 1]],
      ],
    ])
    expect(await readTable()).toEqual([{ origin: null, flights: 2 }])
  })

  it('keeps rows that are nothing but a key', async () => {
    const setup = { folder, schema: SCHEMA.slice(0, 1), key: [0] }
    await writeEpochs(setup, [[[0, ['JFK']]]])
    await writeEpochs(setup, [
      [
        [2, ['JFK']],
        [0, ['LGA']],
      ],
    ])
    expect(await readTable()).toEqual([{ origin: 'JFK' }, { origin: 'LGA' }])
  })

  it('replaces rows with lists and structs', async () => {
    const schema = [...SCHEMA, { name: 'tags', type: types.array(types.string) }]
    await writeEpochs({ folder, schema, key: [0] }, [[[0, ['JFK', 1, ['a']]]]])
    await writeEpochs({ folder, schema, key: [0] }, [[[2, ['JFK', 2, ['a', null]]]]])
    expect(await readTable()).toEqual([{ origin: 'JFK', flights: 2, tags: ['a', null] }])
  })
})

type Sink = ReturnType<typeof createSink>
type Changes = Parameters<typeof writeEpochs>[1][number]

async function prepared(sink: Sink, epoch: number, changes: Changes) {
  for (const [kind, row] of changes) sink.write(kind, row)
  sink.cut(epoch, false)
  return sink.prepare(epoch)
}

async function applyNow(sink: Sink, epoch: number, changes: Changes) {
  const parts = await prepared(sink, epoch, changes)
  await sink.apply(epoch)
  return parts
}

describe('exactly once', () => {
  it('applies a recovered outbox once, however often it is recovered', async () => {
    const sink = createSink({ folder, schema: SCHEMA })
    await sink.open({ outboxes: [] })
    const { state, outbox } = await prepared(sink, 1, [[0, ['JFK', 1]]])
    await sink.close()
    const recovered = {
      state: state as Uint8Array,
      outboxes: [{ epoch: 1, bytes: outbox as Uint8Array }],
    }
    for (let i = 0; i < 3; i++) {
      const again = createSink({ folder, schema: SCHEMA })
      await again.open(recovered)
      expect(again.appliedEpoch).toBe(1)
      await again.close()
    }
    expect(await readTable()).toEqual([{ origin: 'JFK', flights: 1 }])
  })

  it('does not take the epochs of an older state for its own', async () => {
    await writeEpochs({ folder, schema: SCHEMA }, [[[0, ['JFK', 1]]], [[0, ['JFK', 2]]]])
    await writeEpochs({ folder, schema: SCHEMA }, [[[0, ['LGA', 1]]]])
    expect(await query('SELECT count(*) n FROM out')).toEqual([{ n: 3 }])
  })

  it('refuses a warehouse that lost what was written to it', async () => {
    const sink = createSink({ folder, schema: SCHEMA })
    await sink.open({ outboxes: [] })
    await applyNow(sink, 1, [[0, ['JFK', 1]]])
    await sink.finish()
    const { state } = await prepared(sink, 2, [[0, ['JFK', 2]]])
    await sink.close()
    rmSync(join(folder, 'w.duckdb'))
    const again = createSink({ folder, schema: SCHEMA })
    await expect(again.open({ state: state as Uint8Array, outboxes: [] })).rejects.toThrow(
      /was written up to epoch 1, but .* holds none of it/,
    )
    await again.close()
  })

  it('writes several committed epochs in one transaction after the interval', async () => {
    const wake: (() => void)[] = []
    const sink = createSink({ folder, schema: SCHEMA, ports: portsThatSleepUntil(wake) })
    await sink.open({ outboxes: [] })
    for (let epoch = 1; epoch <= 3; epoch++) await applyNow(sink, epoch, [[0, ['JFK', epoch]]])
    expect(sink.appliedEpoch).toBe(0)
    expect(sink.bufferedBytes).toBeGreaterThan(0)
    expect(wake.length).toBe(1)
    wake[0]?.()
    await expect.poll(() => sink.appliedEpoch).toBe(3)
    expect(sink.bufferedBytes).toBe(0)
    await sink.finish()
    await sink.close()
  })

  it('trims epochs without rows at once', async () => {
    const sink = createSink({ folder, schema: SCHEMA })
    await sink.open({ outboxes: [] })
    expect(await applyNow(sink, 1, [])).toEqual({})
    expect(sink.appliedEpoch).toBe(1)
    await sink.close()
  })
})

/** Real ports, but for sleeping: a sleep ends when the test says so, or by its signal. */
function portsThatSleepUntil(wake: (() => void)[]): RuntimePorts {
  const ports = nodePorts()
  const sleep = (_ms: number, signal?: AbortSignal) =>
    new Promise<void>(resolve => {
      wake.push(resolve)
      signal?.addEventListener('abort', () => resolve())
    })
  return { ...ports, clock: { ...ports.clock, sleep } }
}

describe('one file in one process', () => {
  it('is shared by several sinks and readers', async () => {
    await Promise.all(
      ['a', 'b', 'c'].map(table =>
        writeEpochs({ folder, schema: SCHEMA, table, key: [0] }, [[[0, [table, 1]]]]),
      ),
    )
    expect(
      await query(
        'SELECT origin FROM a UNION ALL FROM (SELECT origin FROM b) UNION ALL SELECT origin FROM c ORDER BY 1',
      ),
    ).toEqual([{ origin: 'a' }, { origin: 'b' }, { origin: 'c' }])
  })

  it('lets readers only read', async () => {
    await expect(query('CREATE TABLE x (a INT)')).rejects.toThrow(/read-only/)
  })
})

describe('refusals', () => {
  it.each([
    [
      'CREATE TABLE out (origin VARCHAR, flights INTEGER)',
      /column "flights" is INTEGER there and BIGINT here/,
    ],
    ['CREATE TABLE out (origin VARCHAR)', /column "flights" is missing \(BIGINT is expected\)/],
    [
      'CREATE TABLE out (origin VARCHAR, flights BIGINT, extra INT)',
      /column "extra" exists there but is not declared/,
    ],
  ])('names the column that does not fit: %s', async (ddl, message) => {
    const warehouse = await openWarehouse(join(folder, 'w.duckdb'))
    await warehouse.transaction(c => c.run(ddl))
    await warehouse.close()
    await expect(writeEpochs({ folder, schema: SCHEMA }, [])).rejects.toThrow(message)
  })

  it('takes an existing table whose columns are in another order', async () => {
    const warehouse = await openWarehouse(join(folder, 'w.duckdb'))
    await warehouse.transaction(c => c.run('CREATE TABLE out (flights BIGINT, origin VARCHAR)'))
    await warehouse.close()
    await writeEpochs({ folder, schema: SCHEMA, key: [0] }, [[[0, ['JFK', 1]]]])
    expect(await readTable()).toEqual([{ flights: 1, origin: 'JFK' }])
  })

  it('names the process that holds the file', async () => {
    const script = `
      const { DuckDBInstance } = await import('@duckdb/node-api')
      const instance = await DuckDBInstance.create(${JSON.stringify(join(folder, 'w.duckdb'))})
      await instance.connect()
      console.log('open')
      setInterval(() => instance, 1000)`
    const child = spawn(process.execPath, ['--input-type=module', '-e', script], {
      cwd: fileURLToPath(new URL('..', import.meta.url)),
      stdio: ['ignore', 'pipe', 'inherit'],
    })
    try {
      await once(child.stdout, 'data')
      await expect(writeEpochs({ folder, schema: SCHEMA }, [])).rejects.toThrow(
        `is in use by process ${child.pid}`,
      )
    } finally {
      child.kill('SIGKILL')
    }
  })

  it('says that a path cannot be opened', async () => {
    const missing = { folder, schema: SCHEMA, path: 'no/such/folder/w.duckdb' }
    await expect(writeEpochs(missing, [])).rejects.toMatchObject({
      code: 'MR_SINK_FAILED',
      message: expect.stringContaining('cannot be opened'),
      remedy: expect.stringContaining('writable'),
    })
    writeFileSync(join(folder, 'w.duckdb'), 'this is no database'.repeat(1_000))
    await expect(writeEpochs({ folder, schema: SCHEMA }, [])).rejects.toThrow(/cannot be opened/)
  })

  it('says that a folder is not writable', async () => {
    const path = join(folder, 'closed')
    mkdirSync(path)
    chmodSync(path, 0o500)
    // Root may write anywhere: there the path leads through a file.
    if (process.getuid?.() === 0) writeFileSync(join(path, 'file'), '')
    const target = process.getuid?.() === 0 ? 'closed/file/w.duckdb' : 'closed/w.duckdb'
    await expect(writeEpochs({ folder, schema: SCHEMA, path: target }, [])).rejects.toThrow(
      /cannot be opened/,
    )
  })

  it('names a column whose type DuckDB cannot hold', () => {
    const schema = [{ name: 'at', type: types.timestampLtz(9) }]
    return expect(writeEpochs({ folder, schema }, [])).rejects.toThrow(
      'Column "at" of table "out" is TIMESTAMP_LTZ(9), which DuckDB cannot hold.',
    )
  })

  it('refuses intervals below a second', () => {
    const { options } = duckdb('w.duckdb', 'out', { commitInterval: '200 ms' })
    expect(options['sink.commit-interval']).toBe('200 ms')
    expect(() => createSink({ folder, schema: SCHEMA, options })).toThrow(
      expect.objectContaining({
        code: 'MR_OPTION_INVALID',
        remedy: expect.stringContaining('at least 1 s'),
      }),
    )
  })
})

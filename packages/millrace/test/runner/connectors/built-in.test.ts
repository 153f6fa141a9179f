// Checks of options, generated rows, printed and collected changes.

import { describe, expect, it } from 'vitest'
import { checkTableOptions } from '../../../src/connector/check-options.ts'
import type { RowsBatch, SplitReader } from '../../../src/connector/source.ts'
import { createBuiltInRegistry } from '../../../src/runner/built-in-registry.ts'
import type { MemoryCollector } from '../../../src/runner/connectors/memory-sink.ts'
import { nodePorts } from '../../../src/runner/node-ports.ts'
import { types as t } from '../../../src/types/data-type.ts'
import type { Schema } from '../../../src/types/schema.ts'
import type { TableDescriptor } from '../../../src/types/table-descriptor.ts'
import type { Row } from '../../../src/types/value.ts'

const registry = createBuiltInRegistry()

function table(
  options: Record<string, string>,
  schema: Schema = [{ name: 'id', type: t.int }],
  attachment?: unknown,
): TableDescriptor {
  return {
    name: 'orders',
    schema,
    metadata: new Map(),
    primaryKey: [],
    connector: options['connector'] ?? '',
    options: new Map(Object.entries(options)),
    attachment,
  }
}

describe('options', () => {
  const check =
    (options: Record<string, string>, use: 'source' | 'sink' = 'source') =>
    () =>
      checkTableOptions(table(options), registry, use)
  const files = { connector: 'filesystem', path: 'x', format: 'json' }

  it('passes what connector and format know', () => {
    expect(
      check({ ...files, 'json.ignore-parse-errors': 'true', 'source.monitor-interval': '1 s' }),
    ).not.toThrow()
    expect(check({ ...files, 'sink.rolling-policy.file-size': '1MB' }, 'sink')).not.toThrow()
    expect(check({ connector: 'datagen', 'fields.id.min': '1' })).not.toThrow()
  })

  it.each<[string, Record<string, string>, string, string]>([
    [
      'a misspelt option',
      { ...files, 'source.monitor-intervall': '1 s' },
      'MR_OPTION_UNKNOWN',
      "Did you mean 'source.monitor-interval'?",
    ],
    ['an option of another format', { ...files, 'csv.header': 'true' }, 'MR_OPTION_UNKNOWN', ''],
    [
      'a column that does not exist',
      { connector: 'datagen', 'fields.idd.min': '1' },
      'MR_OPTION_UNKNOWN',
      "'fields.id.min'",
    ],
    [
      'a wrong duration',
      { ...files, 'source.monitor-interval': 'soon' },
      'MR_OPTION_INVALID',
      'a duration',
    ],
    [
      'a wrong boolean',
      { ...files, 'json.ignore-parse-errors': 'yes' },
      'MR_OPTION_INVALID',
      "'true' or 'false'",
    ],
    ['a missing path', { connector: 'filesystem', format: 'json' }, 'MR_OPTION_MISSING', ''],
    ['a missing format', { connector: 'filesystem', path: 'x' }, 'MR_OPTION_MISSING', ''],
    ['an unknown format', { ...files, format: 'jsn' }, 'MR_FORMAT_UNKNOWN', "Did you mean 'json'?"],
    ['an unknown connector', { connector: 'filesystm' }, 'MR_CONNECTOR_UNKNOWN', "'filesystem'"],
  ])('refuses %s', (_, options, code, remedy) => {
    let error: unknown
    try {
      check(options)()
    } catch (thrown) {
      error = thrown
    }
    expect(error).toMatchObject({ code, remedy: expect.stringContaining(remedy) as string })
  })
})

describe('datagen', () => {
  const schema: Schema = [
    { name: 'id', type: t.bigint },
    { name: 'price', type: t.decimal(10, 2) },
    { name: 'name', type: t.string },
    { name: 'tags', type: t.array(t.boolean) },
  ]
  const options = {
    connector: 'datagen',
    'rows-per-second': '1000000000',
    'fields.id.kind': 'sequence',
    'fields.id.start': '5',
    'fields.id.end': '3004',
    'fields.price.min': '1.5',
    'fields.price.max': '2',
    'fields.name.length': '4',
    'fields.name.null-rate': '0.5',
  }
  const source = registry.sources.get('datagen')!.create({
    table: table(options, schema),
    ports: nodePorts({}),
    program: 'test',
    baseFolder: '/',
    framing: 'lines',
  })

  async function read(reader: SplitReader) {
    const batches: RowsBatch[] = []
    for (;;) {
      const batch = await reader.read()
      if (batch === 'finished') return batches
      if (batch === 'idle') await reader.wait(new AbortController().signal)
      else if (batch.kind === 'rows') batches.push(batch)
    }
  }

  it('makes rows within bounds, ends with its sequence, and goes on with the same rows', async () => {
    expect(source.boundedness).toBe('bounded')
    const [split] = await source.discover(new Set())
    const batches = await read(await source.open(split!, undefined))
    const rows = batches.flatMap(b => b.rows)
    expect(rows.map(r => r[0])).toEqual(Array.from({ length: 3000 }, (_, i) => i + 5))
    for (const [, price] of rows) {
      expect(price).toBeGreaterThanOrEqual(150)
      expect(price).toBeLessThanOrEqual(200)
    }
    const nulls = rows.filter(r => r[2] === null).length
    expect(nulls).toBeGreaterThan(1300)
    expect(nulls).toBeLessThan(1700)
    expect(rows.every(r => r[2] === null || /^[0-9a-f]{4}$/.test(r[2] as string))).toBe(true)
    const again = await read(await source.open(split!, batches[0]!.positionAt(17)))
    expect(again.flatMap(b => b.rows)).toEqual(rows.slice(17))
  })

  it('is unbounded without a limit', () => {
    const endless = registry.sources.get('datagen')!.create({
      table: table({ connector: 'datagen' }),
      ports: nodePorts({}),
      program: 'test',
      baseFolder: '/',
      framing: 'lines',
    })
    expect(endless.boundedness).toBe('unbounded')
  })
})

describe('sinks', () => {
  const schema: Schema = [
    { name: 'id', type: t.int },
    { name: 'name', type: t.string },
    { name: 'at', type: t.timestamp(3) },
    { name: 'x', type: t.double },
    { name: 'm', type: t.map(t.string, t.int) },
  ]
  const rows: Row[] = [
    [1, 'a', 1706702400500, 1, new Map([['k', 1]])],
    [2, null, 1706702400000, 1e10, null],
  ]
  const context = (of: TableDescriptor, lines: string[]) => ({
    table: of,
    ports: nodePorts({}),
    program: 'test',
    baseFolder: '/',
    sinkId: 's',
    epochMs: 200,
    changelogMode: 'retract' as const,
    upsertKey: [],
    isDurable: true,
    print: (line: string) => void lines.push(line),
  })

  it('prints changes as Flink does, once they are committed', async () => {
    const lines: string[] = []
    const of = table({ connector: 'print', 'print-identifier': 'out' }, schema)
    const writer = registry.sinks.get('print')!.create(context(of, lines))
    writer.write(0, rows[0]!)
    writer.write(3, rows[1]!)
    writer.cut(1, false)
    await writer.prepare(1)
    expect(lines).toEqual([])
    await writer.apply(1)
    expect(lines).toEqual([
      'out> +I[1, a, 2024-01-31T12:00:00.500, 1.0, {k=1}]',
      'out> -D[2, null, 2024-01-31T12:00, 1.0E10, null]',
    ])
    expect(writer.bufferedBytes).toBe(0)
  })

  it('collects changes in order, once they are committed', async () => {
    const seen: unknown[] = []
    const collector: MemoryCollector = {
      onChange: async (kind, row) => void seen.push([kind, row]),
    }
    const of = table({ connector: 'memory' }, schema, collector)
    const writer = registry.sinks.get('memory')!.create(context(of, []))
    writer.write(0, rows[0]!)
    writer.cut(1, false)
    writer.write(2, rows[1]!)
    writer.cut(2, true)
    await writer.apply(1)
    expect(seen).toEqual([[0, rows[0]]])
    await writer.apply(2)
    expect(seen).toEqual([
      [0, rows[0]],
      [2, rows[1]],
    ])
    expect(writer.bufferedBytes).toBe(0)
  })

  it.each([0, 1])(
    'prints again what was committed, applied %i times, when it ended',
    async times => {
      const lines: string[] = []
      const create = () =>
        registry.sinks.get('print')!.create(context(table({ connector: 'print' }, schema), lines))
      const before = create()
      before.write(0, rows[0]!)
      before.cut(1, false)
      const { outbox } = await before.prepare(1)
      if (times > 0) await before.apply(1)
      const after = create()
      await after.open({ outboxes: [{ epoch: 1, bytes: outbox! }] })
      const line = '+I[1, a, 2024-01-31T12:00:00.500, 1.0, {k=1}]'
      expect(lines).toEqual(times > 0 ? [line, line] : [line])
      expect(after.appliedEpoch).toBe(1)
    },
  )

  it('hands over again what was committed and not handed over when it ended, before what is new', async () => {
    const seen: unknown[] = []
    const collector: MemoryCollector = { onChange: (kind, row) => void seen.push([kind, row]) }
    const create = () =>
      registry.sinks
        .get('memory')!
        .create(context(table({ connector: 'memory' }, schema, collector), []))
    const before = create()
    before.write(0, rows[0]!)
    before.write(3, rows[1]!)
    before.cut(7, false)
    const { outbox } = await before.prepare(7)
    const after = create()
    await after.open({ outboxes: [{ epoch: 7, bytes: outbox! }] })
    after.write(0, rows[1]!)
    after.cut(8, false)
    await after.prepare(8)
    await after.apply(8)
    expect(seen).toEqual([
      [0, rows[0]],
      [3, rows[1]],
      [0, rows[1]],
    ])
    expect(after.appliedEpoch).toBe(8)
  })

  it('reads rows from memory from any position', async () => {
    const of = table({ connector: 'memory' }, schema, { rows, kinds: Uint8Array.of(0, 2) })
    const source = registry.sources.get('memory')!.create({
      table: of,
      ports: nodePorts({}),
      program: 'test',
      baseFolder: '/',
      framing: 'lines',
    })
    const reader = await source.open((await source.discover(new Set()))[0]!, 1)
    expect(await reader.read()).toMatchObject({ rows: [rows[1]], kinds: Uint8Array.of(2) })
    expect(await reader.read()).toBe('finished')
  })
})

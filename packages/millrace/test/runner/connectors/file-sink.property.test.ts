// The file sink against a disk that crashes at every operation: each committed row is there once, in order, whatever happens.

import { CRASH_FATES, SimulatedCrash, SimulatedDisk } from '@millrace/testing'
import type { CrashFate, DiskFault } from '@millrace/testing'
import { describe, expect, it } from 'vitest'
import type { RecoveredSink, SinkWriter } from '../../../src/connector/sink.ts'
import { fileSink } from '../../../src/runner/connectors/file/file-sink.ts'
import type { RecordEncoder } from '../../../src/format/encoder.ts'
import { jsonFormat } from '../../../src/runner/formats/json/json-format.ts'
import type { Disk } from '../../../src/types/ports.ts'
import { types as t } from '../../../src/types/data-type.ts'

const schema = [
  { name: 'n', type: t.int },
  { name: 'p', type: t.string },
]
const ROWS = 24
/** Row `n` is of this partition: most have rows in several epochs. */
const partitionOf = (n: number): string => 'abc'[Math.floor(n / 2) % 3] ?? ''

interface Mode {
  readonly options: Record<string, string>
  readonly isPartitioned?: boolean
  /** Replaces what is there. */
  readonly overwrite?: boolean
}

/** What a commit log holds. */
interface Log {
  epoch: number
  /** Rows that are committed. */
  rows: number
  state?: Uint8Array
  outboxes: { epoch: number; bytes: Uint8Array }[]
}

const lines =
  (encode: RecordEncoder): RecordEncoder =>
  (out, kind, row) => {
    encode(out, kind, row)
    out.byte(10)
  }

function createWriter(disk: Disk, mode: Mode): SinkWriter {
  const { options, isPartitioned, overwrite = false } = mode
  const table = isPartitioned ? { partitionedBy: [1] } : {}
  const written = schema.slice(0, 1)
  let nowMs = 0
  const clock = {
    now: () => (nowMs += 1000),
    monotonic: () => nowMs,
    sleep: async () => {},
  }
  return fileSink.create({
    table: {
      name: 'out',
      schema,
      metadata: new Map(),
      primaryKey: [],
      ...table,
      connector: 'filesystem',
      options: new Map(Object.entries({ connector: 'filesystem', format: 'json', ...options })),
    },
    ports: { clock, random: { next: () => 0.5 }, disk },
    program: 'test',
    baseFolder: '/out',
    sinkId: 's1',
    epochMs: 200,
    encoder: lines(jsonFormat.createEncoder(written, new Map())),
    overwrite,
    changelogMode: 'append',
    upsertKey: [],
    isDurable: true,
    print: () => {},
  })
}

/** Writes rows from where the log is to the end, `perEpoch` rows an epoch, committing each epoch. */
async function run(disk: Disk, log: Log, perEpoch: number, mode: Mode) {
  const writer = createWriter(disk, mode)
  const recovered: RecoveredSink = {
    ...(log.state ? { state: log.state } : {}),
    outboxes: log.outboxes,
  }
  await writer.open(recovered)
  while (log.rows < ROWS) {
    const epoch = log.epoch + 1
    const until = Math.min(ROWS, log.rows + perEpoch)
    for (let n = log.rows; n < until; n++) writer.write(0, [n, partitionOf(n)])
    writer.cut(epoch, until === ROWS)
    const prepared = await writer.prepare(epoch)
    log.outboxes = log.outboxes.filter(o => o.epoch > writer.appliedEpoch)
    if (prepared.outbox) log.outboxes.push({ epoch, bytes: prepared.outbox })
    if (prepared.state) log.state = prepared.state
    log.epoch = epoch
    log.rows = until
    await writer.apply(epoch)
  }
  await writer.finish()
  await writer.close()
}

/** The rows that a reader of a folder sees, file by file. */
async function visibleIn(disk: Disk, folder: string): Promise<number[]> {
  const names = (await disk.list(folder)).filter(n => !n.startsWith('.') && !n.includes('='))
  const byNumber = names.sort((a, b) => Number(a.split('-')[2] ?? 0) - Number(b.split('-')[2] ?? 0))
  const rows: number[] = []
  for (const name of byNumber) {
    const text = Buffer.from(await disk.readFile(`${folder}/${name}`)).toString()
    for (const line of text.split('\n').slice(0, -1))
      rows.push((JSON.parse(line) as { n: number }).n)
  }
  return rows
}

const PARTITIONS = ['a', 'b', 'c', 'd']

/** Of a table with partitions all of these, one after the other. */
async function visible(disk: Disk, { isPartitioned }: Mode): Promise<number[]> {
  const folders = isPartitioned ? PARTITIONS.map(p => `/out/p=${p}`) : ['/out']
  return (await Promise.all(folders.map(f => visibleIn(disk, f)))).flat()
}

const expected = (mode: Mode): number[] => {
  const rows = Array.from({ length: ROWS }, (_, n) => n)
  if (!mode.isPartitioned) return rows
  const ordered = PARTITIONS.flatMap(p => rows.filter(n => partitionOf(n) === p))
  // The partition that no row is of keeps what it has.
  return mode.overwrite ? [...ordered, OLD] : ordered
}

const OLD = 1000

/** What INSERT OVERWRITE finds: a file in each folder. */
async function giveOldFiles(disk: Disk, { isPartitioned }: Mode): Promise<void> {
  for (const folder of isPartitioned ? PARTITIONS.map(p => `/out/p=${p}`) : ['/out']) {
    await disk.makeDirectory('/out')
    await disk.makeDirectory(folder)
    const file = await disk.open(`${folder}/part-old-0`, 'write')
    await file.write(new TextEncoder().encode(`{"n":${OLD}}\n`), 0)
    await file.sync()
    await file.close()
    await disk.syncDirectory(folder)
  }
}

const SMALL = { path: '/out', 'sink.rolling-policy.file-size': '60 b' }
const modes: Readonly<Record<string, Mode>> = {
  'part files': { options: SMALL },
  'a single file': { options: { path: '/out/alerts.ndjson', 'sink.single-file': 'true' } },
  'part files of partitions': { options: SMALL, isPartitioned: true },
  'part files that replace others': { options: SMALL, overwrite: true },
  'part files that replace partitions': { options: SMALL, overwrite: true, isPartitioned: true },
}

describe.each(Object.entries(modes))('%s', (_, mode) => {
  async function crashRun(fault: DiskFault | undefined, fate: CrashFate) {
    const disk = new SimulatedDisk()
    const log: Log = { epoch: 0, rows: 0, outboxes: [] }
    if (mode.overwrite) await giveOldFiles(disk, mode)
    const before = disk.operations.length
    disk.fault = fault && { ...fault, at: fault.at + before }
    try {
      await run(disk, log, 5, mode)
    } catch (error) {
      const known = error instanceof Error && error.cause instanceof SimulatedCrash
      if (!known && !(error instanceof SimulatedCrash)) throw error
      disk.crash(fate)
      disk.fault = undefined
      const seen = await disk.list('/out').then(
        () => visible(disk, mode),
        () => [],
      )
      // What readers see before recovery is committed, and each row at most once.
      expect(seen.filter(n => n >= log.rows && n !== OLD)).toEqual([])
      if (mode.overwrite && log.rows < ROWS) expect(new Set(seen)).toEqual(new Set([OLD]))
      await run(disk, log, 1, mode)
      if (log.rows === ROWS) {
        const writer = createWriter(disk, mode)
        await writer.open({ ...(log.state ? { state: log.state } : {}), outboxes: log.outboxes })
        await writer.close()
      }
    }
    expect(await visible(disk, mode)).toEqual(expected(mode))
    return disk.operations.length - before
  }

  it('holds each row once without a crash', async () => {
    await crashRun(undefined, 'lost')
  })

  it.each(CRASH_FATES)(
    'holds each row once after a crash at any operation, un-synced bytes %s',
    async fate => {
      const operations = await crashRun(undefined, fate)
      expect(operations).toBeGreaterThan(5)
      for (let at = 1; at <= operations; at++)
        for (const kind of ['crash-before', 'crash-after'] as const)
          await crashRun({ kind, at }, fate)
    },
  )

  it('fails for good when a sync fails', async () => {
    const disk = new SimulatedDisk()
    const writer = createWriter(disk, mode)
    await writer.open({ outboxes: [] })
    for (const epoch of [1, 2]) {
      writer.write(0, [epoch, 'a'])
      writer.cut(epoch, false)
      if (epoch === 2) disk.fault = { kind: 'error', at: disk.operations.length + 2, code: 'EIO' }
      const attempt = writer.prepare(epoch).then(() => writer.apply(epoch))
      if (epoch === 1) await attempt
      else await expect(attempt).rejects.toMatchObject({ code: 'MR_SINK_FAILED' })
    }
    await expect(writer.prepare(3)).rejects.toMatchObject({ code: 'MR_SINK_FAILED' })
  })
})

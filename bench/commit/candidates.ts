// The stores compared: ours, and each key written to LevelDB or LMDB in one synced transaction.

import { createRequire } from 'node:module'
import { nodePorts } from '../../packages/millrace/src/runner/node-ports.ts'
import { createStateBackend } from '../../packages/millrace/src/runner/state/create-state-backend.ts'
import { DeltaWriter } from '../../packages/millrace/src/state/delta-format.ts'
import { keyGroupOf } from '../../packages/millrace/src/state/key-group.ts'
import type { StateKey } from '../../packages/millrace/src/state/state-backend.ts'
import { keyBytes, valueBytes } from './workload.ts'

export interface Candidate {
  readonly name: string
  open(): Promise<void>
  /** Builds and writes one durable epoch; gives the ms that the write took, without building its input. */
  commit(indexes: readonly number[], version: number): Promise<number>
  /** Lets background work end. */
  settle(): Promise<void>
  /** How many of the keys were found. */
  readMany(indexes: readonly number[]): Promise<number>
  /** How many entries a full scan gives. */
  scan(): Promise<number>
  close(): Promise<void>
}

const OPERATOR = 'bench'

const stateKey = (index: number): StateKey => {
  const key = keyBytes(index)
  return { keyGroup: keyGroupOf(key), table: 0, slice: undefined, key }
}

/** Our commit log and runs, the fold in its thread. */
export function millraceCandidate(folder: string): Candidate {
  let backend = createStateBackend(folder, nodePorts())
  let epoch = 0
  return {
    name: 'millrace: append + fdatasync, fold behind',
    async open() {
      backend = createStateBackend(folder, nodePorts())
      epoch = (await backend.open({ name: 'bench' })).epoch
    },
    async commit(indexes, version) {
      const writer = new DeltaWriter(indexes.length * 64)
      for (const index of indexes) writer.putBytes(stateKey(index), valueBytes(index, version))
      const deltas = [{ operator: OPERATOR, bytes: writer.take() }]
      const commit = { epoch: ++epoch, deltas, blobs: [], outboxes: [], trims: [] }
      return timedMs(() => backend.commit(commit))
    },
    settle: () => backend.fold(),
    async readMany(indexes) {
      const values = await backend.readMany(OPERATOR, indexes.map(stateKey))
      return values.filter(v => v !== undefined).length
    },
    async scan() {
      let count = 0
      for await (const chunk of backend.scan(OPERATOR)) count += chunk.length
      return count
    },
    close: () => backend.close(),
  }
}

/** LevelDB by classic-level, loaded from `peers`; undefined when it is not installed there. */
export function levelCandidate(folder: string, peers: string): Candidate | undefined {
  const level = load<{ ClassicLevel: new (folder: string, options: object) => LevelDatabase }>(
    peers,
    'classic-level',
  )
  if (!level) return undefined
  const options = { keyEncoding: 'view', valueEncoding: 'view' }
  let db: LevelDatabase
  return {
    name: 'classic-level: one synced batch',
    async open() {
      db = new level.ClassicLevel(folder, options)
      await db.open()
    },
    commit(indexes, version) {
      const puts = indexes.map(i => ({
        type: 'put',
        key: keyBytes(i),
        value: valueBytes(i, version),
      }))
      return timedMs(() => db.batch(puts, { sync: true }))
    },
    settle: async () => {},
    async readMany(indexes) {
      const values: unknown[] = await db.getMany(indexes.map(keyBytes))
      return values.filter(v => v !== undefined).length
    },
    async scan() {
      let count = 0
      const iterator = db.iterator()
      for (;;) {
        const entries = await iterator.nextv(2000)
        if (entries.length === 0) break
        count += entries.length
      }
      await iterator.close()
      return count
    },
    close: () => db.close(),
  }
}

/** LMDB by lmdb, loaded from `peers`; undefined when it is not installed there. */
export function lmdbCandidate(folder: string, peers: string): Candidate | undefined {
  const lmdb = load<{ open(options: object): LmdbDatabase }>(peers, 'lmdb')
  if (!lmdb) return undefined
  let db: LmdbDatabase
  return {
    name: 'lmdb: one synced transaction',
    async open() {
      db = lmdb.open({
        path: folder,
        keyEncoding: 'binary',
        encoding: 'binary',
        overlappingSync: false,
      })
    },
    async commit(indexes, version) {
      const puts = indexes.map(
        i => [Buffer.from(keyBytes(i)), Buffer.from(valueBytes(i, version))] as const,
      )
      return timedMs(async () => {
        for (const [key, value] of puts) db.put(key, value)
        await db.committed
        await db.flushed
      })
    },
    settle: async () => {},
    async readMany(indexes) {
      let count = 0
      for (const i of indexes) if (db.getBinary(Buffer.from(keyBytes(i)))) count++
      return count
    },
    async scan() {
      let count = 0
      for (const { value } of db.getRange({})) if (value) count++
      return count
    },
    close: () => db.close(),
  }
}

// The peers bring their types only where they are installed: here is what the benchmark uses of them.
interface LevelDatabase {
  open(): Promise<void>
  batch(puts: readonly object[], options: object): Promise<void>
  getMany(keys: readonly Uint8Array[]): Promise<unknown[]>
  iterator(): { nextv(count: number): Promise<unknown[]>; close(): Promise<void> }
  close(): Promise<void>
}

interface LmdbDatabase {
  put(key: Buffer, value: Buffer): void
  getBinary(key: Buffer): Buffer | undefined
  getRange(options: object): Iterable<{ value: unknown }>
  readonly committed: Promise<unknown>
  readonly flushed: Promise<unknown>
  close(): Promise<void>
}

function load<T>(peers: string, name: string): T | undefined {
  try {
    return createRequire(`${peers}/package.json`)(name) as T
  } catch {
    return undefined
  }
}

async function timedMs(work: () => Promise<void>): Promise<number> {
  const started = performance.now()
  await work()
  return performance.now() - started
}

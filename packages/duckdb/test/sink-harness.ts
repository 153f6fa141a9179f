// Drives a sink as the runtime does, with a commit that is a file per epoch.

import {
  mkdirSync,
  mkdtempSync,
  openSync,
  readdirSync,
  readFileSync,
  renameSync,
  writeSync,
} from 'node:fs'
import { closeSync, existsSync, fsyncSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import {
  nodePorts,
  type RecoveredSink,
  type Row,
  type RowKindCode,
  type RuntimePorts,
  type Schema,
  type SinkWriter,
} from 'millrace'
import { duckdb, duckdbSinkFactory } from '../src/index.ts'

export const temporaryFolder = (): string => mkdtempSync(join(tmpdir(), 'millrace-duckdb-'))

export interface SinkSetup {
  readonly folder: string
  readonly schema: Schema
  readonly key?: readonly number[]
  readonly path?: string
  readonly table?: string
  readonly options?: Readonly<Record<string, string>>
  readonly ports?: RuntimePorts
}

export function createSink(setup: SinkSetup): SinkWriter {
  const { folder, schema, key = [], path = 'w.duckdb', table = 'out' } = setup
  return duckdbSinkFactory.create({
    table: {
      name: table,
      schema,
      metadata: new Map(),
      primaryKey: key,
      connector: 'duckdb',
      options: new Map(Object.entries(setup.options ?? duckdb(path, table).options)),
    },
    ports: setup.ports ?? nodePorts(),
    epochMs: 200,
    program: 'test',
    baseFolder: folder,
    sinkId: `sink-${table}`,
    changelogMode: key.length > 0 ? 'upsert' : 'append',
    upsertKey: key,
    isDurable: true,
    print: () => {},
  })
}

export type Change = readonly [RowKindCode, Row]

/** Opens the sink on nothing, writes the changes as epoch 1, 2 …, applies and closes. */
export async function writeEpochs(
  setup: SinkSetup,
  epochs: readonly (readonly Change[])[],
): Promise<void> {
  const sink = createSink(setup)
  await sink.open({ outboxes: [] })
  try {
    for (const [i, changes] of epochs.entries()) {
      for (const [kind, row] of changes) sink.write(kind, row)
      sink.cut(i + 1, i === epochs.length - 1)
      await sink.prepare(i + 1)
      await sink.apply(i + 1)
    }
    await sink.finish()
  } finally {
    await sink.close()
  }
}

/** A commit log of one sink: each epoch is a durable file. It outlives a killed process. */
export class FileCommits {
  readonly #folder: string

  constructor(folder: string) {
    this.#folder = folder
    mkdirSync(folder, { recursive: true })
  }

  commit(epoch: number, parts: { state?: Uint8Array; outbox?: Uint8Array }): void {
    if (parts.state) this.#write(`state-${pad(epoch)}`, parts.state)
    this.#write(`epoch-${pad(epoch)}`, parts.outbox ?? new Uint8Array())
  }

  #write(name: string, bytes: Uint8Array): void {
    const path = join(this.#folder, name)
    const file = openSync(`${path}.tmp`, 'w')
    writeSync(file, bytes)
    fsyncSync(file)
    closeSync(file)
    renameSync(`${path}.tmp`, path)
  }

  /** The newest committed epoch and what a sink gets at recovery. Nothing is ever trimmed: the hardest case. */
  recover(): { epoch: number; sink: RecoveredSink } {
    const names = existsSync(this.#folder) ? readdirSync(this.#folder).sort() : []
    const epochs = names
      .filter(n => /^epoch-\d+$/.test(n))
      .map(n => ({ epoch: Number(n.slice(6)), bytes: readFileSync(join(this.#folder, n)) }))
    const epoch = epochs.at(-1)?.epoch ?? 0
    const state = names.filter(n => /^state-\d+$/.test(n) && Number(n.slice(6)) <= epoch).at(-1)
    const outboxes = epochs.filter(e => e.bytes.length > 0)
    const sink = state ? { state: readFileSync(join(this.#folder, state)), outboxes } : { outboxes }
    return { epoch, sink }
  }
}

const pad = (n: number): string => `${n}`.padStart(6, '0')

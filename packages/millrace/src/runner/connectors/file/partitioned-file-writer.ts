// The file sink of a table with PARTITIONED BY: each row into the folder of its partition, each folder written as one without.

import { dirname, join } from 'node:path'
import type {
  PreparedEpoch,
  RecoveredSink,
  SinkContext,
  SinkWriter,
} from '../../../connector/sink.ts'
import type { Row, RowKindCode } from '../../../types/value.ts'
import type { PartFileWriter } from './part-file-writer.ts'

/** State in the commit, as JSON: those of the folders in which something is in progress. */
interface PartitionedState {
  readonly folders: Readonly<Record<string, string>>
}

interface Partition {
  readonly writer: PartFileWriter
  isOpen: boolean
}

/** What one sink is made of. */
export interface PartitionedFiles {
  /** The table's folder. */
  readonly root: string
  /** Where a row goes, below it. */
  readonly folderOf: (row: Row) => string
  readonly createWriter: (folder: string) => PartFileWriter
  /** How deep folders of partitions are below the table's. */
  readonly depth: number
}

/** Files that are kept open between epochs at most: those of more partitions are opened anew by each. */
const MOST_OPEN_FILES = 128

/**
 * Writers by folder, made by the first row of a partition and forgotten once all that they wrote is published:
 *
 *     row ─► folderOf ─► PartFileWriter of that folder, opened (and its folder made) by the next prepare
 */
export class PartitionedFileWriter implements SinkWriter {
  appliedEpoch = 0
  readonly #context: SinkContext
  readonly #files: PartitionedFiles
  readonly #partitions = new Map<string, Partition>()

  constructor(context: SinkContext, files: PartitionedFiles) {
    this.#context = context
    this.#files = files
  }

  get bufferedBytes(): number {
    let bytes = 0
    for (const { writer } of this.#partitions.values()) bytes += writer.bufferedBytes
    return bytes
  }

  async open(recovered: RecoveredSink): Promise<void> {
    const { root } = this.#files
    const { disk } = this.#context.ports
    await disk.makeDirectory(root)
    const stored = recovered.state
      ? (JSON.parse(new TextDecoder().decode(recovered.state)) as PartitionedState).folders
      : {}
    for (const [folder, state] of Object.entries(stored)) {
      const partition = this.#partition(folder)
      await partition.writer.open({ state: new TextEncoder().encode(state), outboxes: [] })
      partition.isOpen = true
    }
    // Opening a folder removes what an earlier run had in progress there, and no commit knows.
    for (const folder of await this.#foldersBelow('', this.#files.depth))
      if (!(folder in stored))
        await this.#files.createWriter(join(root, folder)).open({ outboxes: [] })
  }

  async #foldersBelow(folder: string, depth: number): Promise<readonly string[]> {
    if (depth === 0) return [folder]
    const { disk } = this.#context.ports
    const found: string[] = []
    for (const name of await disk.list(join(this.#files.root, folder)))
      if (name.includes('=') && !name.startsWith('.')) {
        const below = folder === '' ? name : `${folder}/${name}`
        if ((await disk.info(join(this.#files.root, below)))?.kind === 'directory')
          found.push(...(await this.#foldersBelow(below, depth - 1)))
      }
    return found
  }

  write(kind: RowKindCode, row: Row): void {
    this.#partition(this.#files.folderOf(row)).writer.write(kind, row)
  }

  #partition(folder: string): Partition {
    const known = this.#partitions.get(folder)
    if (known) return known
    const made = { writer: this.#files.createWriter(join(this.#files.root, folder)), isOpen: false }
    this.#partitions.set(folder, made)
    return made
  }

  cut(epoch: number, final: boolean): void {
    for (const { writer } of this.#partitions.values()) writer.cut(epoch, final)
  }

  async prepare(epoch: number): Promise<PreparedEpoch> {
    const folders: Record<string, string> = {}
    // Rows of the next epoch may bring new partitions meanwhile.
    for (const [folder, partition] of [...this.#partitions]) {
      const { writer } = partition
      if (!partition.isOpen) {
        await writer.open({ outboxes: [] })
        await this.#syncParents(folder)
        partition.isOpen = true
      }
      const { state } = await writer.prepare(epoch)
      if (state && !writer.isAtRest) folders[folder] = new TextDecoder().decode(state)
      if (this.#partitions.size > MOST_OPEN_FILES) await writer.release()
    }
    const state: PartitionedState = { folders }
    return { state: new TextEncoder().encode(JSON.stringify(state)) }
  }

  /** New folders last only when those around them know them. */
  async #syncParents(folder: string): Promise<void> {
    for (let below = folder; below !== '.'; below = dirname(below))
      await this.#context.ports.disk.syncDirectory(dirname(join(this.#files.root, below)))
  }

  async apply(epoch: number): Promise<void> {
    for (const [folder, { writer, isOpen }] of [...this.#partitions]) {
      if (!isOpen) continue
      await writer.apply(epoch)
      if (writer.isAtRest) this.#partitions.delete(folder)
    }
    this.appliedEpoch = epoch
  }

  async finish(): Promise<void> {}

  async close(): Promise<void> {
    for (const { writer } of this.#partitions.values()) await writer.close()
  }
}

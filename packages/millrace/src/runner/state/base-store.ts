// The base: immutable sorted runs, newest first, merged as they grow in number (a log-structured merge tree with lazy levels).

import type { Disk } from '../../types/ports.ts'
import type { RunFile } from './manifest.ts'
import { RunReader } from './run-reader.ts'
import type { EntryRef } from './state-cursor.ts'

/** Runs up to this size are level 0; each level holds runs `FAN_IN` times as large. */
const UNIT_BYTES = 16 * 1024 * 1024
const FAN_IN = 4

export const runName = (number: number) => `run-${String(number).padStart(10, '0')}`

/** The number in a run's file name. */
export function runNumber(name: string): number | undefined {
  return /^run-\d{10,}$/.test(name) ? Number(name.slice(4)) : undefined
}

/** The runs that the manifest names, open. */
export class BaseStore {
  readonly #disk: Disk
  readonly #folder: string
  #runs: readonly RunReader[] = []
  #files: readonly RunFile[] = []

  constructor(disk: Disk, folder: string) {
    this.#disk = disk
    this.#folder = folder
  }

  /** Newest first. */
  get files(): readonly RunFile[] {
    return this.#files
  }

  get bytes(): number {
    return this.#files.reduce((sum, f) => sum + f.bytes, 0)
  }

  get operators(): readonly string[] {
    return [...new Set(this.#runs.flatMap(r => [...r.operators]))]
  }

  /** Opens the runs of `files` that are not open yet; releases those that are no longer named. */
  async install(files: readonly RunFile[]): Promise<void> {
    const open = new Map(this.#files.map((file, i) => [file.name, this.#runs[i] as RunReader]))
    const runs: RunReader[] = []
    for (const { name } of files)
      runs.push(open.get(name) ?? (await RunReader.open(this.#disk, `${this.#folder}/${name}`)))
    const gone = this.#runs.filter(r => !runs.includes(r))
    this.#runs = runs
    this.#files = files
    for (const run of gone) await run.release()
  }

  /** The runs, newest first, to be released one by one. */
  retain(): readonly RunReader[] {
    return this.#runs.map(r => r.retain())
  }

  /** How many of the newest runs should become one; 0 when none. */
  get mergeable(): number {
    const levels = this.#files.map(f => levelOf(f.bytes))
    for (let level = 0; level <= Math.max(0, ...levels); level++) {
      const beyond = levels.findIndex(l => l > level)
      const count = beyond < 0 ? levels.length : beyond
      if (count >= FAN_IN) return count
    }
    return 0
  }

  close(): Promise<void> {
    return this.install([])
  }
}

/**
 * The newest value of each key (full keys, ascending) over the runs.
 *
 * @param found gets the value, a view; not called for keys that are deleted or absent
 */
export async function readRuns(
  runs: readonly RunReader[],
  operator: string,
  keys: readonly Uint8Array[],
  isHidden: (key: Uint8Array, deletedSlices: ReadonlySet<string>) => boolean,
  found: (index: number, value: Uint8Array) => void,
): Promise<void> {
  let open = keys.map((_, i) => i)
  for (const run of runs) {
    if (open.length === 0) return
    const shadow = run.shadow(operator)
    if (!shadow) continue
    const settled = new Set<number>()
    const asked = open
    const take = (at: number, { isDelete, bytes, valueStart, valueEnd }: EntryRef) => {
      const index = asked[at] as number
      settled.add(index)
      if (!isDelete) found(index, bytes.subarray(valueStart, valueEnd))
    }
    await run.readMany(
      operator,
      asked.map(i => keys[i] as Uint8Array),
      take,
    )
    if (shadow.isCleared) return
    open = asked.filter(
      i => !settled.has(i) && !isHidden(keys[i] as Uint8Array, shadow.deletedSlices),
    )
  }
}

function levelOf(bytes: number): number {
  return Math.max(0, Math.ceil(Math.log(bytes / UNIT_BYTES) / Math.log(FAN_IN)))
}

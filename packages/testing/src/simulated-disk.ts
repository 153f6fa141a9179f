// A disk in memory that can crash: whatever was not synced may vanish, survive, or tear.

import type { Disk, FileHandle, FileInfo } from 'millrace'

/** The process is dead: every call after a crash throws this. */
export class SimulatedCrash extends Error {
  override readonly name = 'SimulatedCrash'
}

/** An error as Node's file system raises it. */
export class SimulatedDiskError extends Error {
  readonly code: string

  constructor(code: string, operation: string) {
    super(`${code}: simulated, ${operation}`)
    this.code = code
  }
}

/**
 * What becomes of un-synced changes at a crash. `lost`: nothing survives. `kept`: all of it. `torn`: of each file's last writes the
 * first half of the bytes, of each folder the earlier half of the changes. `holes`: lengths survive, every other sector is zeros.
 * `reordered`: of each folder the last change only, and no un-synced bytes.
 */
export type CrashFate = 'lost' | 'kept' | 'torn' | 'holes' | 'reordered'

export const CRASH_FATES: readonly CrashFate[] = ['lost', 'kept', 'torn', 'holes', 'reordered']

/** What happens at an operation that changes or syncs the disk, counted from 1 over the life of the disk. */
export type DiskFault =
  /** The process dies before the operation has any effect, or just after. */
  | { readonly kind: 'crash-before' | 'crash-after'; readonly at: number }
  /** The operation fails with this code; a failed sync drops what was to be synced, as Linux does. */
  | { readonly kind: 'error'; readonly at: number; readonly code: string }

interface Inode {
  readonly id: number
  readonly kind: 'file' | 'directory'
  content: Uint8Array
  durable: Uint8Array
  /** Where a failed sync left bytes in the cache that look written and that no later sync writes; empty: `start` is at the end. */
  staleStart: number
  staleEnd: number
}

type EntryChange = (entries: Map<string, Inode>) => void

const SECTOR_BYTES = 512

/** A `Disk` with faults. Paths are kept as given; a folder exists once it was made. */
export class SimulatedDisk implements Disk {
  fault: DiskFault | undefined
  /** Every changing or syncing operation so far, such as `sync /state/log-0000000001`. */
  readonly operations: string[] = []
  #entries = new Map<string, Inode>()
  #durable = new Map<string, Inode>()
  /** Changes of names since their folder was synced, in order, by folder. */
  #pending = new Map<string, EntryChange[]>()
  #nextInode = 1
  #generation = 0
  #isCrashed = false

  async open(path: string, mode: 'read' | 'write' | 'append-or-create'): Promise<FileHandle> {
    this.#alive()
    const existing = this.#entries.get(path)
    if (mode === 'read') return this.#handle(path, existing ?? this.#missing(path))
    if (existing && mode === 'append-or-create') return this.#handle(path, existing)
    return this.#change(`create ${path}`, () => {
      const inode = existing ?? this.#newInode('file')
      inode.content = new Uint8Array()
      inode.staleEnd = 0
      if (!existing) this.#rename(path, entries => entries.set(path, inode))
      return this.#handle(path, inode)
    })
  }

  async readFile(path: string): Promise<Uint8Array> {
    this.#alive()
    return (this.#entries.get(path) ?? this.#missing(path)).content.slice()
  }

  async list(path: string): Promise<string[]> {
    this.#alive()
    const prefix = `${path}/`
    return [...this.#entries.keys()]
      .filter(p => p.startsWith(prefix) && !p.slice(prefix.length).includes('/'))
      .map(p => p.slice(prefix.length))
  }

  async info(path: string): Promise<FileInfo | undefined> {
    this.#alive()
    const inode = this.#entries.get(path)
    if (!inode) return undefined
    const { kind, id, content } = inode
    return { kind, size: content.length, device: 1, inode: id, modifiedMs: 0 }
  }

  async makeDirectory(path: string): Promise<void> {
    this.#alive()
    if (this.#entries.has(path)) return
    // Made durable at once: folders are made before anything is promised.
    const inode = this.#newInode('directory')
    this.#entries.set(path, inode)
    this.#durable.set(path, inode)
  }

  async rename(from: string, to: string): Promise<void> {
    await this.#change(`rename ${from} ${to}`, () => {
      const inode = this.#entries.get(from) ?? this.#missing(from)
      this.#rename(to, entries => {
        entries.delete(from)
        entries.set(to, inode)
      })
    })
  }

  async remove(path: string): Promise<void> {
    await this.#change(`remove ${path}`, () => {
      if (!this.#entries.has(path)) this.#missing(path)
      this.#rename(path, entries => entries.delete(path))
    })
  }

  async syncDirectory(path: string): Promise<void> {
    await this.#change(`syncDirectory ${path}`, () => {
      for (const apply of this.#pending.get(path) ?? []) apply(this.#durable)
      this.#pending.delete(path)
    })
  }

  /** Kills the process, decides what the disk holds, and starts the machine again without faults. */
  crash(fate: CrashFate): void {
    for (const changes of this.#pending.values()) {
      for (const apply of survivors(changes, fate)) apply(this.#durable)
    }
    this.#pending.clear()
    this.#entries = new Map(this.#durable)
    for (const inode of new Set(this.#entries.values())) {
      inode.content = afterCrash(inode, fate)
      inode.durable = inode.content.slice()
      inode.staleEnd = 0
    }
    this.#generation++
    this.#isCrashed = false
    this.fault = undefined
  }

  /** The process dies and the machine lives on: all writes survive, synced or not (`kill -9`). */
  kill(): void {
    this.#generation++
    this.#isCrashed = false
    this.fault = undefined
  }

  /** What a folder holds, to be put back later. */
  copyOf(folder: string): ReadonlyMap<string, Uint8Array> {
    const files = [...this.#entries].filter(([path]) => path.startsWith(`${folder}/`))
    return new Map(files.map(([path, { content }]) => [path, content.slice()]))
  }

  /** The folder is on another disk, which holds these files alone. Between two processes. */
  replaceFolder(folder: string, files: ReadonlyMap<string, Uint8Array>): void {
    this.#pending.delete(folder)
    for (const entries of [this.#entries, this.#durable])
      for (const path of [...entries.keys()])
        if (path.startsWith(`${folder}/`)) entries.delete(path)
    for (const [path, content] of files) {
      const inode = this.#newInode('file')
      inode.content = content.slice()
      inode.durable = content.slice()
      this.#entries.set(path, inode)
      this.#durable.set(path, inode)
    }
  }

  /** Changes stored bytes behind everybody's back. */
  damage(path: string, change: (bytes: Uint8Array) => Uint8Array): void {
    const inode = this.#entries.get(path) ?? this.#missing(path)
    inode.content = change(inode.content.slice())
    inode.durable = inode.content.slice()
  }

  #handle(path: string, inode: Inode): FileHandle {
    const generation = this.#generation
    const isOpen = () => {
      this.#alive()
      if (generation !== this.#generation) throw new SimulatedCrash(`stale handle of ${path}`)
    }
    return {
      read: async (buffer, offset, length, position) => {
        isOpen()
        const part = inode.content.subarray(position, position + length)
        buffer.set(part, offset)
        return part.length
      },
      write: async (bytes, position) => {
        isOpen()
        const copy = bytes.slice()
        await this.#change(`write ${path}`, () => {
          const grown = new Uint8Array(Math.max(inode.content.length, position + copy.length))
          grown.set(inode.content)
          grown.set(copy, position)
          inode.content = grown
        })
      },
      truncate: async length => {
        isOpen()
        await this.#change(`truncate ${path}`, () => {
          inode.content = inode.content.slice(0, length)
          inode.staleEnd = Math.min(inode.staleEnd, length)
        })
      },
      sync: async () => {
        isOpen()
        const effect = () => {
          const written = inode.content.slice()
          written.fill(0, inode.staleStart, inode.staleEnd)
          inode.durable = written
        }
        await this.#change(`sync ${path}`, effect, inode)
      },
      size: async () => {
        isOpen()
        return inode.content.length
      },
      close: async () => {},
    }
  }

  async #change<T>(operation: string, effect: () => T, inode?: Inode): Promise<T> {
    this.#alive()
    this.operations.push(operation)
    const fault = this.fault?.at === this.operations.length ? this.fault : undefined
    if (fault?.kind === 'error') {
      if (inode) {
        inode.staleStart = firstDifference(inode.content, inode.durable)
        inode.staleEnd = inode.content.length
      }
      throw new SimulatedDiskError(fault.code, operation)
    }
    if (fault?.kind === 'crash-before') this.#die(operation)
    const result = effect()
    if (fault?.kind === 'crash-after') this.#die(operation)
    await Promise.resolve()
    return result
  }

  #die(operation: string): never {
    this.#isCrashed = true
    throw new SimulatedCrash(operation)
  }

  #alive(): void {
    if (this.#isCrashed) throw new SimulatedCrash('the process is dead')
  }

  #rename(path: string, change: EntryChange): void {
    change(this.#entries)
    const folder = path.slice(0, path.lastIndexOf('/'))
    const pending = this.#pending.get(folder)
    if (pending) pending.push(change)
    else this.#pending.set(folder, [change])
  }

  #newInode(kind: 'file' | 'directory'): Inode {
    const empty = new Uint8Array()
    return {
      id: this.#nextInode++,
      kind,
      content: empty,
      durable: empty,
      staleStart: 0,
      staleEnd: 0,
    }
  }

  #missing(path: string): never {
    throw new SimulatedDiskError('ENOENT', path)
  }
}

function survivors<T>(changes: readonly T[], fate: CrashFate): readonly T[] {
  if (fate === 'lost') return []
  if (fate === 'torn') return changes.slice(0, changes.length >> 1)
  return fate === 'reordered' ? changes.slice(-1) : changes
}

function afterCrash(inode: Inode, fate: CrashFate): Uint8Array {
  const { durable } = inode
  const content = inode.content.slice()
  content.fill(0, inode.staleStart, inode.staleEnd)
  if (fate === 'kept') return content
  if (fate === 'lost' || fate === 'reordered') return durable
  const same = firstDifference(content, durable)
  if (same === content.length && same === durable.length) return durable
  if (fate === 'torn') {
    const length = same + ((content.length - same) >> 1)
    return content.length > durable.length ? content.slice(0, length) : durable
  }
  const holes = content.slice()
  let isHole = true
  for (let start = same; start < holes.length; isHole = !isHole) {
    const end = Math.min(holes.length, (Math.floor(start / SECTOR_BYTES) + 1) * SECTOR_BYTES)
    if (isHole) holes.fill(0, start, end)
    start = end
  }
  return holes
}

function firstDifference(a: Uint8Array, b: Uint8Array): number {
  const common = Math.min(a.length, b.length)
  let i = 0
  while (i < common && a[i] === b[i]) i++
  return i
}

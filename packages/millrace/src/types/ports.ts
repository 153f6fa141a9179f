// The ports through which the engine reaches the world. Production passes Node's; the simulator passes its own.
// Below the runner nothing else touches time, randomness, disk or network (a lint rule holds it).

/** Wall-clock time and timers. */
export interface Clock {
  /** Epoch ms. */
  now(): number
  /** Monotonic ms, for durations only. */
  monotonic(): number
  /** Resolves after `ms`; rejects never. `signal` ends the wait at once. 0: once everything that is ready has had its turn. */
  sleep(ms: number, signal?: AbortSignal): Promise<void>
}

/** Randomness; seeded in tests. */
export interface Random {
  /** A number in `[0, 1)`. */
  next(): number
}

/** An open file. Reads may be short only at the end; writes never are. */
export interface FileHandle {
  read(buffer: Uint8Array, offset: number, length: number, position: number): Promise<number>
  /** Appends at `position`. */
  write(bytes: Uint8Array, position: number): Promise<void>
  truncate(length: number): Promise<void>
  /** fdatasync. A failure is final: the caller must poison itself, never retry. */
  sync(): Promise<void>
  size(): Promise<number>
  close(): Promise<void>
}

export interface FileInfo {
  readonly kind: 'file' | 'directory'
  readonly size: number
  /** Device and inode, which tell a rotated file from the one that replaced it. */
  readonly device: number
  readonly inode: number
  readonly modifiedMs: number
}

/** The file system. Paths are absolute. Errors are Node's `ErrnoException`s with `code`. */
export interface Disk {
  /** `write` creates or empties the file; `append-or-create` keeps what it holds. Both may also read. */
  open(path: string, mode: 'read' | 'write' | 'append-or-create'): Promise<FileHandle>
  readFile(path: string): Promise<Uint8Array>
  /** The names in a folder, in no particular order. */
  list(path: string): Promise<string[]>
  info(path: string): Promise<FileInfo | undefined>
  makeDirectory(path: string): Promise<void>
  rename(from: string, to: string): Promise<void>
  remove(path: string): Promise<void>
  /** Makes renames, creations and removals in the folder durable. */
  syncDirectory(path: string): Promise<void>
}

/** Everything of the world that the engine may touch. */
export interface RuntimePorts {
  readonly clock: Clock
  readonly random: Random
  readonly disk: Disk
  /** Called at named places of the protocol, such as `state.commit.before-sync`; kill tests die there. Absent: nothing happens. */
  failpoint?(name: string): void
}

// The lock of a state folder: one process at a time, free again the moment its holder dies.

import { randomUUID } from 'node:crypto'
import { link, mkdir, readFile, rm, stat, writeFile } from 'node:fs/promises'
import { readFileSync } from 'node:fs'
import { createServer, type Server } from 'node:net'
import { hostname } from 'node:os'
import { setTimeout as sleep } from 'node:timers/promises'
import { StateIoError, StateLockedError } from '../../state/state-errors.ts'

/** A lock that is held. */
export interface HeldLock {
  release(): Promise<void>
}

/** Takes the lock of a folder, or throws `MR_STATE_LOCKED`. */
export type LockFolder = (folder: string) => Promise<HeldLock>

interface Owner {
  readonly pid: number
  /** When the process started, in a form that tells it from a later one with its number. */
  readonly started: string
  readonly host: string
  readonly token: string
}

/**
 * Locks a folder on this machine.
 *
 * On Linux the kernel holds the lock: an abstract socket named after the folder's device and inode, gone with the process. The file
 * `lock` names the owner, and is the lock itself elsewhere, and between containers that share processes but no network. A file whose
 * owner is dead, or was another host, is taken over: a folder must not be shared by hosts. Waits a second for an owner that is dying.
 */
export const lockFolder: LockFolder = async folder => {
  const giveUpAt = performance.now() + PATIENCE_MS
  for (;;)
    try {
      return await tryToLock(folder)
    } catch (error) {
      if (!(error instanceof StateLockedError) || performance.now() > giveUpAt) throw error
      await sleep(RETRY_MS)
    }
}

/** A process that is killed lets go of its sockets only once its memory is freed. */
const PATIENCE_MS = 1000
const RETRY_MS = 20

async function tryToLock(folder: string): Promise<HeldLock> {
  const path = `${folder}/lock`
  try {
    await mkdir(folder, { recursive: true, mode: 0o700 })
    const { dev, ino } = await stat(folder)
    const socket = process.platform === 'linux' ? await bind(`\0millrace-${dev}-${ino}`) : undefined
    if (socket === 'in use') {
      throw new StateLockedError({ folder, pid: (await readOwner(path))?.pid })
    }
    try {
      const owner = await writeLockFile(folder, path)
      return { release: () => release(path, owner, socket) }
    } catch (error) {
      socket?.close()
      throw error
    }
  } catch (error) {
    if (error instanceof StateLockedError) throw error
    throw new StateIoError({ path, action: 'lock', cause: error })
  }
}

function bind(name: string): Promise<Server | 'in use'> {
  return new Promise((resolve, reject) => {
    const server = createServer(connection => connection.destroy())
    server.once('error', (error: NodeJS.ErrnoException) => {
      if (error.code === 'EADDRINUSE') resolve('in use')
      else reject(error)
    })
    server.listen({ path: name, exclusive: true }, () => resolve(server.unref()))
  })
}

async function writeLockFile(folder: string, path: string): Promise<Owner> {
  const owner: Owner = {
    pid: process.pid,
    started: processOf(process.pid)?.started ?? '',
    host: hostname(),
    token: randomUUID(),
  }
  const draft = `${path}.${owner.token}`
  await writeFile(draft, JSON.stringify(owner), { mode: 0o600 })
  try {
    for (let attempt = 0; attempt < 3; attempt++) {
      try {
        // A link is made only where there is none, and with its content complete.
        await link(draft, path)
        return owner
      } catch (error) {
        if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error
      }
      const holder = await readOwner(path)
      if (holder && isAlive(holder)) throw new StateLockedError({ folder, pid: holder.pid })
      await rm(path, { force: true })
    }
    throw new StateLockedError({ folder, pid: undefined })
  } finally {
    await rm(draft, { force: true })
  }
}

async function release(path: string, owner: Owner, socket: Server | undefined): Promise<void> {
  const holder = await readOwner(path)
  if (holder?.token === owner.token) await rm(path, { force: true })
  if (socket) await new Promise<void>(resolve => socket.close(() => resolve()))
}

async function readOwner(path: string): Promise<Owner | undefined> {
  try {
    const owner: unknown = JSON.parse(await readFile(path, 'utf8'))
    return typeof owner === 'object' && owner !== null ? (owner as Owner) : undefined
  } catch {
    // Gone, or damaged: nobody whom it could name.
    return undefined
  }
}

function isAlive(owner: Owner): boolean {
  if (owner.host !== hostname()) return false
  try {
    process.kill(owner.pid, 0)
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ESRCH') return false
  }
  const { state, started } = processOf(owner.pid) ?? {}
  if (state === ZOMBIE) return false
  return started === undefined || owner.started === '' || started === owner.started
}

/** Dead, and not yet waited for by its parent. */
const ZOMBIE = 'Z'

interface ProcessFacts {
  readonly state: string | undefined
  /** Since the boot, in clock ticks, and the boot. */
  readonly started: string
}

/** Fields 3 and 22 of /proc/<pid>/stat; undefined where there is no /proc. */
function processOf(pid: number): ProcessFacts | undefined {
  try {
    const boot = readFileSync('/proc/sys/kernel/random/boot_id', 'utf8').trim()
    const stat = readFileSync(`/proc/${pid}/stat`, 'utf8')
    // The command in parentheses may hold spaces; fields after it start at the third.
    const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ')
    return { state: fields[0], started: `${boot}:${fields[19]}` }
  } catch {
    return undefined
  }
}

// What a broker's folder says of the broker, and whether the process that it names is still that broker.

import { readFile, rename, writeFile } from 'node:fs/promises'
import { join, resolve } from 'node:path'
import type { BrokerPorts } from './broker-ports.ts'
import { runProgram } from './run-program.ts'

export interface BrokerRecord {
  /** Of the last start; the process may be gone. */
  readonly pid: number
  readonly ports: BrokerPorts
  /** The container that runs it, if one does. */
  readonly container?: string
}

const FILE = 'broker.json'

export function propertiesFile(folder: string): string {
  return resolve(folder, 'server.properties')
}

/** The record of a folder; undefined when no broker was ever started there. */
export async function readRecord(folder: string): Promise<BrokerRecord | undefined> {
  try {
    return JSON.parse(await readFile(join(folder, FILE), 'utf8')) as BrokerRecord
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return undefined
    throw error
  }
}

export async function writeRecord(folder: string, record: BrokerRecord): Promise<void> {
  const draft = join(folder, `${FILE}.draft`)
  await writeFile(draft, JSON.stringify(record, undefined, 2))
  await rename(draft, join(folder, FILE))
}

/** Whether a process is the broker of a folder: its number may be another program's by now, but not with our settings in its command. */
export async function isBroker(pid: number, folder: string): Promise<boolean> {
  return (await commandOf(pid)).includes(propertiesFile(folder))
}

/** Whether a process is gone with its sockets: a killed one loses its command before them. */
export async function isGone(pid: number, folder: string): Promise<boolean> {
  try {
    process.kill(pid, 0)
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ESRCH') return true
    throw error
  }
  const command = await commandOf(pid)
  if (command !== '') return !command.includes(propertiesFile(folder))
  // A zombie has let go of everything; its parent has yet to take note.
  const stat = await readFile(`/proc/${pid}/stat`, 'utf8').catch(() => '')
  return /\) [ZX] /.test(stat)
}

/** The command line of a process; empty when it is gone, or about to be. */
async function commandOf(pid: number): Promise<string> {
  try {
    return (await readFile(`/proc/${pid}/cmdline`, 'utf8')).replaceAll('\0', ' ')
  } catch {
    // No such process, or no /proc on this system.
    if (process.platform === 'linux') return ''
    const { output } = await runProgram('ps', ['-ww', '-o', 'args=', '-p', String(pid)])
    return output
  }
}

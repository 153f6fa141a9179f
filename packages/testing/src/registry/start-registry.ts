// Starts a schema registry in a folder, and finds it again. What it holds is in memory: it ends with it.

import { spawn } from 'node:child_process'
import { closeSync, openSync } from 'node:fs'
import { mkdir, readFile, writeFile } from 'node:fs/promises'
import { join, resolve } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { BrokerStartError } from '../broker/broker-errors.ts'
import { endWithOwner } from '../broker/end-with-owner.ts'
import { freePorts } from '../broker/free-ports.ts'
import { findJava } from '../broker/java.ts'
import { lockWithPatience } from '../broker/lock-with-patience.ts'
import { registryJar } from './registry-app.ts'

const START_MS = 120_000
const STOP_MS = 20_000
/** Quick to start rather than fast once warm. */
const JVM = ['-XX:+UseSerialGC', '-XX:TieredStopAtLevel=1', '-Xmx384m']

export interface RunningRegistry {
  /** The root of Confluent's API. */
  readonly url: string
  readonly pid: number
  /** SIGTERM, then, when that does not help, SIGKILL. */
  stop(): Promise<void>
}

export interface RegistryOptions {
  readonly folder: string
  /** It does not outlive this process. */
  readonly ownerPid?: number
}

interface RegistryRecord {
  readonly pid: number
  readonly port: number
}

/**
 * Starts a registry on 127.0.0.1 and waits until it answers; one that runs in the folder already is given as it is.
 *
 * @throws {BrokerMissingError} when what it needs is not on this machine
 * @throws {BrokerStartError} when it does not come up
 */
export async function startRegistry(options: RegistryOptions): Promise<RunningRegistry> {
  const folder = resolve(options.folder)
  await mkdir(folder, { recursive: true })
  const lock = await lockWithPatience(join(folder, 'starting'))
  try {
    return (await findRegistry(folder)) ?? (await start(folder, options))
  } finally {
    await lock.release()
  }
}

/** The registry that runs in a folder; undefined when none does. */
export async function findRegistry(folder: string): Promise<RunningRegistry | undefined> {
  const record = await readFile(recordFile(resolve(folder)), 'utf8').catch(() => undefined)
  if (record === undefined) return undefined
  const registry = JSON.parse(record) as RegistryRecord
  return (await answers(registry.port)) ? running(registry) : undefined
}

async function start(folder: string, { ownerPid }: RegistryOptions): Promise<RunningRegistry> {
  const [java, jar, [port]] = [await findJava(), await registryJar(), await freePorts(1)]
  const settings = {
    'quarkus.http.host': '127.0.0.1',
    'quarkus.http.port': port,
    'apicurio.storage.kind': 'sql',
    'apicurio.storage.sql.kind': 'h2',
    'apicurio.datasource.url': 'jdbc:h2:mem:registry',
  }
  const definitions = Object.entries(settings).map(([name, value]) => `-D${name}=${value}`)
  const logFile = join(folder, 'registry.log')
  const log = openSync(logFile, 'a')
  const child = spawn(java, [...JVM, ...definitions, '-jar', jar], {
    detached: true,
    stdio: ['ignore', log, log],
  })
  closeSync(log)
  child.unref()
  const { pid } = child
  if (pid === undefined) throw new BrokerStartError(`${java} could not be started`)
  if (ownerPid) endWithOwner(ownerPid, pid)
  const record: RegistryRecord = { pid, port: port as number }
  await writeFile(recordFile(folder), JSON.stringify(record))
  const giveUpAt = performance.now() + START_MS
  while (!(await answers(record.port))) {
    if (!isAlive(pid) || performance.now() > giveUpAt) {
      await running(record).stop()
      const said = (await readFile(logFile, 'utf8')).trimEnd().split('\n').slice(-20).join('\n')
      throw new BrokerStartError(
        `the schema registry did not come up. The end of ${logFile}:\n${said}`,
      )
    }
    await sleep(100)
  }
  return running(record)
}

function running({ pid, port }: RegistryRecord): RunningRegistry {
  return {
    url: urlOf(port),
    pid,
    async stop() {
      for (const [signal, ms] of [
        ['SIGTERM', STOP_MS],
        ['SIGKILL', STOP_MS],
      ] as const) {
        if (!isAlive(pid)) return
        process.kill(pid, signal)
        for (const end = performance.now() + ms; performance.now() < end; await sleep(50))
          if (!isAlive(pid)) return
      }
      throw new BrokerStartError(`the schema registry (process ${pid}) does not end`)
    },
  }
}

const urlOf = (port: number): string => `http://127.0.0.1:${port}/apis/ccompat/v7`

const recordFile = (folder: string): string => join(folder, 'registry.json')

async function answers(port: number): Promise<boolean> {
  try {
    return (await fetch(`${urlOf(port)}/subjects`)).ok
  } catch {
    return false
  }
}

function isAlive(pid: number): boolean {
  try {
    return process.kill(pid, 0)
  } catch {
    return false
  }
}

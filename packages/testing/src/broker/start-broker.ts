// Starts a broker in a folder, and finds it again.

import { spawn } from 'node:child_process'
import { closeSync, existsSync, openSync } from 'node:fs'
import { mkdir, readdir, readFile, rm, writeFile } from 'node:fs/promises'
import { join, resolve } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { isBrokerReady } from './ask-broker.ts'
import { BrokerStartError } from './broker-errors.ts'
import { type BrokerLauncher, findLauncher } from './broker-launcher.ts'
import { BROKER_USERS, type BrokerOptions } from './broker-options.ts'
import { type BrokerPorts, choosePorts } from './broker-ports.ts'
import { BROKER_LOGGING, brokerProperties } from './broker-properties.ts'
import { type BrokerRecord, propertiesFile, readRecord, writeRecord } from './broker-record.ts'
import { type BrokerCertificates, makeCertificates } from './certificates.ts'
import { endWithOwner } from './end-with-owner.ts'
import { isPortFree } from './free-ports.ts'
import { lockWithPatience } from './lock-with-patience.ts'
import { logFile, RunningBroker } from './running-broker.ts'
import { runProgram } from './run-program.ts'

const START_MS = 120_000
/** A broker that was just killed holds its port until its memory is freed. */
const PORT_MS = 2_000

/**
 * Starts a broker of one node on 127.0.0.1 and waits until it answers; one that runs in the folder already is given as it is.
 *
 * Several processes may start one in the same folder at once: one does, the others get the same. It outlives this process, unless
 * `ownerPid` says whose end it may not outlive.
 *
 * @throws {BrokerMissingError} when what it needs is not on this machine
 * @throws {BrokerStartError} when it does not come up
 */
export async function startBroker(options: BrokerOptions): Promise<RunningBroker> {
  const folder = resolve(options.folder)
  await refuseOtherFolder(folder)
  await mkdir(folder, { recursive: true })
  const lock = await lockWithPatience(join(folder, 'starting'))
  try {
    const last = await readRecord(folder)
    const running = last && (await brokerOf(folder, last))
    if (running && options.isFresh) await running.stop()
    else if (running) return await whenReady(running)
    if (options.isFresh) await rm(dataFolder(folder), { recursive: true, force: true })
    return await start(folder, options, last)
  } finally {
    await lock.release()
  }
}

/** The broker that runs in a folder; undefined when none does. */
export async function findBroker(folder: string): Promise<RunningBroker | undefined> {
  const path = resolve(folder)
  const record = await readRecord(path)
  return record && (await brokerOf(path, record))
}

async function brokerOf(folder: string, record: BrokerRecord): Promise<RunningBroker | undefined> {
  const certificates = record.ports.secured && (await certificatesOf(folder))
  const broker = new RunningBroker(folder, record, certificates)
  return (await broker.isAlive()) ? broker : undefined
}

async function start(
  folder: string,
  options: BrokerOptions,
  last: BrokerRecord | undefined,
): Promise<RunningBroker> {
  const ports = await choosePorts(options, last?.ports)
  await refuseTakenPort(ports.plaintext)
  const launcher = await findLauncher(folder, options.from, options)
  const certificates = ports.secured && (await certificatesOf(folder))
  const data = dataFolder(folder)
  await writeFile(propertiesFile(folder), brokerProperties(options, ports, data, certificates))
  await writeFile(loggingFile(folder), BROKER_LOGGING)
  try {
    return await startBy(launcher, folder, options, ports)
  } catch (error) {
    // An engine may be there whose containers see neither our folders nor our network.
    if (!launcher.container || options.from) throw error
    return await startBy(await findLauncher(folder, 'jars', options), folder, options, ports)
  }
}

async function startBy(
  launcher: BrokerLauncher,
  folder: string,
  { ownerPid, joins }: BrokerOptions,
  ports: BrokerPorts,
): Promise<RunningBroker> {
  const isFormatted = existsSync(join(dataFolder(folder), 'meta.properties'))
  if (!isFormatted) await format(folder, launcher, ports.secured !== undefined, !joins)
  const pid = launch(folder, launcher)
  const { container } = launcher
  const record = { pid, ports, ...(container ? { container } : {}) }
  await writeRecord(folder, record)
  if (ownerPid) endWithOwner(ownerPid, pid)
  const certificates = ports.secured && (await certificatesOf(folder))
  const broker = new RunningBroker(folder, record, certificates)
  try {
    return await whenReady(broker)
  } catch (error) {
    await broker.kill()
    throw error
  }
}

/** Writes the first metadata: the cluster, its features, and the users of SCRAM. */
async function format(
  folder: string,
  launcher: BrokerLauncher,
  isSecured: boolean,
  isFirst: boolean,
): Promise<void> {
  const users = Object.entries(BROKER_USERS).flatMap(([name, password]) =>
    ['SCRAM-SHA-256', 'SCRAM-SHA-512'].map(
      mechanism => `--add-scram=${mechanism}=[name=${name},password=${password}]`,
    ),
  )
  const { code, output } = await runProgram(launcher.program, [
    ...launcher.args,
    'kafka.tools.StorageTool',
    'format',
    ...['--cluster-id', 'millrace-local-cluster'],
    ...['--config', propertiesFile(folder)],
    ...(isFirst ? ['--standalone', '--feature', 'transaction.version=2'] : []),
    ...(isSecured ? users : []),
  ])
  if (code !== 0) throw new BrokerStartError(`Kafka could not format its storage:\n${output}`)
}

function launch(folder: string, { program, args }: BrokerLauncher): number {
  const log = openSync(logFile(folder), 'a')
  const logging = `-Dlog4j2.configurationFile=${loggingFile(folder)}`
  const command = [...args, logging, 'kafka.Kafka', propertiesFile(folder)]
  try {
    const child = spawn(program, command, {
      detached: true,
      stdio: ['ignore', log, log],
    })
    child.unref()
    if (child.pid === undefined) throw new BrokerStartError(`${program} could not be started`)
    return child.pid
  } finally {
    closeSync(log)
  }
}

async function whenReady(broker: RunningBroker): Promise<RunningBroker> {
  const giveUpAt = performance.now() + START_MS
  while (!(await isBrokerReady(broker.bootstrap))) {
    const isAlive = await broker.isAlive()
    if (isAlive && performance.now() < giveUpAt) {
      await sleep(100)
      continue
    }
    const what = isAlive ? `did not answer within ${START_MS / 1000} s` : 'ended while it started'
    throw new BrokerStartError(
      `the broker ${what}. The end of ${broker.log}:\n${await tailOf(broker.log)}`,
    )
  }
  return broker
}

async function tailOf(path: string): Promise<string> {
  const lines = (await readFile(path, 'utf8')).trimEnd().split('\n')
  return lines.slice(-20).join('\n')
}

async function refuseOtherFolder(folder: string): Promise<void> {
  const names = existsSync(folder) ? await readdir(folder) : []
  const isOurs = names.length === 0 || names.includes('starting')
  if (!isOurs) throw new BrokerStartError(`${folder} holds something else than a broker's data`)
}

async function refuseTakenPort(port: number): Promise<void> {
  for (const giveUpAt = performance.now() + PORT_MS; performance.now() < giveUpAt; ) {
    if (await isPortFree(port)) return
    await sleep(100)
  }
  throw new BrokerStartError(`port ${port} of 127.0.0.1 is in use by another program`)
}

function certificatesOf(folder: string): Promise<BrokerCertificates> {
  return makeCertificates(join(folder, 'certificates'))
}

function dataFolder(folder: string): string {
  return join(folder, 'data')
}

function loggingFile(folder: string): string {
  return join(folder, 'log4j2.properties')
}

// A broker of its own on this machine: KRaft, a single node, on 127.0.0.1 alone; known by the process id that it was started with.

import { spawn } from 'node:child_process'
import { existsSync, readFileSync } from 'node:fs'
import { mkdir, open, readFile, rm, writeFile } from 'node:fs/promises'
import { connect } from 'node:net'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { fileURLToPath } from 'node:url'
import { brokerJars, run } from './jars.ts'

const LOG4J = fileURLToPath(new URL('log4j2.properties', import.meta.url))
const START_MS = 90_000
const STOP_MS = 30_000

export interface BrokerSettings {
  /** Data, log and process id; made when missing. */
  readonly folder: string
  readonly port: number
  /** Over those of every broker. */
  readonly properties?: Readonly<Record<string, string>>
  readonly heap?: string
}

/** Settings that let tests see time-outs and rebalances soon. */
export const TEST_PROPERTIES: Readonly<Record<string, string>> = {
  'group.min.session.timeout.ms': '1000',
  'transaction.abort.timed.out.transaction.cleanup.interval.ms': '1000',
  'log.retention.ms': '-1',
  'log.segment.bytes': '104857600',
}

/** Starts a broker, or finds the one that runs in the folder. Gives its process id once it takes connections. */
export async function startBroker(settings: BrokerSettings): Promise<number> {
  const { folder, port } = settings
  const running = brokerPid(folder)
  if (running !== undefined) return running
  if (await answers(port)) throw new Error(`something else listens on 127.0.0.1:${port}`)
  const jars = await brokerJars()
  await mkdir(folder, { recursive: true })
  const file = join(folder, 'server.properties')
  await writeFile(file, propertiesOf(settings))
  if (!existsSync(join(folder, 'data', 'meta.properties')))
    await run('java', [
      '-cp',
      jars,
      'kafka.tools.StorageTool',
      'format',
      '--standalone',
      '-t',
      'TWlsbHJhY2VNaWxscmFjZQ',
      '-c',
      file,
    ])
  const log = await open(join(folder, 'broker.log'), 'a')
  const heap = settings.heap ?? '512m'
  const child = spawn(
    'java',
    [
      `-Xms${heap}`,
      `-Xmx${heap}`,
      `-Dlog4j2.configurationFile=${LOG4J}`,
      '-cp',
      jars,
      'kafka.Kafka',
      file,
    ],
    { detached: true, stdio: ['ignore', log.fd, log.fd] },
  )
  child.unref()
  await log.close()
  await writeFile(join(folder, 'pid'), String(child.pid))
  await untilReady(folder, port)
  return child.pid as number
}

/** Stops the folder's broker, if one runs; `isKilled`: by SIGKILL, as a crash would. */
export async function stopBroker(folder: string, isKilled = false): Promise<boolean> {
  const pid = brokerPid(folder)
  if (pid === undefined) return false
  process.kill(pid, isKilled ? 'SIGKILL' : 'SIGTERM')
  const until = Date.now() + STOP_MS
  while (isBroker(pid, folder)) {
    if (Date.now() > until) process.kill(pid, 'SIGKILL')
    await sleep(50)
  }
  await rm(join(folder, 'pid'), { force: true })
  return true
}

/** The process of the folder's broker while it runs. */
export function brokerPid(folder: string): number | undefined {
  const file = join(folder, 'pid')
  if (!existsSync(file)) return undefined
  const pid = Number(readFileSync(file, 'utf8'))
  return isBroker(pid, folder) ? pid : undefined
}

/** Whether the process is this broker: its number may have been given to another. */
function isBroker(pid: number, folder: string): boolean {
  try {
    const command = readFileSync(`/proc/${pid}/cmdline`, 'utf8')
    return command.includes('kafka.Kafka') && command.includes(folder)
  } catch {
    if (existsSync('/proc/self')) return false
    try {
      process.kill(pid, 0)
      return true
    } catch {
      return false
    }
  }
}

async function untilReady(folder: string, port: number): Promise<void> {
  const until = Date.now() + START_MS
  while (!(await answers(port))) {
    if (brokerPid(folder) === undefined || Date.now() > until) {
      const log = await readFile(join(folder, 'broker.log'), 'utf8')
      throw new Error(`the broker did not start: ${log.slice(-3000)}`)
    }
    await sleep(100)
  }
}

function answers(port: number): Promise<boolean> {
  return new Promise(resolve => {
    const socket = connect(port, '127.0.0.1')
    socket.once('connect', () => {
      socket.destroy()
      resolve(true)
    })
    socket.once('error', () => resolve(false))
  })
}

function propertiesOf({ folder, port, properties = {} }: BrokerSettings): string {
  const controller = port + 1
  const all: Record<string, string> = {
    'process.roles': 'broker,controller',
    'node.id': '1',
    'controller.quorum.bootstrap.servers': `127.0.0.1:${controller}`,
    listeners: `PLAINTEXT://127.0.0.1:${port},CONTROLLER://127.0.0.1:${controller}`,
    'advertised.listeners': `PLAINTEXT://127.0.0.1:${port},CONTROLLER://127.0.0.1:${controller}`,
    'controller.listener.names': 'CONTROLLER',
    'inter.broker.listener.name': 'PLAINTEXT',
    'listener.security.protocol.map': 'PLAINTEXT:PLAINTEXT,CONTROLLER:PLAINTEXT',
    'log.dirs': join(folder, 'data'),
    'num.partitions': '4',
    'offsets.topic.replication.factor': '1',
    'offsets.topic.num.partitions': '4',
    'transaction.state.log.replication.factor': '1',
    'transaction.state.log.min.isr': '1',
    'transaction.state.log.num.partitions': '4',
    'share.coordinator.state.topic.replication.factor': '1',
    'share.coordinator.state.topic.min.isr': '1',
    'group.initial.rebalance.delay.ms': '0',
    'auto.create.topics.enable': 'false',
    ...properties,
  }
  return `${Object.entries(all)
    .map(([name, value]) => `${name}=${value}`)
    .join('\n')}\n`
}

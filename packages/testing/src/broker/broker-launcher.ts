// How to run Kafka's classes: by jars and the Java of this machine, or in a container.

import { existsSync } from 'node:fs'
import { userInfo } from 'node:os'
import { basename } from 'node:path'
import { brokerJars, jarsFolder, KAFKA_VERSION } from './broker-jars.ts'
import { BrokerMissingError } from './broker-errors.ts'
import type { BrokerJvm, BrokerOrigin } from './broker-options.ts'
import { findJava } from './java.ts'
import { ProgramMissingError, runProgram } from './run-program.ts'

/** A command that a main class and its arguments complete. */
export interface BrokerLauncher {
  readonly program: string
  readonly args: readonly string[]
  /** The container's name, which outlives the command when that is killed. */
  readonly container?: string
}

const IMAGE = `apache/kafka:${KAFKA_VERSION}`
const DEFAULT_HEAP_MIB = 512
const JVM = {
  /** For tests. */
  'starts-fast': ['-XX:+UseSerialGC', '-XX:TieredStopAtLevel=1'],
  /** What Kafka's own start script gives. */
  'runs-fast': [
    ...['-server', '-XX:+UseG1GC', '-XX:MaxGCPauseMillis=20'],
    ...['-XX:InitiatingHeapOccupancyPercent=35', '-XX:+ExplicitGCInvokesConcurrent'],
  ],
} as const

/**
 * The launcher of a broker in `folder`: by jars that were fetched before, else a container where an engine runs, else by jars to fetch.
 *
 * @throws {BrokerMissingError} when what `from` needs is not here
 */
export async function findLauncher(
  folder: string,
  from: BrokerOrigin | undefined,
  { heapMiB = DEFAULT_HEAP_MIB, jvm: tuned = 'starts-fast' }: BrokerJvm,
): Promise<BrokerLauncher> {
  const jvm = [...JVM[tuned], `-Xmx${heapMiB}m`]
  const isContainer = from === 'container' || (from === undefined && !existsSync(jarsFolder()))
  if (isContainer) {
    const problem = await containerProblem()
    if (problem === undefined) return containerLauncher(folder, jvm)
    if (from === 'container') throw new BrokerMissingError(problem)
  }
  const java = await findJava()
  return { program: java, args: [...jvm, '-cp', `${await brokerJars()}/*`] }
}

/** What keeps a broker from running in a container here; undefined when nothing does. */
async function containerProblem(): Promise<string | undefined> {
  // Elsewhere containers are in a machine of their own, whose 127.0.0.1 is another one.
  if (process.platform !== 'linux') return 'containers share our network on Linux only'
  try {
    const { code } = await runProgram('docker', ['version'], { timeoutMs: 5_000 })
    if (code !== 0) return 'no container engine answers `docker version`'
    const pull = await runProgram('docker', ['pull', '-q', IMAGE], { timeoutMs: 180_000 })
    return pull.code === 0 ? undefined : `docker cannot pull ${IMAGE}: ${pull.output.trim()}`
  } catch (error) {
    if (error instanceof ProgramMissingError) return 'there is no docker'
    throw error
  }
}

/** The same commands in the image: same network, same paths, same user. */
function containerLauncher(folder: string, jvm: readonly string[]): BrokerLauncher {
  const { uid, gid } = userInfo()
  const container = `millrace-${basename(folder)}-${process.pid}-${Date.now()}`
  const own = ['--network', 'host', '--user', `${uid}:${gid}`, '-v', `${folder}:${folder}`]
  const java = ['--entrypoint', 'java', IMAGE, ...jvm, '-cp', '/opt/kafka/libs/*']
  return {
    program: 'docker',
    args: ['run', '--rm', '--init', '--name', container, ...own, ...java],
    container,
  }
}

// Runs Java programs against Kafka's own client.

import { brokerJars } from './broker-jars.ts'
import { BrokerMissingError, BrokerStartError } from './broker-errors.ts'
import { findJava } from './java.ts'
import { runProgram } from './run-program.ts'

/** Quick to start, and enough for a test. */
const JVM = ['-XX:+UseSerialGC', '-XX:TieredStopAtLevel=1', '-Xmx512m']

/**
 * Runs a Java source file with Kafka's jars on its class path, and gives what it prints.
 *
 * @throws {BrokerMissingError} without Java, or without Maven where the jars are not here yet
 * @throws {BrokerStartError} when the program fails
 */
export async function runKafkaJava(
  file: string,
  options: Readonly<Record<string, string | number>>,
): Promise<string> {
  return runJavaFile(await brokerJars(), file, options)
}

/** The same with the jars of a folder. @throws {BrokerMissingError | BrokerStartError} */
export async function runJavaFile(
  jars: string,
  file: string,
  options: Readonly<Record<string, string | number>>,
): Promise<string> {
  const args = Object.entries(options).map(([name, value]) => `${name}=${value}`)
  const java = await findJava()
  const command = [...JVM, '-cp', `${jars}/*`, file, ...args]
  const { code, output } = await runProgram(java, command, { timeoutMs: 300_000 })
  if (code !== 0) throw new BrokerStartError(`${file} failed:\n${output.slice(-4_000)}`)
  return output
}

/** What keeps `runKafkaJava` from running here; undefined when nothing does. In CI something missing is an error. */
export async function kafkaJavaProblem(): Promise<string | undefined> {
  try {
    const java = await findJava()
    await brokerJars()
    const { code } = await runProgram(java, ['--describe-module', 'jdk.compiler'])
    if (code !== 0) throw new BrokerMissingError(`${java} has no compiler: install a JDK`)
    return undefined
  } catch (error) {
    if (!(error instanceof BrokerMissingError) || process.env['CI'] === 'true') throw error
    return error.message
  }
}

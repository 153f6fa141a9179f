// Runs Java programs against the codecs that come with the registry, such as Apache Avro.

import { dirname, join } from 'node:path'
import { BrokerMissingError } from '../broker/broker-errors.ts'
import { kafkaJavaProblem, runJavaFile } from '../broker/kafka-java.ts'
import { registryJar } from './registry-app.ts'

/**
 * Runs a Java source file with the registry's jars on its class path, and gives what it prints.
 *
 * @throws {BrokerMissingError} without Java, or without Maven where the jars are not here yet
 * @throws {BrokerStartError} when the program fails
 */
export async function runRegistryJava(
  file: string,
  options: Readonly<Record<string, string | number>>,
): Promise<string> {
  return runJavaFile(join(dirname(await registryJar()), 'lib'), file, options)
}

/** What keeps `runRegistryJava` from running here; undefined when nothing does. In CI something missing is an error. */
export async function registryJavaProblem(): Promise<string | undefined> {
  try {
    await registryJar()
    return await kafkaJavaProblem()
  } catch (error) {
    if (!(error instanceof BrokerMissingError) || process.env['CI'] === 'true') throw error
    return error.message
  }
}

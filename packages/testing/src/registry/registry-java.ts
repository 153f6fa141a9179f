// Runs Java programs against the codecs that come with the registry, such as Apache Avro.

import { dirname, join } from 'node:path'
import { runJavaFile } from '../broker/kafka-java.ts'
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

// The Java that a broker runs on.

import { join } from 'node:path'
import { BrokerMissingError } from './broker-errors.ts'
import { ProgramMissingError, runProgram } from './run-program.ts'

const MIN_MAJOR = 17
const REMEDY = `a JDK of version ${MIN_MAJOR} or later (Debian: apt-get install -y default-jdk-headless), on PATH or named by JAVA_HOME`

/**
 * The path of a Java that can run Kafka: that of JAVA_HOME, else the one on PATH.
 *
 * @throws {BrokerMissingError} when there is none, or only an older one
 */
export async function findJava(): Promise<string> {
  const home = process.env['JAVA_HOME']
  const java = home ? join(home, 'bin', 'java') : 'java'
  const { output } = await runProgram(java, ['-version']).catch(error => {
    if (!(error instanceof ProgramMissingError)) throw error
    throw new BrokerMissingError(`Java is missing: Kafka needs ${REMEDY}`)
  })
  const major = Number(/version "(\d+)/.exec(output)?.[1])
  if (major >= MIN_MAJOR) return java
  const found = output.split('\n', 1)[0]
  throw new BrokerMissingError(`${java} is too old (${found}): Kafka needs ${REMEDY}`)
}

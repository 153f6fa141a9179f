// Kafka's own jars, from Maven Central, kept outside of any project.

import { existsSync } from 'node:fs'
import { mkdir, mkdtemp, rename, rm, writeFile } from 'node:fs/promises'
import { homedir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { BrokerMissingError } from './broker-errors.ts'
import { ProgramMissingError, runProgram } from './run-program.ts'

export const KAFKA_VERSION = '4.3.1'

/** The server brings the Java client along. */
const POM = `<project xmlns="http://maven.apache.org/POM/4.0.0">
  <modelVersion>4.0.0</modelVersion>
  <groupId>millrace</groupId><artifactId>kafka-broker</artifactId><version>1</version><packaging>pom</packaging>
  <dependencies>
    <dependency><groupId>org.apache.kafka</groupId><artifactId>kafka_2.13</artifactId><version>${KAFKA_VERSION}</version></dependency>
    <dependency><groupId>org.apache.logging.log4j</groupId><artifactId>log4j-slf4j-impl</artifactId><version>2.25.1</version></dependency>
  </dependencies>
</project>
`

const PAUSES_MS = [2_000, 10_000]

/** Where the jars are, or will be: below XDG_CACHE_HOME, else ~/.cache. */
export function jarsFolder(): string {
  const cache = process.env['XDG_CACHE_HOME'] || join(homedir(), '.cache')
  return join(cache, 'millrace', 'kafka', KAFKA_VERSION)
}

/**
 * The folder of the jars, which Maven fetches when they are not there yet.
 *
 * Several processes may ask at once: each fetches for itself, and the first that is done puts its folder in place.
 *
 * @throws {BrokerMissingError} when Maven is missing or cannot fetch them
 */
export async function brokerJars(): Promise<string> {
  const folder = jarsFolder()
  if (existsSync(folder)) return folder
  await mkdir(join(folder, '..'), { recursive: true })
  const draft = await mkdtemp(`${folder}.draft-`)
  try {
    await writeFile(join(draft, 'pom.xml'), POM)
    await fetchInto(draft, join(draft, 'jars'))
    await rename(join(draft, 'jars'), folder).catch(error => {
      // Another process was first.
      if (!existsSync(folder)) throw error
    })
  } finally {
    await rm(draft, { recursive: true, force: true })
  }
  return folder
}

async function fetchInto(project: string, target: string): Promise<void> {
  const args = ['-q', '-B', '-f', project, 'dependency:copy-dependencies']
  for (let attempt = 0; ; attempt++) {
    const { code, output } = await runProgram('mvn', [...args, `-DoutputDirectory=${target}`], {
      timeoutMs: 600_000,
    }).catch(error => {
      if (!(error instanceof ProgramMissingError)) throw error
      throw new BrokerMissingError(
        'Maven is missing: it fetches Kafka from Maven Central (Debian: apt-get install -y maven)',
      )
    })
    if (code === 0) return
    const pause = PAUSES_MS[attempt]
    if (pause === undefined) {
      throw new BrokerMissingError(
        `Maven could not fetch Kafka ${KAFKA_VERSION}:\n${output.trim()}`,
      )
    }
    await sleep(pause)
  }
}

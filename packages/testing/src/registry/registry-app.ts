// A schema registry from Maven Central, kept outside of any project: Apicurio Registry, which has Confluent's API.

import { existsSync } from 'node:fs'
import { mkdir, mkdtemp, readdir, rename, rm } from 'node:fs/promises'
import { join } from 'node:path'
import { jarsFolder } from '../broker/broker-jars.ts'
import { BrokerMissingError } from '../broker/broker-errors.ts'
import { ProgramMissingError, runProgram } from '../broker/run-program.ts'

const REGISTRY_VERSION = '3.0.9'

/** The whole program in one archive. */
const ARTIFACT = `io.apicurio:apicurio-registry-app:${REGISTRY_VERSION}:tar.gz:all`

/**
 * The jar to start, which Maven fetches when it is not there yet.
 *
 * @throws {BrokerMissingError} when Maven is missing or cannot fetch it
 */
export async function registryJar(): Promise<string> {
  const folder = join(jarsFolder(), '..', '..', 'schema-registry', REGISTRY_VERSION)
  if (!existsSync(folder)) await fetchInto(folder)
  const jar = (await readdir(folder)).find(name => name.endsWith('-runner.jar'))
  if (jar !== undefined) return join(folder, jar)
  throw new BrokerMissingError(`${folder} holds no registry: remove it, to have it fetched again`)
}

async function fetchInto(folder: string): Promise<void> {
  await mkdir(join(folder, '..'), { recursive: true })
  const draft = await mkdtemp(`${folder}.draft-`)
  try {
    const copied = await runProgram(
      'mvn',
      ['-q', '-B', 'dependency:copy', `-Dartifact=${ARTIFACT}`, `-DoutputDirectory=${draft}`],
      { timeoutMs: 600_000 },
    ).catch(error => {
      if (!(error instanceof ProgramMissingError)) throw error
      throw new BrokerMissingError(
        'Maven is missing: it fetches the schema registry from Maven Central (Debian: apt-get install -y maven)',
      )
    })
    const archive = (await readdir(draft)).find(name => name.endsWith('.tar.gz'))
    if (archive === undefined)
      throw new BrokerMissingError(
        `Maven could not fetch the schema registry:\n${copied.output.trim()}`,
      )
    const target = join(draft, 'app')
    await mkdir(target)
    const unpacked = await runProgram('tar', ['-xzf', join(draft, archive), '-C', target])
    if (unpacked.code !== 0)
      throw new BrokerMissingError(`tar could not unpack the schema registry:\n${unpacked.output}`)
    await rename(target, folder).catch(error => {
      // Another process was first.
      if (!existsSync(folder)) throw error
    })
  } finally {
    await rm(draft, { recursive: true, force: true })
  }
}

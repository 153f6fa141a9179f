// The jars of a broker: fetched once by Maven, kept where the user's caches are.

import { spawn } from 'node:child_process'
import { existsSync, readdirSync } from 'node:fs'
import { mkdir, rename, rm } from 'node:fs/promises'
import { homedir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'

const POM = fileURLToPath(new URL('pom.xml', import.meta.url))
const VERSION = '4.3.1'

const cache = process.env['XDG_CACHE_HOME'] ?? join(homedir(), '.cache')

/** Where broker jars are kept, for all checkouts. */
export const JARS_FOLDER = join(cache, 'millrace', `kafka-${VERSION}`)

/** What a broker cannot be started without; the text says what to install. */
export class MissingToolError extends Error {
  override readonly name = 'MissingToolError'
}

/** The class path of a broker, fetched when it is not there. @throws {MissingToolError} without Java or Maven */
export async function brokerJars(): Promise<string> {
  await requireTool('java', ['-version'], 'Java 17 or later (Debian: openjdk-17-jre-headless)')
  if (!hasJars()) await fetchJars()
  return `${JARS_FOLDER}/*`
}

const hasJars = (): boolean =>
  existsSync(JARS_FOLDER) && readdirSync(JARS_FOLDER).some(f => f.startsWith('kafka_2.13'))

async function fetchJars(): Promise<void> {
  await requireTool('mvn', ['-version'], "Maven (Debian: maven), which fetches the broker's jars")
  // Another process may do the same: whoever is first moves its folder into place.
  const draft = `${JARS_FOLDER}.${process.pid}`
  await mkdir(draft, { recursive: true })
  const goal = 'org.apache.maven.plugins:maven-dependency-plugin:copy-dependencies'
  await run('mvn', ['-q', '-B', '-f', POM, goal, `-DoutputDirectory=${draft}`])
  await rename(draft, JARS_FOLDER).catch(async error => {
    await rm(draft, { recursive: true, force: true })
    if (!hasJars()) throw error
  })
}

async function requireTool(name: string, args: readonly string[], what: string): Promise<void> {
  await run(name, args).catch(cause => {
    throw new MissingToolError(`a Kafka broker needs ${what}`, { cause })
  })
}

/** Runs a command to its end. @throws with what it printed when it fails */
export function run(command: string, args: readonly string[]): Promise<void> {
  return new Promise((resolve, reject) => {
    const child = spawn(command, args, { stdio: ['ignore', 'pipe', 'pipe'] })
    let output = ''
    child.stdout.on('data', chunk => {
      output += chunk
    })
    child.stderr.on('data', chunk => {
      output += chunk
    })
    child.on('error', reject)
    child.on('close', code =>
      code === 0
        ? resolve()
        : reject(new Error(`${command} ended with ${code}: ${output.slice(-2000)}`)),
    )
  })
}

// Flink and Kafka Streams: their jars from Maven Central and our programs for them, compiled, below the cache of the user.

import { createHash } from 'node:crypto'
import { existsSync, globSync, mkdirSync, readFileSync, renameSync, rmSync } from 'node:fs'
import { homedir } from 'node:os'
import { join } from 'node:path'
import { execFileSync } from 'node:child_process'

export type JavaPeer = 'flink' | 'java'

const CACHE = join(process.env['XDG_CACHE_HOME'] || join(homedir(), '.cache'), 'millrace', 'bench')
/** Flink reads its objects by reflection. */
const OPENED = ['lang', 'util', 'time', 'nio', 'util.concurrent', 'net'].map(
  name => `--add-opens=java.base/java.${name}=ALL-UNNAMED`,
)
const JVM: { readonly [P in JavaPeer]: readonly string[] } = {
  flink: ['-Xmx4g', '-XX:+UseG1GC', '-XX:MaxDirectMemorySize=1g', ...OPENED],
  java: ['-Xmx3g'],
}

/** The class path of a peer: jars that Maven fetches once, classes that are compiled anew when their text has changed. */
function classPathOf(peer: JavaPeer): string {
  const sources = globSync(join(import.meta.dirname, peer, '*.java')).toSorted()
  const pom = join(import.meta.dirname, peer, 'pom.xml')
  const hash = createHash('sha256')
  for (const path of [pom, ...sources]) hash.update(readFileSync(path))
  const folder = join(CACHE, `${peer}-${hash.digest('hex').slice(0, 12)}`)
  if (!existsSync(folder)) {
    const draft = `${folder}.draft-${process.pid}`
    mkdirSync(draft, { recursive: true })
    try {
      const jars = join(draft, 'jars')
      const copying = ['-q', '-B', '-f', pom, 'dependency:copy-dependencies']
      run('mvn', [...copying, '-DincludeScope=runtime', `-DoutputDirectory=${jars}`])
      run('javac', ['-nowarn', '-d', join(draft, 'classes'), '-cp', `${jars}/*`, ...sources])
      renameSync(draft, folder)
    } finally {
      rmSync(draft, { recursive: true, force: true })
    }
  }
  return `${join(folder, 'classes')}:${join(folder, 'jars')}/*`
}

/** The command line of a class of a peer. @throws {Error} without a JDK of version 17, or Maven */
export function javaCommand(
  peer: JavaPeer,
  main: string,
  args: readonly string[],
): readonly [program: string, args: readonly string[]] {
  const quiet = '-Dorg.slf4j.simpleLogger.defaultLogLevel=error'
  return ['java', [...JVM[peer], quiet, '-cp', classPathOf(peer), main, ...args]]
}

function run(program: string, args: readonly string[]): void {
  try {
    execFileSync(program, args, { stdio: ['ignore', 'pipe', 'pipe'] })
  } catch (error) {
    const { stderr, stdout } = error as { readonly stderr?: Buffer; readonly stdout?: Buffer }
    throw new Error(`${program} has failed: ${stdout}${stderr ?? (error as Error).message}`, {
      cause: error,
    })
  }
}

// Runs what pages show, in a folder of its own, from the sources of the packages.

import { spawnSync } from 'node:child_process'
import { join } from 'node:path'
import { pathToFileURL } from 'node:url'
import { ROOT } from './code-blocks.ts'

const SOURCES = pathToFileURL(join(ROOT, 'tools/testing/resolve-sources.ts')).href

export interface Finished {
  readonly stdout: string
  readonly stderr: string
  readonly exitCode: number | null
}

/** How a child process runs a TypeScript file of the repository, or of a page. */
export const nodeArgs = (file: string, ...args: readonly string[]): string[] => [
  '--import',
  SOURCES,
  file,
  ...args,
]

/** Runs a TypeScript file. */
export function runFile(file: string, cwd: string, ...args: readonly string[]): Finished {
  const { stdout, stderr, status } = spawnSync(process.execPath, nodeArgs(file, ...args), {
    cwd,
    encoding: 'utf8',
    timeout: 25_000,
  })
  return { stdout, stderr, exitCode: status }
}

/** The command `millrace`. */
export const CLI = join(ROOT, 'packages/cli/src/main.ts')

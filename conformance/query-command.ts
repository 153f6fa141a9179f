// How the cases call `millrace query`, in a process of their own or in one that runs many.

import { resolve } from 'node:path'

const CLI = resolve(import.meta.dirname, '..', 'packages', 'cli')

/** Reads the command line as built: what users get is what is checked. */
export const COMMAND_LINE = resolve(CLI, 'dist', 'command-line.js')

/** The arguments of `millrace` for one run of a case. */
export function queryArguments(file: string, mode: string): string[] {
  return ['query', '--file', file, '--mode', mode, '--output', 'ndjson', '--types']
}

/** The repository's own command for compare.mjs, under the Node that runs this. */
export function queryCommandLine(): string {
  const launcher = resolve(CLI, 'bin', 'millrace.mjs')
  return `'${process.execPath}' '${launcher}' ${queryArguments('{file}', '{mode}').join(' ')}`
}

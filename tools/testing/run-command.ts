// Runs a program of this repository in the foreground.

import { spawnSync } from 'node:child_process'
import { delimiter, resolve } from 'node:path'

const ROOT = resolve(import.meta.dirname, '..', '..')

/**
 * Runs a command at the root of the repository, its output on ours, and waits for its end.
 *
 * `node` means the Node that runs this; the tools of `node_modules/.bin` are found as in npm scripts.
 *
 * @returns the exit code; 1 when a signal ended it
 */
export function runCommand(command: readonly string[], env: NodeJS.ProcessEnv = {}): number {
  const [program = '', ...args] = command
  const path = [resolve(ROOT, 'node_modules', '.bin'), process.env['PATH']].join(delimiter)
  const { status, error } = spawnSync(program === 'node' ? process.execPath : program, args, {
    cwd: ROOT,
    stdio: 'inherit',
    env: { ...process.env, PATH: path, ...env },
  })
  if (error) console.error(error.message)
  return status ?? 1
}

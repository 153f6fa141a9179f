// Starts the command from its sources, and gathers what it prints.

import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { join } from 'node:path'

const ROOT = join(import.meta.dirname, '..', '..', '..', '..')
const RESOLVER = join(ROOT, 'tools', 'testing', 'resolve-sources.ts')
const MAIN = join(ROOT, 'packages', 'cli', 'src', 'main.ts')

export function startCommand(folder: string, args: readonly string[]): ChildProcess {
  return spawn(process.execPath, ['--no-warnings', '--import', RESOLVER, MAIN, ...args], {
    cwd: folder,
    stdio: ['ignore', 'pipe', 'pipe'],
  })
}

export interface End {
  readonly code: number | null
  readonly stdout: string
  readonly stderr: string
}

export async function endOf(child: ChildProcess): Promise<End> {
  const said = { stdout: '', stderr: '' }
  child.stdout?.on('data', bytes => (said.stdout += bytes))
  child.stderr?.on('data', bytes => (said.stderr += bytes))
  const [code] = await once(child, 'close')
  return { code, ...said }
}

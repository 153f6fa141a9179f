// Starts the command `millrace` and waits for its first row.

import { spawn } from 'node:child_process'
import { fileURLToPath } from 'node:url'

const MILLRACE = fileURLToPath(new URL('../../packages/cli/bin/millrace.mjs', import.meta.url))

/**
 * Runs `query.sql` of a folder and waits for its end. Gives the time until its first row, ms.
 *
 * @throws {Error} when the command fails or prints nothing
 */
export function firstRowMs(folder: string, options: readonly string[] = []): Promise<number> {
  return new Promise((resolve, reject) => {
    const started = performance.now()
    const args = [MILLRACE, 'query', '--file', 'query.sql', '--output', 'ndjson', ...options]
    const child = spawn(process.execPath, args, { cwd: folder, stdio: ['ignore', 'pipe', 'pipe'] })
    let elapsedMs: number | undefined
    let problems = ''
    child.stdout.on('data', () => {
      elapsedMs ??= performance.now() - started
    })
    child.stderr.setEncoding('utf8').on('data', (text: string) => {
      problems += text
    })
    child.on('error', reject)
    child.on('close', code => {
      if (code === 0 && elapsedMs !== undefined) resolve(elapsedMs)
      else reject(new Error(`millrace query ended with ${code}: ${problems || 'no output'}`))
    })
  })
}

// Runs one measurement in a process of its own, so that no run finds what another has compiled or left in memory.

import { spawn } from 'node:child_process'

/** Runs `node` with these arguments; resolves with its standard output, rejects when it fails. */
export function runNode(args: readonly string[], cwd?: string): Promise<string> {
  return new Promise((resolve, reject) => {
    const child = spawn(process.execPath, args, {
      stdio: ['ignore', 'pipe', 'pipe'],
      ...(cwd !== undefined && { cwd }),
    })
    let output = ''
    let problems = ''
    child.stdout.setEncoding('utf8').on('data', (text: string) => {
      output += text
    })
    child.stderr.setEncoding('utf8').on('data', (text: string) => {
      problems += text
    })
    child.on('error', reject)
    child.on('close', code => {
      if (code === 0) resolve(output)
      else reject(new Error(`node ${args.join(' ')} ended with ${code}:\n${problems}${output}`))
    })
  })
}

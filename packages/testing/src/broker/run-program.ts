// Runs another program to its end and keeps what it says.

import { spawn } from 'node:child_process'

export interface ProgramEnd {
  /** null when a signal ended it. */
  readonly code: number | null
  /** Of both outputs, as they came. */
  readonly output: string
}

/** A program that is not on this machine. */
export class ProgramMissingError extends Error {
  override readonly name = 'ProgramMissingError'
}

/**
 * Runs a program to its end.
 *
 * @throws {ProgramMissingError} when there is no such program
 */
export function runProgram(
  program: string,
  args: readonly string[],
  { timeoutMs = 120_000 }: { readonly timeoutMs?: number } = {},
): Promise<ProgramEnd> {
  return new Promise((resolve, reject) => {
    const child = spawn(program, args, {
      stdio: ['ignore', 'pipe', 'pipe'],
      timeout: timeoutMs,
      killSignal: 'SIGKILL',
    })
    let output = ''
    for (const stream of [child.stdout, child.stderr]) {
      stream.setEncoding('utf8').on('data', (text: string) => {
        output += text
      })
    }
    child.once('error', (error: NodeJS.ErrnoException) =>
      reject(error.code === 'ENOENT' ? new ProgramMissingError(`no program "${program}"`) : error),
    )
    child.once('close', code => resolve({ code, output }))
  })
}

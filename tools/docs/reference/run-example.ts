// Runs examples of the reference as the command does, in this process, and keeps what is printed.

import { cpSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { runCommandLine } from '../../../packages/cli/src/command-line.ts'
import type { ReferenceExample } from '../../../packages/millrace/src/sql/reference/entry.ts'

const EXAMPLES = resolve(import.meta.dirname, '../../../docs/reference/examples')

/** The declarations of the tables that the examples are over. */
export const TABLES = readFileSync(join(EXAMPLES, 'tables.sql'), 'utf8')

export interface Printed {
  readonly text: string
  readonly exitCode: number
}

/** What the command prints of an example, to both of its streams, and what it writes into a file that is to be shown. */
export async function runExample(example: ReferenceExample): Promise<Printed> {
  const folder = mkdtempSync(join(tmpdir(), 'millrace-reference-'))
  try {
    cpSync(EXAMPLES, folder, { recursive: true })
    const file = join(folder, 'example.sql')
    // The tables share the first line: places in messages are those of the example.
    writeFileSync(file, `${TABLES.replaceAll('\n', ' ').trim()}\n${example.sql}`)
    const { command = 'query', mode } = example
    const printed = await printedBy([
      command,
      file,
      ...(mode ? ['--mode', mode] : []),
      ...(command === 'run' ? ['--no-server'] : []),
    ])
    const { writes } = example
    if (writes === undefined) return printed
    return { ...printed, text: printed.text + readFileSync(join(folder, writes), 'utf8') }
  } finally {
    rmSync(folder, { recursive: true })
  }
}

/**
 * Runs a command line with its standard streams caught. Of `run` only standard output is kept: the rest tells of speed.
 */
async function printedBy(args: readonly string[]): Promise<Printed> {
  const [out, err] = [catchWrites(process.stdout), catchWrites(process.stderr)]
  let exitCode: number
  try {
    exitCode = await runCommandLine(args)
  } finally {
    out.release()
    err.release()
  }
  const said = args[0] === 'run' && exitCode === 0 ? '' : err.text().replaceAll(NODE_WARNING, '')
  return { text: said + out.text(), exitCode }
}

/** Of Node, about what it still calls experimental; once a process. */
const NODE_WARNING = /^\(node:\d+\) ExperimentalWarning.*\n.*trace-warnings.*\n/gm

function catchWrites(stream: NodeJS.WriteStream): { text(): string; release(): void } {
  const { write } = stream
  let text = ''
  stream.write = (chunk: string | Uint8Array, ...rest: unknown[]) => {
    text += typeof chunk === 'string' ? chunk : Buffer.from(chunk).toString()
    for (const done of rest) if (typeof done === 'function') done()
    return true
  }
  return {
    text: () => text,
    release: () => {
      stream.write = write
    },
  }
}

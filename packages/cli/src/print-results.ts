// Prints what SHOW, DESCRIBE, EXPLAIN and SET answer, and tells of what had no effect.

import type { LoadedScript, StatementResult } from 'millrace'
import { createPrinter, type OutputFormat } from './result-printer.ts'

/**
 * Prints the answers to standard output, notices to standard error. As a table all answers are printed, else only that of the last
 * statement: one result is one shape of line.
 */
export async function printResults(script: LoadedScript, format: OutputFormat): Promise<void> {
  for (const notice of script.notices) process.stderr.write(`${notice}\n`)
  const last = script.endsWithQuery ? [] : script.results.slice(-1)
  for (const result of format === 'table' ? script.results : last) await print(result, format)
}

async function print({ columns, rows }: StatementResult, format: OutputFormat): Promise<void> {
  const [only] = columns
  // A statement or plan is a text of many lines: it stands for itself.
  if (format === 'table' && columns.length === 1 && only?.name === 'result') {
    for (const [text] of rows) process.stdout.write(`${String(text).trimEnd()}\n`)
    return
  }
  const printer = createPrinter(
    format,
    columns,
    process.stdout,
    format === 'table' ? 'batch' : 'streaming',
  )
  for (const row of rows) await printer.print({ kind: '+I', row })
  await printer.end()
}

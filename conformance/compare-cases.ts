// Runs tools/compare.mjs over the open cases and our own, and reads back what it found.

import { spawnSync } from 'node:child_process'
import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import type { CaseResult } from './passing-list.ts'

export interface CompareOptions {
  /** The engine's command, with `{file}` and `{mode}` in it, or `module:` and the file of a module that runs cases. */
  readonly engine: string
  /** The folders of cases. */
  readonly halves: readonly ('open' | 'own')[]
  /** A regular expression on `open/group/name` or `own/group/name`; empty for all. */
  readonly only: string
  /** Whether the expressions run too. */
  readonly expressions: boolean
}

/**
 * Runs the cases and gives a result for each, in the order of their ids.
 *
 * @throws {Error} when the comparison itself breaks
 */
export function compareCases({ engine, halves, only, expressions }: CompareOptions): CaseResult[] {
  const folder = mkdtempSync(join(tmpdir(), 'millrace-conformance-'))
  const report = join(folder, 'report.ndjson')
  const compare = resolve(import.meta.dirname, 'tools', 'compare.mjs')
  const args = [
    ...halves.flatMap(half => ['--half', half]),
    '--types',
    '--report',
    report,
    ...(expressions ? ['--all'] : []),
  ]
  if (only !== '') args.push('--only', only)
  try {
    const command = [compare, ...args, tellCrashes(engine)]
    const { stderr, status } = spawnSync(process.execPath, command, { encoding: 'utf8' })
    // 1 says that some case failed, which is for the list of passing cases to judge.
    if (status !== 0 && status !== 1) throw new Error(`compare.mjs ended with ${status}: ${stderr}`)
    return readFileSync(report, 'utf8').split('\n').filter(Boolean).map(readResult)
  } finally {
    rmSync(folder, { recursive: true })
  }
}

/** A rejected statement is exit code 1; any other failure (a crash, no build) must not pass for a rejection. */
function tellCrashes(engine: string): string {
  if (engine.startsWith('module:')) return engine
  return `${engine} || { code=$?; [ $code -eq 1 ] && exit 1; echo "engine exit code $code"; exit 0; }`
}

function readResult(line: string): CaseResult {
  const { id, ok, why } = JSON.parse(line) as { id: string; ok: boolean; why?: string }
  return { id: id.replace(/^open\//, ''), ok, why: why ?? '' }
}

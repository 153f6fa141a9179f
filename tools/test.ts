// `npm test`: builds, checks the layers, runs every test runner, and ends with `N passed, N failed` over all of them.

import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { RUNNERS } from './testing/runners.ts'
import { runCommand } from './testing/run-command.ts'
import { addCounts, conclude, type TestCounts } from './testing/test-counts.ts'

const GATES = [
  { name: 'build', command: ['tsc', '-b'] },
  { name: 'layers', command: ['node', 'tools/check-layers.ts'] },
] as const

process.exitCode = main()

function main(): number {
  const failedGates = GATES.filter(({ name, command }) => !passesGate(name, command))
  const reports = mkdtempSync(join(tmpdir(), 'millrace-test-'))
  const counts = RUNNERS.map(runner => {
    console.log(`\n── ${runner.name}`)
    return runner.run(join(reports, `${runner.name}.json`))
  })
  rmSync(reports, { recursive: true })
  const gates: TestCounts = { passed: 0, failed: failedGates.length, skipped: [] }
  const { lines, exitCode } = conclude(addCounts([gates, ...counts]), process.env['CI'] === 'true')
  for (const line of lines) console.log(line)
  return exitCode
}

function passesGate(name: string, command: readonly string[]): boolean {
  console.log(`── ${name}`)
  const ok = runCommand(command) === 0
  if (!ok) console.log(`FAILED: ${name}`)
  return ok
}

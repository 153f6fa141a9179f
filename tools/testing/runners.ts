// The test runners of the repository: each runs, writes a report, and is counted. A new kind of test is one more entry.

import { existsSync, readFileSync } from 'node:fs'
import { runCommand } from './run-command.ts'
import { NO_TESTS, type TestCounts } from './test-counts.ts'
import { countVitest } from './vitest-report.ts'

export interface TestRunner {
  readonly name: string
  /** Runs all its tests, with `report` as a file that it may write to. */
  run(report: string): TestCounts
}

const vitest: TestRunner = {
  name: 'vitest',
  run(report) {
    const outputs = ['--reporter=dot', '--reporter=json', `--outputFile.json=${report}`]
    const code = runCommand(['vitest', 'run', ...outputs])
    return counted(code, report, countVitest)
  },
}

const conformance: TestRunner = {
  name: 'conformance',
  run(report) {
    const code = runCommand(['node', 'conformance/run.ts', '--report', report])
    return counted(code, report, text => JSON.parse(text) as TestCounts)
  },
}

export const RUNNERS: readonly TestRunner[] = [vitest, conformance]

/** A runner that failed without naming a failed test (it crashed, an error was unhandled) counts as one. */
function counted(code: number, report: string, read: (text: string) => TestCounts): TestCounts {
  const counts = existsSync(report) ? read(readFileSync(report, 'utf8')) : NO_TESTS
  return code !== 0 && counts.failed === 0 ? { ...counts, failed: 1 } : counts
}

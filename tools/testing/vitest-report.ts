// Counts the tests of a vitest JSON report.

import type { TestCounts } from './test-counts.ts'

interface VitestReport {
  readonly testResults: readonly {
    readonly name: string
    readonly status: string
    readonly assertionResults: readonly { readonly fullName: string; readonly status: string }[]
  }[]
}

/** A file that failed without a failed test in it (it did not load, a hook threw) counts as one failure. */
export function countVitest(text: string): TestCounts {
  let passed = 0
  let failed = 0
  const skipped: string[] = []
  for (const file of (JSON.parse(text) as VitestReport).testResults) {
    const failedBefore = failed
    for (const test of file.assertionResults) {
      if (test.status === 'passed') passed++
      else if (test.status === 'failed') failed++
      else skipped.push(test.fullName)
    }
    if (file.status === 'failed' && failed === failedBefore) failed++
  }
  return { passed, failed, skipped }
}

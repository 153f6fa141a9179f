// What a test runner reports, and the sum over several of them.

export interface TestCounts {
  readonly passed: number
  readonly failed: number
  /** The names of tests that did not run. */
  readonly skipped: readonly string[]
}

export const NO_TESTS: TestCounts = { passed: 0, failed: 0, skipped: [] }

export function addCounts(all: readonly TestCounts[]): TestCounts {
  return all.reduce(
    (sum, one) => ({
      passed: sum.passed + one.passed,
      failed: sum.failed + one.failed,
      skipped: [...sum.skipped, ...one.skipped],
    }),
    NO_TESTS,
  )
}

export interface Conclusion {
  /** What to print; the last is `N passed, N failed`. */
  readonly lines: readonly string[]
  readonly exitCode: 0 | 1
}

/**
 * Ends a run: names what was skipped, and is green only when something ran and nothing failed.
 *
 * In CI a skipped test counts as a failed one.
 */
export function conclude({ passed, failed, skipped }: TestCounts, inCi: boolean): Conclusion {
  const allFailed = failed + (inCi ? skipped.length : 0)
  const lines = skipped.map(name => `SKIPPED: ${name}`)
  if (inCi && skipped.length > 0) {
    lines.push(`FAILED: ${skipped.length} skipped, which CI does not allow`)
  }
  if (passed + allFailed === 0) lines.push('FAILED: no test ran')
  lines.push(`${passed} passed, ${allFailed} failed`)
  return { lines, exitCode: allFailed > 0 || passed === 0 ? 1 : 0 }
}

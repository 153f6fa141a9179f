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

/** The line that ends every run of tests. */
export function closingLine({ passed, failed }: TestCounts): string {
  return `${passed} passed, ${failed} failed`
}

// Counting of test reports.

import { expect, it } from 'vitest'
import { addCounts, closingLine } from '../testing/test-counts.ts'
import { countVitest } from '../testing/vitest-report.ts'

function report(...files: { status: string; tests: [name: string, status: string][] }[]): string {
  return JSON.stringify({
    testResults: files.map(({ status, tests }, i) => ({
      name: `f${i}`,
      status,
      assertionResults: tests.map(([fullName, status]) => ({ fullName, status })),
    })),
  })
}

it('counts passed and failed tests, and names the skipped ones', () => {
  const tests: [string, string][] = [
    ['a', 'passed'],
    ['b', 'failed'],
    ['c', 'skipped'],
    ['d', 'todo'],
  ]
  expect(countVitest(report({ status: 'failed', tests }))).toEqual({
    passed: 1,
    failed: 1,
    skipped: ['c', 'd'],
  })
})

it('counts a file that did not load as a failure', () => {
  const text = report(
    { status: 'failed', tests: [] },
    { status: 'passed', tests: [['a', 'passed']] },
  )
  expect(countVitest(text)).toEqual({ passed: 1, failed: 1, skipped: [] })
})

it('adds up runners into one closing line', () => {
  const one = { passed: 1, failed: 2, skipped: ['a'] }
  const two = { passed: 3, failed: 0, skipped: ['b'] }
  expect(addCounts([one, two])).toEqual({ passed: 4, failed: 2, skipped: ['a', 'b'] })
  expect(closingLine(addCounts([one, two]))).toBe('4 passed, 2 failed')
})

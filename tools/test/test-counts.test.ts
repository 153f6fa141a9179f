// Counting of test reports.

import { expect, it } from 'vitest'
import { addCounts, conclude } from '../testing/test-counts.ts'
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

it('adds up runners', () => {
  const one = { passed: 1, failed: 2, skipped: ['a'] }
  const two = { passed: 3, failed: 0, skipped: ['b'] }
  expect(addCounts([one, two])).toEqual({ passed: 4, failed: 2, skipped: ['a', 'b'] })
})

it('ends green with one closing line when all passed', () => {
  const total = { passed: 4, failed: 0, skipped: [] }
  expect(conclude(total, true)).toEqual({ lines: ['4 passed, 0 failed'], exitCode: 0 })
})

it('names skipped tests, and fails them in CI', () => {
  const total = { passed: 4, failed: 0, skipped: ['a'] }
  expect(conclude(total, false)).toEqual({
    lines: ['SKIPPED: a', '4 passed, 0 failed'],
    exitCode: 0,
  })
  expect(conclude(total, true).lines.at(-1)).toBe('4 passed, 1 failed')
  expect(conclude(total, true).exitCode).toBe(1)
})

it('is red when a test failed, or when none ran', () => {
  expect(conclude({ passed: 4, failed: 1, skipped: [] }, false).exitCode).toBe(1)
  expect(conclude({ passed: 0, failed: 0, skipped: [] }, false)).toEqual({
    lines: ['FAILED: no test ran', '0 passed, 0 failed'],
    exitCode: 1,
  })
})

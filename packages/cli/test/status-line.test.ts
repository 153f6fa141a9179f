// What a job shows while it runs, and what is said of it at its end.

import { expect, it } from 'vitest'
import { progressText, sumText } from '../src/status-line.ts'

it('a running job shows all dead letters, and its end those of this run', () => {
  const progress = {
    events: 90_000,
    eventTimeMs: Date.UTC(2026, 0, 2, 3, 4),
    progress: 0.5,
    behind: 1_200,
    late: 4,
    deadLettered: 7,
  }
  expect(progressText(progress, 1_234.5)).toBe(
    '1,235 events/s · at 2026-01-02 03:04 · 50.0 % · 1,200 behind · 4 late · 7 dead letters in all',
  )
  const result = {
    outcome: 'finished',
    elapsedMs: 2_000,
    recordsRead: 3_000,
    rowsWritten: 20,
    lateRecords: 4,
    deadLetters: 2,
  } as const
  expect(sumText('orders', result)).toBe(
    'orders finished: 3,000 events in 2.0 s (1,500/s), 20 rows written, 4 late, 2 dead-lettered in this run',
  )
})

it('leaves out what a job does not know', () => {
  const unknown = { eventTimeMs: undefined, progress: undefined, behind: undefined }
  expect(progressText({ events: 0, ...unknown, late: 0, deadLettered: 1 }, 0)).toBe(
    '0 events/s · 0 late · 1 dead letter in all',
  )
})

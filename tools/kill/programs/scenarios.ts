// The programs that are killed, and what they leave.

import type { Millrace } from 'millrace'
import { flightsProgram } from './flights.ts'
import { parallelTotalsProgram } from './parallel-totals.ts'

export interface Scenario {
  readonly name: string
  /** The share of the kills. */
  readonly share: number
  readonly program: (folder: string, replaySpeed: number) => Millrace
  /** Files and folders of the output; of `ordered` ones the rows must come in the same order, too. */
  readonly files: readonly { readonly path: string; readonly isOrdered: boolean }[]
}

export const SCENARIOS: readonly Scenario[] = [
  {
    name: 'flights',
    share: 0.65,
    program: flightsProgram,
    files: [
      { path: 'trips', isOrdered: true },
      { path: 'alerts.ndjson', isOrdered: true },
    ],
  },
  {
    name: 'parallel-totals',
    share: 0.35,
    program: parallelTotalsProgram,
    files: [{ path: 'windows', isOrdered: false }],
  },
]

// The programs that are killed, what they read, and what they leave.

import type { Millrace } from 'millrace'
import { BURST_MS, writeFlightEvents } from './flight-events.ts'
import { flightsProgram } from './flights.ts'
import { flightsExample, writeFlightsFeed } from './flights-example.ts'
import { parallelTotalsProgram } from './parallel-totals.ts'

export interface Scenario {
  readonly name: string
  /** The share of the kills. */
  readonly share: number
  /** Writes the input into a folder, which the program finds as `input` in its own. */
  readonly writeInput: (folder: string, seed: number) => Promise<void>
  readonly program: (folder: string, replaySpeed: number) => Millrace
  /** ms of event time in a ms of real time, so that the input lasts for a round of kills. */
  readonly replaySpeed: number
  /** Files and folders of the output; of `isOrdered` ones the rows must come in the same order, too. */
  readonly files: readonly { readonly path: string; readonly isOrdered: boolean }[]
}

/** Real time between two bursts of events. */
const BURST_EVERY_MS = 40
const DAYS_A_SECOND = 2.2

const bursts = {
  replaySpeed: BURST_MS / BURST_EVERY_MS,
  writeInput: (folder: string, seed: number) =>
    writeFlightEvents({ folder, seed, bursts: 250, departuresPerBurst: 80 }),
}

export const SCENARIOS: readonly Scenario[] = [
  {
    name: 'flights-example',
    share: 0.4,
    writeInput: writeFlightsFeed,
    program: flightsExample,
    replaySpeed: DAYS_A_SECOND * 86_400,
    files: [{ path: 'alerts.ndjson', isOrdered: true }],
  },
  {
    ...bursts,
    name: 'flights',
    share: 0.3,
    program: flightsProgram,
    files: [
      { path: 'trips', isOrdered: true },
      { path: 'alerts.ndjson', isOrdered: true },
    ],
  },
  {
    ...bursts,
    name: 'parallel-totals',
    share: 0.3,
    program: parallelTotalsProgram,
    files: [{ path: 'windows', isOrdered: false }],
  },
]

// What `npm run bench` takes on its command line.

import { parseArgs } from 'node:util'

export interface BenchOptions {
  readonly events: number
  readonly repetitions: number
  /** The names of what is run; empty: everything. */
  readonly only: readonly string[]
  readonly json: string | undefined
  /** Small inputs and one repetition: shows that the benchmarks run, its figures mean little. */
  readonly quick: boolean
  /** The folder of the flights of a full year; absent: the example's own month. */
  readonly data: string | undefined
}

/** `--only NAME` (repeatable), `--events N`, `--repetitions N`, `--json FILE`, `--quick`, `--data FOLDER`. */
export function readBenchOptions(args: readonly string[]): BenchOptions {
  const { values } = parseArgs({
    args: [...args],
    options: {
      only: { type: 'string', multiple: true, default: [] },
      events: { type: 'string' },
      repetitions: { type: 'string' },
      json: { type: 'string' },
      quick: { type: 'boolean', default: false },
      data: { type: 'string' },
    },
  })
  const { quick } = values
  return {
    events: Number((values.events ?? (quick ? '200000' : '5000000')).replaceAll('_', '')),
    repetitions: Number(values.repetitions ?? (quick ? '1' : '5')),
    only: values.only,
    json: values.json,
    quick,
    data: values.data,
  }
}

// How long the parser takes for a statement of 100 lines: warm, and in a fresh process.
//   npx node bench/parse/main.ts

import { execFileSync } from 'node:child_process'
import { LONG_STATEMENT } from './long-statement.ts'

const COLD = '--cold'
const WARM_RUNS = 500
const COLD_RUNS = 7

if (process.argv[2] === COLD) await measureCold()
else await measureAll()

/** Prints the milliseconds of the import and of the first parse. */
async function measureCold(): Promise<void> {
  const start = performance.now()
  const { parseStatement } = await import('../../packages/millrace/src/sql/parse.ts')
  const imported = performance.now()
  parseStatement(LONG_STATEMENT)
  console.log(`${imported - start} ${performance.now() - imported}`)
}

async function measureAll(): Promise<void> {
  const { parseStatement } = await import('../../packages/millrace/src/sql/parse.ts')
  const { printStatement } = await import('../../packages/millrace/src/sql/print-sql.ts')
  console.log(`${LONG_STATEMENT.split('\n').length} lines, ${LONG_STATEMENT.length} characters`)

  const cold = Array.from({ length: COLD_RUNS }, () =>
    execFileSync(process.execPath, [import.meta.filename, COLD], { encoding: 'utf8' })
      .split(' ')
      .map(Number),
  )
  report(
    'import, fresh process',
    cold.map(([imported]) => imported as number),
  )
  report(
    'first parse, fresh process',
    cold.map(([, parsed]) => parsed as number),
  )

  const tree = parseStatement(LONG_STATEMENT)
  report(
    'parse, warm',
    repeat(() => parseStatement(LONG_STATEMENT)),
  )
  report(
    'print, warm',
    repeat(() => printStatement(tree)),
  )
}

/** The times of runs, in milliseconds; the first fifth warms up and does not count. */
function repeat(run: () => unknown): number[] {
  const times = Array.from({ length: WARM_RUNS }, () => {
    const start = performance.now()
    run()
    return performance.now() - start
  })
  return times.slice(WARM_RUNS / 5)
}

function report(what: string, times: number[]): void {
  const sorted = times.toSorted((a, b) => a - b)
  const at = (share: number) =>
    (sorted[Math.floor((sorted.length - 1) * share)] as number).toFixed(2)
  console.log(`${what.padEnd(28)} median ${at(0.5)} ms, p99 ${at(0.99)} ms`)
}

// npm run test:sim -- [--seeds N] [--from S]: runs seeds of the deterministic simulator, prints those that went wrong.

import { parseArgs } from 'node:util'
import { runSeed } from '@millrace/testing'
import { setProgramHost } from 'millrace'

const { values } = parseArgs({
  options: { seeds: { type: 'string', default: '200' }, from: { type: 'string', default: '0' } },
})
// What jobs say of themselves is of no interest here.
setProgramHost({ notice: () => {} })
const from = Number(values.from)
const count = Number(values.seeds)
const ends = new Map<string, number>()
let wrong = 0
for (let seed = from; seed < from + count; seed++) {
  const result = await runSeed(seed)
  for (const { how, phase } of result.ends) {
    const end = `${how} at ${phase}`
    ends.set(end, (ends.get(end) ?? 0) + 1)
  }
  if (result.problems.length === 0) continue
  wrong++
  console.log(`seed ${seed}\n  ${result.problems.join('\n  ')}\n${result.plan}\n`)
}
const lines = [...ends]
  .sort((a, b) => b[1] - a[1])
  .map(([end, n]) => `${String(n).padStart(8)} lives: ${end}`)
console.log(lines.join('\n'))
console.log(`${count - wrong} seeds passed, ${wrong} failed`)
process.exitCode = wrong > 0 ? 1 : 0

// Runs `millrace query` over the cases: each listed in passing.txt must pass; those that newly pass are named.
//   node conformance/run.ts [--update] [--all] [--only REGEX] [--engine COMMAND] [--verbose] [--report FILE]
// --update   writes passing.txt anew: what passes now, expressions included
// --all      runs the expressions too; otherwise they run only once some are listed
// --only     on open/group/name or own/group/name; the rest of the list is then left alone
// --engine   another command, with {file} and {mode} in it; without it, the open cases are each a process of our command, and our
//            own cases share a few processes: starting one costs more than most of these cases
// --verbose  also says why each unlisted case fails
// --report   writes the counts there as JSON, in place of the closing line

import { readFileSync, writeFileSync } from 'node:fs'
import { resolve } from 'node:path'
import { parseArgs } from 'node:util'
import { compareCases } from './compare-cases.ts'
import { formatPassingList, judgeResults, readPassingList } from './passing-list.ts'
import { queryCommandLine } from './query-command.ts'

const HERE = import.meta.dirname
const LIST = resolve(HERE, 'passing.txt')

process.exitCode = main()

function main(): number {
  const { values: options } = parseArgs({
    options: {
      update: { type: 'boolean', default: false },
      all: { type: 'boolean', default: false },
      only: { type: 'string', default: '' },
      engine: { type: 'string' },
      verbose: { type: 'boolean', default: false },
      report: { type: 'string' },
    },
  })
  const listed = readPassingList(readFileSync(LIST, 'utf8'))
  const expressions =
    options.all || options.update || listed.some(id => id.startsWith('expressions/'))
  const results = runAll(options.engine, { only: options.only, expressions })
  const verdict = judgeResults(results, listed, options.only !== '')

  for (const { id, why } of verdict.broken) console.log(`FAIL ${id}: ${why}`)
  if (options.verbose) {
    for (const { id, ok, why } of results)
      if (!ok && !listed.includes(id)) console.log(`open ${id}: ${why}`)
  }
  if (options.update) {
    const header = readFileSync(LIST, 'utf8').split('\n', 1)[0] as string
    writeFileSync(LIST, formatPassingList(header, results, listed))
  } else if (verdict.unlisted.length > 0) {
    console.log(
      `pass, but are not listed (add them with --update):\n  ${verdict.unlisted.join('\n  ')}`,
    )
  }
  const passedAll = results.filter(result => result.ok).length
  console.log(`of all ${results.length} that ran, ${passedAll} pass`)
  const counts = { passed: verdict.passed.length, failed: verdict.broken.length, skipped: [] }
  if (options.report === undefined) console.log(`${counts.passed} passed, ${counts.failed} failed`)
  else writeFileSync(options.report, JSON.stringify(counts))
  return counts.failed > 0 ? 1 : 0
}

function runAll(engine: string | undefined, which: { only: string; expressions: boolean }) {
  if (engine !== undefined) return compareCases({ engine, halves: ['open', 'own'], ...which })
  const warm = `module:${resolve(HERE, 'warm-engine.ts')}`
  return [
    ...compareCases({ engine: queryCommandLine(), halves: ['open'], ...which }),
    ...compareCases({ engine: warm, halves: ['own'], ...which }),
  ]
}

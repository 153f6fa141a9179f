// Damaged statements parse, or are refused by a syntax error, in no more than a moment.

import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { tokenize } from '../../../src/sql/lexer.ts'
import { parseScript } from '../../../src/sql/parse.ts'
import { printScript } from '../../../src/sql/print-sql.ts'
import { SqlSyntaxError } from '../../../src/sql/sql-syntax-error.ts'
import { CASES } from './support/conformance-texts.ts'
import { withoutSpans } from './support/without-spans.ts'

/** The tokens of all cases, as texts. */
const PARTS = CASES.flatMap(({ id, text }) =>
  id === 'errors/syntax-unclosed-string'
    ? []
    : [tokenize(text).map(({ start, end }) => text.slice(start, end))],
)
const WORDS = [...new Set(PARTS.flat())]

type Damage = readonly [kind: number, place: number, length: number, word: string]

function damage(parts: readonly string[], [kind, place, length, word]: Damage): string[] {
  const at = place % parts.length
  const piece = parts.slice(at, at + length)
  if (kind === 0) return parts.toSpliced(at, length)
  if (kind === 1) return parts.toSpliced(at, 0, ...piece)
  if (kind === 2) return parts.toSpliced(at, 1, word)
  return parts.toSpliced(at, length, ...piece.toReversed())
}

/** Parses, prints and parses again; only a syntax error may come. */
function read(text: string): 'parsed' | 'refused' {
  let tree: ReturnType<typeof parseScript>
  try {
    tree = parseScript(text)
  } catch (error) {
    if (!(error instanceof SqlSyntaxError)) throw error
    expect(error.at?.line).toBeLessThanOrEqual(text.split('\n').length)
    return 'refused'
  }
  expect(withoutSpans(parseScript(printScript(tree)))).toEqual(withoutSpans(tree))
  return 'parsed'
}

describe('a damaged script', () => {
  it('is read or refused, when its tokens are removed, repeated, replaced or turned round', () => {
    const seen = { parsed: 0, refused: 0 }
    const hit = fc.tuple(
      fc.nat(3),
      fc.nat(),
      fc.integer({ min: 1, max: 4 }),
      fc.constantFrom(...WORDS),
    )
    fc.assert(
      fc.property(
        fc.constantFrom(...PARTS),
        fc.array(hit, { minLength: 1, maxLength: 3 }),
        (parts, hits) => {
          seen[read(hits.reduce<readonly string[]>(damage, parts).join(' '))]++
        },
      ),
      { numRuns: 4000 },
    )
    expect(Math.min(seen.parsed, seen.refused)).toBeGreaterThan(100)
  })

  it('is read or refused, when it is cut off or its characters are replaced', () => {
    const character = fc.constantFrom(...'\'"`()[]{}<>;,.*/-+ \n\\0aU&$#é💧')
    fc.assert(
      fc.property(
        fc.constantFrom(...CASES),
        fc.nat(),
        fc.nat(),
        character,
        ({ text }, cut, place, c) => {
          read(text.slice(0, cut % text.length))
          const at = place % text.length
          read(text.slice(0, at) + c + text.slice(at + 1))
        },
      ),
      { numRuns: 1000 },
    )
  })

  it('of long repetitions takes time in proportion to its length', () => {
    for (const unit of ['(', 'CASE WHEN ', '((SELECT 1) ', 'a.', "'a' ", '/*', '--', 'a+', '.'])
      for (const text of [
        `SELECT ${unit.repeat(20_000)}`,
        `SELECT 1 FROM ${unit.repeat(20_000)}`,
      ]) {
        const start = performance.now()
        read(text)
        expect(performance.now() - start).toBeLessThan(2_000)
      }
  })
})

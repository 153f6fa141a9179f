// What may be meant where text does not parse: a keyword that is misspelt, a BY that is missing, a comma too many.

import { proposeName } from '../../types/unknown-name.ts'
import { RESERVED } from '../keywords.ts'
import { KNOWN_STATEMENTS } from '../known-statements.ts'
import type { Token } from '../tokens.ts'

const CLAUSES =
  'FROM WHERE GROUP HAVING ORDER LIMIT OFFSET FETCH JOIN INNER LEFT RIGHT FULL CROSS OUTER USING UNION INTERSECT EXCEPT WINDOW QUALIFY PARTITION BETWEEN AND LIKE'.split(
    ' ',
  )

/** A sentence of what to do about the token at the place of the error; `undefined` when nothing is known. */
export function proposeRemedy(
  tokens: readonly Token[],
  at: Token,
  expected: string,
): string | undefined {
  const index = tokens.findIndex(t => t.start === at.start)
  const [beforeLast, before] = [tokens[index - 2], tokens[index - 1]]
  if (/^(?:GROUP|ORDER|PARTITION)$/.test(at.key) && tokens[index + 1]?.key !== 'BY')
    return `Write ${at.key} BY.`
  if (before?.key === ',' && at.kind === 'word' && RESERVED.has(at.key))
    return `Remove the comma before ${at.key}.`
  const mayEnd = expected.startsWith(';')
  // Taken for an alias: `SELECT a FORM t` fails at `t`.
  if (mayEnd && before && beforeLast && endsOperand(beforeLast)) {
    const meant = keywordNear(before, CLAUSES)
    if (meant) return `Did you mean ${meant} by ${before.text} at ${before.line}:${before.column}?`
  }
  const meant = keywordNear(at, mayEnd ? CLAUSES : wordsOf(expected))
  return meant && `Did you mean ${meant}?`
}

function keywordNear({ kind, key }: Token, keywords: readonly string[]): string | undefined {
  if (kind !== 'word' || key.length < 3 || RESERVED.has(key)) return undefined
  const meant = proposeName(key, keywords)
  return meant !== undefined && Math.abs(meant.length - key.length) < 2 ? meant : undefined
}

/** Whether an alias may follow. */
const endsOperand = ({ kind, key }: Token): boolean =>
  kind === 'quoted' ||
  kind === 'number' ||
  kind === 'string' ||
  key === ')' ||
  key === '*' ||
  (kind === 'word' && !RESERVED.has(key))

/** The keywords that are expected, as the message names them; `a statement` means all that begin one. */
const wordsOf = (expected: string): readonly string[] =>
  expected.startsWith('a statement')
    ? KNOWN_STATEMENTS.map(s => s.words[0] as string)
    : (expected.match(/\b[A-Z]{2,}\b/g) ?? [])

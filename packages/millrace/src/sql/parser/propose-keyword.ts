// Which keyword a word was probably meant to be, where text does not parse.

import { proposeName } from '../../types/unknown-name.ts'
import { RESERVED } from '../keywords.ts'
import { KNOWN_STATEMENTS } from '../known-statements.ts'
import type { Token } from '../tokens.ts'

const CLAUSES =
  'FROM WHERE GROUP BY HAVING ORDER LIMIT OFFSET FETCH JOIN INNER LEFT RIGHT FULL CROSS OUTER ON USING UNION INTERSECT ' +
  'EXCEPT WINDOW QUALIFY OVER PARTITION BETWEEN AND OR NOT NULL LIKE CASE WHEN THEN ELSE END DISTINCT VALUES WATERMARK ' +
  'PRIMARY KEY ENFORCED TABLE VIEW FUNCTION DATABASE CATALOG TEMPORARY EXISTS INTERVAL DESCRIPTOR MEASURES PATTERN DEFINE'

/** All words that begin statements or clauses. */
const keywords = (): readonly string[] => [
  ...new Set([...KNOWN_STATEMENTS.flatMap(s => s.words), ...CLAUSES.split(' ')]),
]

/**
 * `Did you mean FROM?` for the word before the place of the error, which may have been taken for an alias (`SELECT a FORM t` fails
 * at `t`), or for the one at the place.
 */
export function proposeKeyword(tokens: readonly Token[], at: Token): string | undefined {
  const index = tokens.findIndex(t => t.start === at.start)
  for (const token of [tokens[index - 1], at]) {
    if (token?.kind !== 'word' || RESERVED.has(token.key)) continue
    const meant = proposeName(token.key, keywords())
    if (meant !== undefined && token.key.length > 2)
      return token === at
        ? `Did you mean ${meant}?`
        : `Did you mean ${meant} by ${token.text} at ${token.line}:${token.column}?`
  }
  return undefined
}

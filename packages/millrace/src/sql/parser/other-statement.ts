// Statements of Flink that are recognised by their first words, and read as they stand to their end.

import type { OtherStatement } from '../ast/statement.ts'
import { KNOWN_STATEMENTS } from '../known-statements.ts'
import type { TokenStream } from './token-stream.ts'

const OTHERS = KNOWN_STATEMENTS.filter(s => s.fate !== 'runs')

/** The statement when it begins like one of these, else undefined. */
export function parseOtherStatement(p: TokenStream): OtherStatement | undefined {
  const known = OTHERS.find(s => p.is(...s.words))
  if (!known) return undefined
  const start = p.token
  while (!p.is(';') && !p.isAtEnd) p.next()
  const span = p.spanFrom(start)
  const what = known.words.join(' ')
  return { kind: 'other', what, text: p.text.slice(span.start, span.end), span }
}

// Statements of Flink that are recognised by their first words, and read as they stand to their end.

import type { OtherStatement } from '../ast/statement.ts'
import type { TokenStream } from './token-stream.ts'

const STARTS: readonly (readonly string[])[] = [
  ['ANALYZE', 'TABLE'],
  ['TRUNCATE', 'TABLE'],
  ['LOAD', 'MODULE'],
  ['UNLOAD', 'MODULE'],
  ['USE', 'MODULES'],
  ['ADD', 'JAR'],
  ['REMOVE', 'JAR'],
  ['STOP', 'JOB'],
  ['DELETE', 'FROM'],
  ['UPDATE'],
  ['MERGE', 'INTO'],
  ['UPSERT', 'INTO'],
  ['CALL'],
  ['COMPILE', 'PLAN'],
  ['COMPILE', 'AND', 'EXECUTE', 'PLAN'],
  ['EXECUTE', 'PLAN'],
  ['CREATE', 'MATERIALIZED', 'TABLE'],
  ['CREATE', 'OR', 'ALTER', 'MATERIALIZED', 'TABLE'],
  ['ALTER', 'MATERIALIZED', 'TABLE'],
  ['DROP', 'MATERIALIZED', 'TABLE'],
  ['CREATE', 'MODEL'],
  ['CREATE', 'TEMPORARY', 'MODEL'],
  ['ALTER', 'MODEL'],
  ['DROP', 'MODEL'],
]

/** The statement when it begins like one of these, else undefined. */
export function parseOtherStatement(p: TokenStream): OtherStatement | undefined {
  const words = STARTS.find(w => p.is(...w))
  if (!words) return undefined
  const start = p.token
  while (!p.is(';') && !p.isAtEnd) p.next()
  const span = p.spanFrom(start)
  return { kind: 'other', what: words.join(' '), text: p.text.slice(span.start, span.end), span }
}

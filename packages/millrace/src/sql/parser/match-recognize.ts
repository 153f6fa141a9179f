// Parses MATCH_RECOGNIZE (…): partitions, measures, the pattern and its definitions.

import type { MatchRecognize, Pattern, TableRef } from '../ast/query.ts'
import { parseExpression } from './expressions.ts'
import { parseOrderBy } from './query.ts'
import { parseAlias } from './table-refs.ts'
import type { TokenStream } from './token-stream.ts'

/** The clause over `input`; the stream stands on MATCH_RECOGNIZE. */
export function parseMatchRecognize(p: TokenStream, input: TableRef): MatchRecognize {
  p.expect('MATCH_RECOGNIZE', '(')
  const partitionBy = p.accept('PARTITION', 'BY') ? p.list(() => parseExpression(p)) : []
  const orderBy = p.is('ORDER') ? parseOrderBy(p) : []
  const measures = p.accept('MEASURES')
    ? p.list(() => {
        const expression = parseExpression(p)
        p.expect('AS')
        return { expression, name: p.identifier('a name for the measure') }
      })
    : []
  const rowsPerMatch = rows(p)
  const afterMatch = after(p)
  p.expect('PATTERN', '(')
  const pattern = parsePattern(p)
  if (!p.accept(')')) p.fail(')', 'Close the parenthesis of PATTERN (.')
  const within = p.accept('WITHIN') ? parseExpression(p) : undefined
  const subsets = p.accept('SUBSET')
    ? p.list(() => {
        const name = p.identifier('a variable')
        p.expect('=')
        return { name, variables: p.parenthesized(() => p.identifier('a variable')) }
      })
    : []
  const define = p.accept('DEFINE')
    ? p.list(() => {
        const variable = p.identifier('a variable')
        p.expect('AS')
        return { variable, condition: parseExpression(p) }
      })
    : []
  if (!p.accept(')')) p.fail(')', 'Close the parenthesis of MATCH_RECOGNIZE (.')
  const alias = parseAlias(p)
  return {
    kind: 'match-recognize',
    input,
    partitionBy,
    orderBy,
    measures,
    rowsPerMatch,
    afterMatch,
    pattern,
    within,
    subsets,
    define,
    alias,
    span: p.spanFrom(input.span),
  }
}

function rows(p: TokenStream): 'ONE' | 'ALL' {
  if (p.accept('ONE', 'ROW', 'PER', 'MATCH')) return 'ONE'
  return p.accept('ALL', 'ROWS', 'PER', 'MATCH') ? 'ALL' : 'ONE'
}

function after(p: TokenStream): MatchRecognize['afterMatch'] {
  if (!p.accept('AFTER', 'MATCH', 'SKIP')) return undefined
  if (p.accept('PAST', 'LAST', 'ROW')) return { kind: 'PAST LAST ROW' }
  p.expect('TO')
  if (p.accept('NEXT', 'ROW')) return { kind: 'TO NEXT ROW' }
  if (p.accept('FIRST')) return { kind: 'TO FIRST', variable: p.identifier('a variable') }
  p.accept('LAST')
  return { kind: 'TO LAST', variable: p.identifier('a variable') }
}

/** A pattern with its alternatives; the stream stands on its first variable. */
export function parsePattern(p: TokenStream): Pattern {
  const start = p.token
  const items = [sequence(p)]
  while (p.accept('|')) items.push(sequence(p))
  return items.length === 1
    ? (items[0] as Pattern)
    : { kind: 'alternation', items, span: p.spanFrom(start) }
}

function sequence(p: TokenStream): Pattern {
  const start = p.token
  const items = [repeat(p)]
  while (p.isIdentifier() || p.is('(')) items.push(repeat(p))
  return items.length === 1
    ? (items[0] as Pattern)
    : { kind: 'sequence', items, span: p.spanFrom(start) }
}

function repeat(p: TokenStream): Pattern {
  refuse(p)
  const start = p.token
  let item: Pattern
  if (p.accept('(')) {
    item = p.nested(() => parsePattern(p))
    p.expect(')')
  } else
    item = { kind: 'variable', name: p.identifier('a pattern variable'), span: p.spanFrom(start) }
  const range = quantifier(p)
  refuse(p)
  if (!range) return item
  const greedy = !p.accept('?')
  return { kind: 'repeat', item, ...range, greedy, span: p.spanFrom(start) }
}

/** What the SQL standard has in patterns, and Flink cannot search for. */
function refuse(p: TokenStream): void {
  const without = 'is not supported in PATTERN; describe the rows by variables alone.'
  if (p.is('^') || p.is('$')) p.fail('a pattern variable', `An anchor ${without}`)
  if (p.is('{', '-')) p.fail('a pattern variable', `An exclusion {- -} ${without}`)
  if (p.is('PERMUTE') && p.peek(1).key === '(') p.fail('a pattern variable', `PERMUTE ${without}`)
}

function quantifier(p: TokenStream): { min: number; max: number | undefined } | undefined {
  if (p.accept('*')) return { min: 0, max: undefined }
  if (p.accept('+')) return { min: 1, max: undefined }
  if (p.accept('?')) return { min: 0, max: 1 }
  if (p.is('{', '-') || !p.accept('{')) return undefined
  const min = p.is(',') ? 0 : p.integer()
  let max: number | undefined = min
  if (p.accept(',')) max = p.is('}') ? undefined : p.integer()
  p.expect('}')
  return { min, max }
}

// Parses what asks about the catalog: SHOW, DESCRIBE, EXPLAIN.

import type { Describe, Explain, Show, ShowPattern, Statement } from '../ast/statement.ts'
import { proposal } from '../../types/unknown-name.ts'
import type { TokenStream } from './token-stream.ts'

/** What SHOW lists, with whether `FROM name` may, must or cannot follow. */
const LISTS: readonly (readonly [words: readonly string[], from: 'may' | 'must' | 'never'])[] = [
  [['CATALOGS'], 'never'],
  [['DATABASES'], 'may'],
  [['TABLES'], 'may'],
  [['VIEWS'], 'may'],
  [['COLUMNS'], 'must'],
  [['FUNCTIONS'], 'may'],
  [['USER', 'FUNCTIONS'], 'may'],
  [['PROCEDURES'], 'may'],
  [['MODELS'], 'may'],
  [['MATERIALIZED', 'TABLES'], 'may'],
  [['MODULES'], 'never'],
  [['FULL', 'MODULES'], 'never'],
  [['JARS'], 'never'],
  [['JOBS'], 'never'],
  [['CURRENT', 'CATALOG'], 'never'],
  [['CURRENT', 'DATABASE'], 'never'],
]

const CREATED = ['TABLE', 'VIEW', 'CATALOG', 'FUNCTION'] as const

/** A SHOW statement; the stream stands on SHOW. */
export function parseShow(p: TokenStream): Show {
  const start = p.next()
  if (p.accept('CREATE')) {
    const what = p.oneOf(...CREATED)
    const name = p.path(`the name of the ${what.toLowerCase()}`)
    return { kind: 'show', what: `CREATE ${what}`, name, like: undefined, span: p.spanFrom(start) }
  }
  if (p.accept('PARTITIONS')) {
    const name = p.path('a table')
    return { kind: 'show', what: 'PARTITIONS', name, like: undefined, span: p.spanFrom(start) }
  }
  const list = LISTS.find(([words]) => p.accept(...words))
  if (!list)
    return p.fail(
      'what to show',
      `${proposal(
        p.token.key,
        LISTS.flatMap(([words]) => words),
      ).trim()} SHOW lists ${LISTS.map(([words]) => words.join(' ')).join(', ')}; or SHOW CREATE TABLE name.`.trim(),
    )
  const [words, from] = list
  const hasName = from !== 'never' && (p.accept('FROM') || p.accept('IN'))
  if (from === 'must' && !hasName) p.fail('FROM or IN')
  const name = hasName ? p.path() : undefined
  const like = words[0] === 'CURRENT' ? undefined : parsePattern(p)
  return { kind: 'show', what: words.join(' '), name, like, span: p.spanFrom(start) }
}

function parsePattern(p: TokenStream): ShowPattern | undefined {
  const negated = p.accept('NOT')
  const ignoreCase = p.is('ILIKE')
  if (!ignoreCase && !p.is('LIKE')) return negated ? p.fail('LIKE or ILIKE') : undefined
  p.next()
  return { pattern: p.string('the pattern in single quotes'), negated, ignoreCase }
}

/** DESCRIBE or DESC; the stream stands there. */
export function parseDescribe(p: TokenStream): Describe {
  const start = p.next()
  const objects = ['CATALOG', 'DATABASE', 'FUNCTION'] as const
  // CATALOG is a free word: a table may have that name.
  const object = objects.find(key => p.is(key) && isMore(p, 1))
  if (object) p.next()
  const extended = p.accept('EXTENDED')
  const name = p.path(`a ${(object ?? 'TABLE').toLowerCase()}`)
  return { kind: 'describe', object: object ?? 'TABLE', extended, name, span: p.spanFrom(start) }
}

function isMore(p: TokenStream, ahead: number): boolean {
  return p.isIdentifier(ahead) || p.peek(ahead).key === 'EXTENDED'
}

const DETAILS = ['ESTIMATED_COST', 'CHANGELOG_MODE', 'JSON_EXECUTION_PLAN', 'PLAN_ADVICE'] as const

/** An EXPLAIN statement; the stream stands on EXPLAIN. */
export function parseExplain(p: TokenStream, statement: () => Statement): Explain {
  const start = p.next()
  const details: string[] = []
  if (!p.accept('PLAN', 'FOR') && DETAILS.some(d => p.is(d)))
    do details.push(p.oneOf(...DETAILS))
    while (p.accept(','))
  const explained = statement()
  return { kind: 'explain', details, statement: explained, span: p.spanFrom(start) }
}

// Parses CREATE.

import type {
  CreateTable,
  Distribution,
  LikeClause,
  LikeOption,
  Statement,
} from '../ast/statement.ts'
import type { Identifier } from '../ast/expression.ts'
import type { Option } from '../ast/query.ts'
import { parseOption, parseQuery } from './query.ts'
import { NO_ELEMENTS, parseTableElements } from './table-elements.ts'
import type { TokenStream } from './token-stream.ts'

/** A CREATE statement; the stream stands on CREATE. */
export function parseCreate(p: TokenStream): Statement {
  const start = p.next()
  const replace = p.accept('OR', 'REPLACE')
  const temporary = p.accept('TEMPORARY')
  const system = temporary && p.accept('SYSTEM')
  const object = system
    ? p.oneOf('FUNCTION')
    : p.oneOf('TABLE', 'VIEW', 'FUNCTION', 'CATALOG', 'DATABASE')
  const ifNotExists = p.accept('IF', 'NOT', 'EXISTS')
  const common = { replace, temporary, ifNotExists }
  const name = p.path(`the name of the ${object.toLowerCase()}`)
  switch (object) {
    case 'TABLE': {
      const body = tableBody(p)
      return { kind: 'create-table', ...common, name, ...body, span: p.spanFrom(start) }
    }
    case 'VIEW': {
      const columns = p.is('(') ? p.parenthesized(() => p.identifier('a column')) : []
      const comment = parseComment(p)
      p.expect('AS')
      const query = parseQuery(p)
      const span = p.spanFrom(start)
      return { kind: 'create-view', ...common, name, columns, comment, query, span }
    }
    case 'FUNCTION': {
      const body = parseFunctionBody(p)
      return { kind: 'create-function', ...common, system, name, ...body, span: p.spanFrom(start) }
    }
    default: {
      const comment = parseComment(p)
      const options = parseWith(p)
      const span = p.spanFrom(start)
      return { kind: 'create-namespace', object, ifNotExists, name, comment, options, span }
    }
  }
}

/** `AS 'file.ts#export' [LANGUAGE TYPESCRIPT]` */
export function parseFunctionBody(p: TokenStream): {
  readonly implementation: string
  readonly language: string | undefined
} {
  p.expect('AS')
  const implementation = p.string("the implementation, such as 'functions.ts#distance'")
  const language = p.accept('LANGUAGE') ? p.next().key : undefined
  if (p.is('USING'))
    p.fail(
      'the end of the statement',
      "Functions come from TypeScript modules: AS './module.ts#export' LANGUAGE TYPESCRIPT.",
    )
  return { implementation, language }
}

type TableBody = Omit<
  CreateTable,
  'kind' | 'replace' | 'temporary' | 'ifNotExists' | 'name' | 'span'
>

function tableBody(p: TokenStream): TableBody {
  const start = p.position
  const columnNames = parseColumnNames(p)
  const elements = columnNames.length === 0 && p.is('(') ? parseTableElements(p) : NO_ELEMENTS
  const comment = parseComment(p)
  const distribution = p.accept('DISTRIBUTED') ? parseDistribution(p) : undefined
  const partitionedBy = p.accept('PARTITIONED', 'BY')
    ? p.parenthesized(() => p.identifier('a column'))
    : []
  const options = parseWith(p)
  const like = p.is('LIKE') ? likeClause(p) : undefined
  const as = !like && p.accept('AS') ? parseQuery(p) : undefined
  if (columnNames.length > 0 && !as) {
    // Without a query, these are columns that lack their types.
    p.backTo(start)
    parseTableElements(p)
  }
  return { ...elements, columnNames, comment, distribution, partitionedBy, options, like, as }
}

/** `(b, a)` in front of AS: names alone, without types. */
function parseColumnNames(p: TokenStream): readonly Identifier[] {
  if (!p.is('(') || !p.isIdentifier(1) || ![',', ')'].includes(p.peek(2).key)) return []
  return p.parenthesized(() => p.identifier('a column'))
}

function parseComment(p: TokenStream): string | undefined {
  return p.accept('COMMENT') ? p.string('the comment in single quotes') : undefined
}

function parseWith(p: TokenStream): readonly Option[] {
  return p.accept('WITH') ? p.parenthesized(() => parseOption(p)) : []
}

/** What follows DISTRIBUTED: `BY [HASH|RANGE](columns) [INTO n BUCKETS]`, or the latter alone. */
export function parseDistribution(p: TokenStream): Distribution {
  let kind: Distribution['kind']
  let columns: readonly Identifier[] = []
  let buckets: number | undefined
  if (!p.is('BY') && !p.is('INTO')) p.fail('BY or INTO')
  if (p.accept('BY')) {
    if (p.is('HASH') || p.is('RANGE')) kind = p.oneOf('HASH', 'RANGE')
    columns = p.parenthesized(() => p.identifier('a column'))
  }
  if (p.accept('INTO')) {
    buckets = p.integer('a number of buckets')
    p.expect('BUCKETS')
  }
  return { kind, columns, buckets }
}

const LIKE_FEATURES = [
  'ALL',
  'CONSTRAINTS',
  'DISTRIBUTION',
  'GENERATED',
  'METADATA',
  'OPTIONS',
  'PARTITIONS',
  'WATERMARKS',
] as const

function likeClause(p: TokenStream): LikeClause {
  const start = p.next()
  const table = p.path('a table')
  const options = p.is('(') ? p.parenthesizedSequence(() => likeOption(p)) : []
  return { table, options, span: p.spanFrom(start) }
}

function likeOption(p: TokenStream): LikeOption {
  const start = p.token
  const action = p.oneOf('INCLUDING', 'EXCLUDING', 'OVERWRITING')
  const what = p.oneOf(...LIKE_FEATURES)
  const span = p.spanFrom(start)
  if (
    action === 'OVERWRITING' &&
    !['GENERATED', 'METADATA', 'OPTIONS', 'WATERMARKS'].includes(what)
  )
    p.fail(
      'INCLUDING or EXCLUDING',
      `${what} cannot be overwritten: exclude it, and declare it anew.`,
      start,
    )
  return { action, what, span }
}

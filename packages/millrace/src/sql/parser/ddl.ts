// Parses CREATE, ALTER and DROP.

import type { Identifier } from '../ast/expression.ts'
import type {
  AlterAction,
  ColumnDefinition,
  CreateTable,
  LikeClause,
  ObjectKind,
  Statement,
  WatermarkDefinition,
} from '../ast/statement.ts'
import type { Option } from '../ast/query.ts'
import { parseExpression } from './expressions.ts'
import { parseOption, parseQuery } from './query.ts'
import type { TokenStream } from './token-stream.ts'
import { parseType } from './types.ts'

/** A CREATE statement; the stream stands on CREATE. */
export function parseCreate(p: TokenStream): Statement {
  const start = p.next()
  const replace = p.accept('OR', 'REPLACE')
  const temporary = p.accept('TEMPORARY')
  const system = temporary && p.accept('SYSTEM')
  const object = p.oneOf('TABLE', 'VIEW', 'FUNCTION', 'CATALOG', 'DATABASE')
  const ifNotExists = p.accept('IF', 'NOT', 'EXISTS')
  const common = { temporary, ifNotExists: ifNotExists || replace }
  const name = p.path(`the name of the ${object.toLowerCase()}`)
  switch (object) {
    case 'TABLE':
      return { kind: 'create-table', ...common, name, ...tableBody(p), span: p.spanFrom(start) }
    case 'VIEW': {
      const columns = p.is('(') ? p.parenthesized(() => p.identifier('a column')) : []
      const comment = p.accept('COMMENT') ? p.string() : undefined
      p.expect('AS')
      const query = parseQuery(p)
      return {
        kind: 'create-view',
        ...common,
        name,
        columns,
        comment,
        query,
        span: p.spanFrom(start),
      }
    }
    case 'FUNCTION': {
      p.expect('AS')
      const className = p.string('the implementation in single quotes')
      const language = p.accept('LANGUAGE') ? p.next().key : undefined
      return {
        kind: 'create-function',
        ...common,
        system,
        name,
        className,
        language,
        span: p.spanFrom(start),
      }
    }
    default: {
      if (p.accept('COMMENT')) p.string()
      const options = p.accept('WITH') ? p.parenthesized(() => parseOption(p)) : []
      return {
        kind: 'create-namespace',
        object,
        ifNotExists,
        name,
        options,
        span: p.spanFrom(start),
      }
    }
  }
}

type TableBody = Omit<CreateTable, 'kind' | 'temporary' | 'ifNotExists' | 'name' | 'span'>

function tableBody(p: TokenStream): TableBody {
  const elements = p.is('(') ? tableElements(p) : NO_ELEMENTS
  const comment = p.accept('COMMENT') ? p.string() : undefined
  const distribution = parseDistribution(p)
  const partitionedBy = p.accept('PARTITIONED', 'BY')
    ? p.parenthesized(() => p.identifier('a column'))
    : []
  const options: Option[] = p.accept('WITH') ? p.parenthesized(() => parseOption(p)) : []
  const like = p.is('LIKE') ? likeClause(p) : undefined
  const as = p.accept('AS') ? parseQuery(p) : undefined
  return { ...elements, comment, distribution, partitionedBy, options, like, as }
}

interface TableElements {
  readonly columns: readonly ColumnDefinition[]
  readonly watermarks: readonly WatermarkDefinition[]
  readonly primaryKey: readonly Identifier[] | undefined
}

const NO_ELEMENTS: TableElements = { columns: [], watermarks: [], primaryKey: undefined }

function tableElements(p: TokenStream): TableElements {
  const columns: ColumnDefinition[] = []
  const watermarks: WatermarkDefinition[] = []
  let primaryKey: readonly Identifier[] | undefined
  p.parenthesized(() => {
    const start = p.token
    if (p.accept('WATERMARK')) {
      p.expect('FOR')
      const column = p.path('the event-time column')
      p.expect('AS')
      watermarks.push({ column, expression: parseExpression(p), span: p.spanFrom(start) })
    } else if (p.is('PRIMARY') || p.is('CONSTRAINT') || p.is('UNIQUE'))
      primaryKey = keyConstraint(p)
    else {
      const { column, isKey } = columnDefinition(p)
      columns.push(column)
      if (isKey) primaryKey = [column.name]
    }
  })
  return { columns, watermarks, primaryKey }
}

function keyConstraint(p: TokenStream): readonly Identifier[] {
  if (p.accept('CONSTRAINT')) p.identifier('a name for the constraint')
  if (p.is('UNIQUE'))
    p.fail('PRIMARY KEY', 'Flink has no UNIQUE constraint; declare PRIMARY KEY (…) NOT ENFORCED.')
  p.expect('PRIMARY', 'KEY')
  const key = p.parenthesized(() => p.identifier('a column'))
  notEnforced(p)
  return key
}

function notEnforced(p: TokenStream): void {
  if (!p.accept('NOT', 'ENFORCED'))
    p.fail(
      'NOT ENFORCED',
      'The key is a promise of the data, which nothing checks: add NOT ENFORCED.',
    )
}

function columnDefinition(p: TokenStream): { column: ColumnDefinition; isKey: boolean } {
  const start = p.token
  const name = p.identifier('a column, PRIMARY KEY or WATERMARK')
  const comment = () => (p.accept('COMMENT') ? p.string() : undefined)
  if (p.accept('AS')) {
    const expression = parseExpression(p)
    const column = {
      kind: 'computed',
      name,
      expression,
      comment: comment(),
      span: p.spanFrom(start),
    } as const
    return { column, isKey: false }
  }
  const type = parseType(p)
  if (p.accept('METADATA')) {
    const from = p.accept('FROM') ? p.string('the metadata key in single quotes') : undefined
    const virtual = p.accept('VIRTUAL')
    const span = p.spanFrom(start)
    return {
      column: { kind: 'metadata', name, type, from, virtual, comment: comment(), span },
      isKey: false,
    }
  }
  let isKey = false
  let text: string | undefined
  for (;;) {
    if (p.accept('PRIMARY', 'KEY')) {
      notEnforced(p)
      isKey = true
    } else if (p.accept('COMMENT')) text = p.string()
    else break
  }
  return { column: { kind: 'physical', name, type, comment: text, span: p.spanFrom(start) }, isKey }
}

function parseDistribution(p: TokenStream): CreateTable['distribution'] {
  if (!p.is('DISTRIBUTED')) return undefined
  p.next()
  let kind: 'HASH' | 'RANGE' | undefined
  let columns: readonly Identifier[] = []
  let buckets: number | undefined
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

function likeClause(p: TokenStream): LikeClause {
  const start = p.next()
  const table = p.path('a table')
  const options = p.is('(')
    ? p.parenthesizedSequence(() => ({
        action: p.oneOf('INCLUDING', 'EXCLUDING', 'OVERWRITING'),
        what: p.next().key,
      }))
    : []
  return { table, options, span: p.spanFrom(start) }
}

/** A DROP statement; the stream stands on DROP. */
export function parseDrop(p: TokenStream): Statement {
  const start = p.next()
  const temporary = p.accept('TEMPORARY')
  p.accept('SYSTEM')
  const object: ObjectKind = p.oneOf('TABLE', 'VIEW', 'FUNCTION', 'CATALOG', 'DATABASE')
  const ifExists = p.accept('IF', 'EXISTS')
  const name = p.path(`the name of the ${object.toLowerCase()}`)
  if (!p.accept('RESTRICT')) p.accept('CASCADE')
  return { kind: 'drop', object, temporary, ifExists, name, span: p.spanFrom(start) }
}

/** An ALTER TABLE statement; the stream stands on ALTER. */
export function parseAlter(p: TokenStream): Statement {
  const start = p.next()
  p.expect('TABLE')
  const ifExists = p.accept('IF', 'EXISTS')
  const name = p.path('the name of the table')
  const action = alterAction(p)
  return { kind: 'alter-table', ifExists, name, action, span: p.spanFrom(start) }
}

function alterAction(p: TokenStream): AlterAction {
  if (p.accept('RENAME')) {
    if (p.accept('TO')) return { kind: 'rename', to: p.path() }
    const from = p.identifier('a column')
    p.expect('TO')
    return { kind: 'rename-column', from, to: p.identifier('a column') }
  }
  if (p.accept('SET')) return { kind: 'set', options: p.parenthesized(() => parseOption(p)) }
  if (p.accept('RESET')) return { kind: 'reset', keys: p.parenthesized(() => p.string()) }
  if (p.is('ADD') || p.is('MODIFY')) {
    const kind = p.next().key === 'ADD' ? 'add' : 'modify'
    if (p.is('(')) return { kind, ...tableElements(p) }
    const { column, isKey } = columnDefinition(p)
    return {
      kind,
      columns: [column],
      watermarks: [],
      primaryKey: isKey ? [column.name] : undefined,
    }
  }
  p.expect('DROP')
  if (p.accept('PRIMARY', 'KEY')) return { kind: 'drop-primary-key' }
  if (p.accept('WATERMARK')) return { kind: 'drop-watermark' }
  const columns = p.is('(')
    ? p.parenthesized(() => p.identifier('a column'))
    : [p.identifier('a column')]
  return { kind: 'drop-columns', columns }
}

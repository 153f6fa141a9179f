// Parses ALTER and DROP.

import type { AlterAction, AlterNamespace, ObjectKind, Statement } from '../ast/statement.ts'
import { parseDistribution, parseFunctionBody } from './create.ts'
import { parseOption, parseQuery } from './query.ts'
import { NO_ELEMENTS, parsePlacedElements } from './table-elements.ts'
import type { TokenStream } from './token-stream.ts'

/** A DROP statement; the stream stands on DROP. */
export function parseDrop(p: TokenStream): Statement {
  const start = p.next()
  const temporary = p.accept('TEMPORARY')
  const system = temporary && p.accept('SYSTEM')
  const object: ObjectKind = p.oneOf('TABLE', 'VIEW', 'FUNCTION', 'CATALOG', 'DATABASE')
  const ifExists = p.accept('IF', 'EXISTS')
  const name = p.path(`the name of the ${object.toLowerCase()}`)
  const cascade = object === 'DATABASE' && !p.accept('RESTRICT') && p.accept('CASCADE')
  const span = p.spanFrom(start)
  return { kind: 'drop', object, temporary, system, ifExists, name, cascade, span }
}

/** An ALTER statement; the stream stands on ALTER. */
export function parseAlter(p: TokenStream): Statement {
  const start = p.next()
  const temporary = p.accept('TEMPORARY')
  const system = temporary && p.accept('SYSTEM')
  const object: ObjectKind = temporary
    ? p.oneOf('FUNCTION')
    : p.oneOf('TABLE', 'VIEW', 'FUNCTION', 'CATALOG', 'DATABASE')
  const ifExists = p.accept('IF', 'EXISTS')
  const name = p.path(`the name of the ${object.toLowerCase()}`)
  switch (object) {
    case 'TABLE': {
      const action = tableAction(p)
      return { kind: 'alter-table', ifExists, name, action, span: p.spanFrom(start) }
    }
    case 'VIEW': {
      const action = p.accept('RENAME', 'TO')
        ? ({ kind: 'rename', to: p.path('the new name') } as const)
        : ({ kind: 'as', query: viewQuery(p) } as const)
      return { kind: 'alter-view', ifExists, name, action, span: p.spanFrom(start) }
    }
    case 'FUNCTION': {
      const body = parseFunctionBody(p)
      const flags = { temporary, system, ifExists }
      return { kind: 'alter-function', ...flags, name, ...body, span: p.spanFrom(start) }
    }
    default: {
      const action = namespaceAction(p)
      return { kind: 'alter-namespace', object, name, action, span: p.spanFrom(start) }
    }
  }
}

function viewQuery(p: TokenStream) {
  if (!p.accept('AS')) p.fail('RENAME TO or AS')
  return parseQuery(p)
}

function namespaceAction(p: TokenStream): AlterNamespace['action'] {
  if (p.accept('SET')) return { kind: 'set', options: p.parenthesized(() => parseOption(p)) }
  if (p.accept('RESET')) return { kind: 'reset', keys: p.parenthesized(() => p.string()) }
  if (!p.accept('COMMENT')) p.fail('SET, RESET or COMMENT')
  return { kind: 'comment', text: p.string() }
}

function tableAction(p: TokenStream): AlterAction {
  if (p.accept('RENAME')) {
    if (p.accept('TO')) return { kind: 'rename', to: p.path('the new name') }
    const from = p.identifier('a column')
    p.expect('TO')
    return { kind: 'rename-column', from, to: p.identifier('a column') }
  }
  if (p.accept('SET')) return { kind: 'set', options: p.parenthesized(() => parseOption(p)) }
  if (p.accept('RESET')) return { kind: 'reset', keys: p.parenthesized(() => p.string()) }
  if (p.is('ADD') || p.is('MODIFY')) {
    const kind = p.next().key === 'ADD' ? 'add' : 'modify'
    if (p.is('DISTRIBUTION')) {
      p.next()
      return { kind, ...NO_ELEMENTS, distribution: parseDistribution(p) }
    }
    return { kind, ...parsePlacedElements(p), distribution: undefined }
  }
  if (!p.accept('DROP')) p.fail('ADD, MODIFY, DROP, RENAME, SET or RESET')
  return dropAction(p)
}

function dropAction(p: TokenStream): AlterAction {
  if (p.accept('PRIMARY', 'KEY')) return { kind: 'drop-part', part: 'PRIMARY KEY' }
  if (p.accept('WATERMARK')) return { kind: 'drop-part', part: 'WATERMARK' }
  if (p.accept('DISTRIBUTION')) return { kind: 'drop-part', part: 'DISTRIBUTION' }
  if (p.accept('CONSTRAINT')) {
    p.identifier('the name of the constraint')
    return { kind: 'drop-part', part: 'CONSTRAINT' }
  }
  const columns = p.is('(')
    ? p.parenthesized(() => p.identifier('a column'))
    : [p.identifier('a column')]
  return { kind: 'drop-columns', columns }
}

// Parses data types, straight to `DataType`.

import { proposal } from '../../types/unknown-name.ts'
import { TYPE_NAMES } from '../keywords.ts'
import { MAX_LENGTH, notNull, types } from '../../types/data-type.ts'
import type { DataType, RowField } from '../../types/data-type.ts'
import type { TokenStream } from './token-stream.ts'

/** A type with its trailing ARRAY or MULTISET and NOT NULL. */
export function parseType(p: TokenStream): DataType {
  let type = nullability(
    p,
    p.nested(() => rootType(p)),
  )
  while (p.is('ARRAY') || p.is('MULTISET'))
    type = nullability(p, p.next().key === 'ARRAY' ? types.array(type) : types.multiset(type))
  return type
}

function nullability(p: TokenStream, type: DataType): DataType {
  if (p.accept('NOT', 'NULL')) return notNull(type)
  // `RETURNING INT NULL ON ERROR`: this NULL is no part of the type.
  if (p.peek(1).key !== 'ON') p.accept('NULL')
  return type
}

function size(p: TokenStream, otherwise: number): number {
  if (!p.accept('(')) return otherwise
  const value = p.integer('a length or precision')
  p.expect(')')
  return value
}

function rootType(p: TokenStream): DataType {
  const token = p.token
  if (token.kind !== 'word') p.fail('a data type')
  p.next()
  switch (token.key) {
    case 'BOOLEAN':
      return types.boolean
    case 'TINYINT':
      return types.tinyint
    case 'SMALLINT':
      return types.smallint
    case 'INT':
    case 'INTEGER':
      return types.int
    case 'BIGINT':
      return types.bigint
    case 'FLOAT':
      return types.float
    case 'DOUBLE': {
      p.accept('PRECISION')
      return types.double
    }
    case 'DECIMAL':
    case 'DEC':
    case 'NUMERIC':
      return decimal(p)
    case 'STRING':
      return types.string
    case 'BYTES':
      return types.bytes
    case 'CHAR':
    case 'CHARACTER':
      return p.accept('VARYING') ? types.varchar(size(p, 1)) : types.char(size(p, 1))
    case 'VARCHAR':
      return types.varchar(size(p, MAX_LENGTH))
    case 'BINARY':
      return p.accept('VARYING') ? types.varbinary(size(p, 1)) : types.binary(size(p, 1))
    case 'VARBINARY':
      return types.varbinary(size(p, MAX_LENGTH))
    case 'DATE':
      return types.date
    case 'NULL':
      return types.null
    case 'TIME': {
      const precision = size(p, 0)
      p.accept('WITHOUT', 'TIME', 'ZONE')
      return types.time(precision)
    }
    case 'TIMESTAMP': {
      const precision = size(p, 6)
      if (p.accept('WITH', 'LOCAL', 'TIME', 'ZONE')) return types.timestampLtz(precision)
      p.accept('WITHOUT', 'TIME', 'ZONE')
      return types.timestamp(precision)
    }
    case 'TIMESTAMP_LTZ':
      return types.timestampLtz(size(p, 6))
    case 'ARRAY':
    case 'MULTISET': {
      p.expect('<')
      const element = parseType(p)
      closeAngle(p)
      return token.key === 'ARRAY' ? types.array(element) : types.multiset(element)
    }
    case 'MAP': {
      p.expect('<')
      const key = parseType(p)
      p.expect(',')
      const value = parseType(p)
      closeAngle(p)
      return types.map(key, value)
    }
    case 'ROW':
      return rowType(p)
    case 'INTERVAL':
      return intervalType(p)
    default:
      return p.fail(
        'a data type',
        `${proposal(token.key, TYPE_NAMES)} Types are such as INT, BIGINT, STRING, DECIMAL(10, 2), TIMESTAMP(3), ARRAY<INT>.`.trim(),
        token,
      )
  }
}

function closeAngle(p: TokenStream): void {
  if (!p.accept('>')) p.fail('>')
}

function decimal(p: TokenStream): DataType {
  if (!p.accept('(')) return types.decimal(10, 0)
  const precision = p.integer('a precision')
  const at = p.accept(',') ? p.token : undefined
  const scale = at ? p.integer('a scale') : 0
  if (scale > precision)
    p.fail(
      `a scale from 0 to ${precision}`,
      'Of DECIMAL(p, s), p counts all digits, s those behind the point.',
      at,
    )
  p.expect(')')
  return types.decimal(precision, scale)
}

function rowType(p: TokenStream): DataType {
  const close = p.oneOf('<', '(') === '<' ? '>' : ')'
  if (p.accept(close)) return types.row([])
  const seen = new Set<string>()
  const fields = p.list((): RowField => {
    const at = p.token
    const { name } = p.identifier('a field name')
    if (seen.has(name)) p.fail('another field name', `The ROW has a field "${name}" already.`, at)
    seen.add(name)
    const type = parseType(p)
    return p.token.kind === 'string' ? { name, type, description: p.next().text } : { name, type }
  })
  if (!p.accept(close)) p.fail(`${close} or ,`)
  return types.row(fields)
}

function intervalType(p: TokenStream): DataType {
  const start = p.token
  const from = p.oneOf('YEAR', 'MONTH', 'DAY', 'HOUR', 'MINUTE', 'SECOND')
  size(p, 0)
  if (p.accept('TO')) {
    p.oneOf('MONTH', 'HOUR', 'MINUTE', 'SECOND')
    size(p, 0)
  }
  const unit = p.text.slice(start.start, p.spanFrom(start).end).toUpperCase()
  return from === 'YEAR' || from === 'MONTH' ? types.intervalYear(unit) : types.intervalDay(unit)
}

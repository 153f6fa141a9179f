// Prints statements: INSERT, statement sets, EXPLAIN, SHOW, settings; DDL in a file of its own.

import { assertNever } from '../../types/errors.ts'
import type { Insert, Show, Statement } from '../ast/statement.ts'
import { printDdl } from './print-ddl.ts'
import { printExpression } from './print-expression.ts'
import { printColumns, printHints, printIdentifier, printPath, printString } from './print-name.ts'
import { printQuery } from './print-query.ts'

/** The text of a statement, without the closing semicolon. */
export function printStatement(statement: Statement): string {
  switch (statement.kind) {
    case 'query':
      return printQuery(statement)
    case 'insert':
      return printInsert(statement)
    case 'statement-set': {
      const inserts = statement.inserts.map(insert => `${printInsert(insert)};\n`)
      return `EXECUTE STATEMENT SET BEGIN\n${inserts.join('')}END`
    }
    case 'explain': {
      const details = statement.details.length > 0 ? `${statement.details.join(', ')} ` : ''
      return `EXPLAIN ${details}${printStatement(statement.statement)}`
    }
    case 'describe': {
      const { object, extended, name } = statement
      const words = [object === 'TABLE' ? '' : `${object} `, extended ? 'EXTENDED ' : '']
      return `DESCRIBE ${words.join('')}${printPath(name)}`
    }
    case 'show':
      return printShow(statement)
    case 'set': {
      const { key, value } = statement
      if (key === undefined) return 'SET'
      return `SET ${printString(key)} = ${printString(value ?? '')}`
    }
    case 'reset':
      return statement.key === undefined ? 'RESET' : `RESET ${printString(statement.key)}`
    case 'use':
      return `USE ${statement.object === 'CATALOG' ? 'CATALOG ' : ''}${printPath(statement.name)}`
    case 'other':
      return statement.text
    case 'create-table':
    case 'create-view':
    case 'create-function':
    case 'create-namespace':
    case 'drop':
    case 'alter-table':
    case 'alter-view':
    case 'alter-namespace':
    case 'alter-function':
      return printDdl(statement)
    default:
      return assertNever(statement)
  }
}

function printShow({ what, name, like }: Show): string {
  const preposition = what.startsWith('CREATE ') || what === 'PARTITIONS' ? '' : 'FROM '
  const of = name ? ` ${preposition}${printPath(name)}` : ''
  const not = like?.negated ? ' NOT' : ''
  const operator = like?.ignoreCase ? 'ILIKE' : 'LIKE'
  return `SHOW ${what}${of}${like ? `${not} ${operator} ${printString(like.pattern)}` : ''}`
}

function printInsert(insert: Insert): string {
  const verb = insert.overwrite ? 'INSERT OVERWRITE' : 'INSERT INTO'
  const partition = insert.partition.map(
    ({ column, value }) => `${printIdentifier(column)} = ${printExpression(value)}`,
  )
  const target = [
    printPath(insert.table) + printHints(insert.hints),
    partition.length > 0 ? ` PARTITION (${partition.join(', ')})` : '',
    insert.columns.length > 0 ? ` ${printColumns(insert.columns)}` : '',
  ]
  const conflict = insert.onConflict ? `\nON CONFLICT DO ${insert.onConflict.toUpperCase()}` : ''
  return `${verb} ${target.join('')}\n${printQuery(insert.query)}${conflict}`
}

// Prints CREATE, ALTER and DROP.

import { assertNever } from '../../types/errors.ts'
import type { Identifier } from '../ast/expression.ts'
import type { Option } from '../ast/query.ts'
import type {
  AlterAction,
  ColumnDefinition,
  CreateTable,
  Statement,
  WatermarkDefinition,
} from '../ast/statement.ts'
import { printExpression } from './print-expression.ts'
import { printColumns, printIdentifier, printOption, printPath, printString } from './print-name.ts'
import { printQuery } from './print-query.ts'
import { printType } from './print-type.ts'

type Ddl = Extract<
  Statement,
  {
    kind:
      | 'create-table'
      | 'create-view'
      | 'create-function'
      | 'create-namespace'
      | 'drop'
      | 'alter-table'
  }
>

export function printDdl(statement: Ddl): string {
  const name = printPath(statement.name)
  switch (statement.kind) {
    case 'create-table':
      return printCreateTable(statement)
    case 'create-view': {
      const { columns, comment, query } = statement
      const names = columns.length > 0 ? ` ${printColumns(columns)}` : ''
      const head = `${printCreate('VIEW', statement)} ${name}${names}${printComment(comment)}`
      return `${head} AS\n${printQuery(query)}`
    }
    case 'create-function': {
      const object = statement.system ? 'SYSTEM FUNCTION' : 'FUNCTION'
      const language = statement.language ? ` LANGUAGE ${statement.language}` : ''
      const as = `AS ${printString(statement.className)}${language}`
      return `${printCreate(object, statement)} ${name} ${as}`
    }
    case 'create-namespace': {
      const create = printCreate(statement.object, { ...statement, temporary: false })
      return `${create} ${name}${printOptions(statement.options)}`
    }
    case 'drop': {
      const temporary = statement.temporary ? 'TEMPORARY ' : ''
      const ifExists = statement.ifExists ? 'IF EXISTS ' : ''
      return `DROP ${temporary}${statement.object} ${ifExists}${name}`
    }
    case 'alter-table': {
      const ifExists = statement.ifExists ? 'IF EXISTS ' : ''
      return `ALTER TABLE ${ifExists}${name} ${printAction(statement.action)}`
    }
    default:
      return assertNever(statement)
  }
}

function printCreate(
  object: string,
  flags: { readonly temporary: boolean; readonly ifNotExists: boolean },
): string {
  const temporary = flags.temporary ? 'TEMPORARY ' : ''
  return `CREATE ${temporary}${object}${flags.ifNotExists ? ' IF NOT EXISTS' : ''}`
}

function printCreateTable(table: CreateTable): string {
  const elements = printElements(table)
  const clauses = [
    `${printCreate('TABLE', table)} ${printPath(table.name)}`,
    elements.length > 0 ? ` (\n  ${elements.join(',\n  ')}\n)` : '',
    printComment(table.comment),
    table.distribution ? ` ${printDistribution(table.distribution)}` : '',
    table.partitionedBy.length > 0 ? ` PARTITIONED BY ${printColumns(table.partitionedBy)}` : '',
    printOptions(table.options),
    table.like ? ` ${printLike(table.like)}` : '',
    table.as ? ` AS\n${printQuery(table.as)}` : '',
  ]
  return clauses.join('')
}

interface TableElements {
  readonly columns: readonly ColumnDefinition[]
  readonly watermarks: readonly WatermarkDefinition[]
  readonly primaryKey: readonly Identifier[] | undefined
}

function printElements({ columns, watermarks, primaryKey }: TableElements): string[] {
  const elements = columns.map(printColumnDefinition)
  for (const { column, expression } of watermarks)
    elements.push(`WATERMARK FOR ${printPath(column)} AS ${printExpression(expression)}`)
  if (primaryKey) elements.push(`PRIMARY KEY ${printColumns(primaryKey)} NOT ENFORCED`)
  return elements
}

function printColumnDefinition(column: ColumnDefinition): string {
  return `${printIdentifier(column.name)} ${printContent(column)}${printComment(column.comment)}`
}

function printContent(column: ColumnDefinition): string {
  switch (column.kind) {
    case 'physical':
      return printType(column.type)
    case 'computed':
      return `AS ${printExpression(column.expression)}`
    case 'metadata': {
      const from = column.from === undefined ? '' : ` FROM ${printString(column.from)}`
      return `${printType(column.type)} METADATA${from}${column.virtual ? ' VIRTUAL' : ''}`
    }
    default:
      return assertNever(column)
  }
}

function printComment(comment: string | undefined): string {
  return comment === undefined ? '' : ` COMMENT ${printString(comment)}`
}

function printOptions(options: readonly Option[]): string {
  return options.length > 0 ? ` WITH (\n  ${options.map(printOption).join(',\n  ')}\n)` : ''
}

function printDistribution(distribution: NonNullable<CreateTable['distribution']>): string {
  const { kind, columns, buckets } = distribution
  const by = columns.length > 0 ? ` BY ${kind ?? ''}${printColumns(columns)}` : ''
  return `DISTRIBUTED${by}${buckets === undefined ? '' : ` INTO ${buckets} BUCKETS`}`
}

function printLike({ table, options }: NonNullable<CreateTable['like']>): string {
  const list = options.map(({ action, what }) => `${action} ${what}`).join(' ')
  return `LIKE ${printPath(table)}${list === '' ? '' : ` (${list})`}`
}

function printAction(action: AlterAction): string {
  switch (action.kind) {
    case 'rename':
      return `RENAME TO ${printPath(action.to)}`
    case 'rename-column':
      return `RENAME ${printIdentifier(action.from)} TO ${printIdentifier(action.to)}`
    case 'set':
      return `SET (${action.options.map(printOption).join(', ')})`
    case 'reset':
      return `RESET (${action.keys.map(printString).join(', ')})`
    case 'add':
    case 'modify':
      return `${action.kind.toUpperCase()} (${printElements(action).join(', ')})`
    case 'drop-columns':
      return `DROP ${printColumns(action.columns)}`
    case 'drop-primary-key':
      return 'DROP PRIMARY KEY'
    case 'drop-watermark':
      return 'DROP WATERMARK'
    default:
      return assertNever(action)
  }
}

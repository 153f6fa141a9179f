// Prints CREATE, ALTER and DROP.

import { assertNever } from '../../types/errors.ts'
import type { Option } from '../ast/query.ts'
import type {
  AlterAction,
  AlterNamespace,
  ColumnDefinition,
  CreateTable,
  Ddl,
  Distribution,
  LikeClause,
  PlacedColumn,
  TableElements,
} from '../ast/statement.ts'
import { printExpression } from './print-expression.ts'
import { printColumns, printIdentifier, printOption, printPath, printString } from './print-name.ts'
import { printQuery } from './print-query.ts'
import { printType } from './print-type.ts'

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
    case 'create-function':
    case 'alter-function': {
      const { system, implementation, language } = statement
      const object = system ? 'SYSTEM FUNCTION' : 'FUNCTION'
      const head =
        statement.kind === 'create-function'
          ? printCreate(object, statement)
          : `ALTER ${statement.temporary ? 'TEMPORARY ' : ''}${object}${statement.ifExists ? ' IF EXISTS' : ''}`
      const as = `AS ${printString(implementation)}${language ? ` LANGUAGE ${language}` : ''}`
      return `${head} ${name} ${as}`
    }
    case 'create-namespace': {
      const flags = { ...statement, temporary: false, replace: false }
      const create = printCreate(statement.object, flags)
      return `${create} ${name}${printComment(statement.comment)}${printOptions(statement.options)}`
    }
    case 'drop': {
      const { object, temporary, system, ifExists, cascade } = statement
      const kind = `${temporary ? 'TEMPORARY ' : ''}${system ? 'SYSTEM ' : ''}${object}`
      return `DROP ${kind} ${ifExists ? 'IF EXISTS ' : ''}${name}${cascade ? ' CASCADE' : ''}`
    }
    case 'alter-table': {
      const ifExists = statement.ifExists ? 'IF EXISTS ' : ''
      return `ALTER TABLE ${ifExists}${name} ${printAction(statement.action)}`
    }
    case 'alter-view': {
      const { action, ifExists } = statement
      const change =
        action.kind === 'rename'
          ? `RENAME TO ${printPath(action.to)}`
          : `AS\n${printQuery(action.query)}`
      return `ALTER VIEW ${ifExists ? 'IF EXISTS ' : ''}${name} ${change}`
    }
    case 'alter-namespace':
      return `ALTER ${statement.object} ${name} ${printNamespaceAction(statement.action)}`
    default:
      return assertNever(statement)
  }
}

function printNamespaceAction(action: AlterNamespace['action']): string {
  switch (action.kind) {
    case 'set':
      return `SET (${action.options.map(printOption).join(', ')})`
    case 'reset':
      return `RESET (${action.keys.map(printString).join(', ')})`
    case 'comment':
      return `COMMENT ${printString(action.text)}`
    default:
      return assertNever(action)
  }
}

function printCreate(
  object: string,
  flags: {
    readonly replace: boolean
    readonly temporary: boolean
    readonly ifNotExists: boolean
  },
): string {
  const replace = flags.replace ? 'OR REPLACE ' : ''
  const temporary = flags.temporary ? 'TEMPORARY ' : ''
  return `CREATE ${replace}${temporary}${object}${flags.ifNotExists ? ' IF NOT EXISTS' : ''}`
}

function printCreateTable(table: CreateTable): string {
  const elements = printElements(table)
  const clauses = [
    `${printCreate('TABLE', table)} ${printPath(table.name)}`,
    table.columnNames.length > 0 ? ` ${printColumns(table.columnNames)}` : '',
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

function printElements({ columns, watermarks, primaryKey }: TableElements): string[] {
  const elements = columns.map(printColumnDefinition)
  for (const { column, expression } of watermarks)
    elements.push(`WATERMARK FOR ${printPath(column)} AS ${printExpression(expression)}`)
  if (primaryKey) elements.push(`PRIMARY KEY ${printColumns(primaryKey)} NOT ENFORCED`)
  return elements
}

function printColumnDefinition(column: PlacedColumn): string {
  const { name, comment, place } = column
  const where = place
    ? place.kind === 'first'
      ? ' FIRST'
      : ` AFTER ${printIdentifier(place.column)}`
    : ''
  return `${printIdentifier(name)} ${printContent(column)}${printComment(comment)}${where}`
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

function printDistribution(distribution: Distribution): string {
  const { kind, columns, buckets } = distribution
  const by = columns.length > 0 ? ` BY ${kind ?? ''}${printColumns(columns)}` : ''
  return `DISTRIBUTED${by}${buckets === undefined ? '' : ` INTO ${buckets} BUCKETS`}`
}

function printLike({ table, options }: LikeClause): string {
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
    case 'modify': {
      const verb = action.kind.toUpperCase()
      if (action.distribution)
        return `${verb} ${printDistribution(action.distribution).replace('DISTRIBUTED', 'DISTRIBUTION')}`
      return `${verb} (${printElements(action).join(', ')})`
    }
    case 'drop-columns':
      return `DROP ${printColumns(action.columns)}`
    case 'drop-part':
      return action.part === 'CONSTRAINT' ? 'DROP CONSTRAINT pk' : `DROP ${action.part}`
    default:
      return assertNever(action)
  }
}

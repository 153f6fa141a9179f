// Prints queries: WITH, SELECT, set operations, VALUES, ORDER BY and LIMIT.

import { assertNever } from '../../types/errors.ts'
import type { Expression } from '../ast/expression.ts'
import type {
  CommonTable,
  GroupItem,
  OrderItem,
  Query,
  QueryBody,
  Select,
  SelectItem,
  SetOperation,
} from '../ast/query.ts'
import { printWindowSpec } from './print-call.ts'
import { printExpression, printExpressions } from './print-expression.ts'
import { printColumns, printHints, printIdentifier } from './print-name.ts'
import { printTableRef } from './print-table-ref.ts'

/** The text of a query; `separator` stands between its clauses. */
export function printQuery(query: Query, separator: '\n' | ' ' = '\n'): string {
  const clauses: string[] = []
  if (query.with.length > 0)
    clauses.push(`WITH ${query.with.map(printCommonTable).join(`,${separator}`)}`)
  clauses.push(printBody(query.body, separator))
  if (query.orderBy.length > 0) clauses.push(printOrderBy(query.orderBy))
  if (query.limit) clauses.push(`LIMIT ${printExpression(query.limit)}`)
  if (query.offset) clauses.push(`OFFSET ${printExpression(query.offset)}`)
  return clauses.join(separator)
}

/** A query in parentheses, on one line: a line break in it could only be one of a string. */
export function printNestedQuery(query: Query): string {
  return `(${printQuery(query, ' ')})`
}

function printCommonTable({ name, columns, query }: CommonTable): string {
  const names = columns.length > 0 ? ` ${printColumns(columns)}` : ''
  return `${printIdentifier(name)}${names} AS ${printNestedQuery(query)}`
}

function printBody(body: QueryBody, separator: '\n' | ' '): string {
  switch (body.kind) {
    case 'select':
      return printSelect(body, separator)
    case 'set-operation':
      return printSetOperation(body, separator)
    case 'values':
      return `VALUES ${body.rows.map(printRow).join(', ')}`
    case 'query':
      return printNestedQuery(body)
    default:
      return assertNever(body)
  }
}

/** A row of VALUES; only a constructor can be empty. */
function printRow(row: readonly Expression[]): string {
  return row.length === 0 ? 'ROW()' : `(${printExpressions(row)})`
}

/** UNION and EXCEPT group from the left, INTERSECT binds tighter than both. */
function printSetOperation(operation: SetOperation, separator: '\n' | ' '): string {
  const { operator, all, left, right } = operation
  const isIntersect = (body: QueryBody) =>
    body.kind === 'set-operation' && body.operator === 'INTERSECT'
  const side = (body: QueryBody, fits: boolean) =>
    body.kind !== 'set-operation' || fits ? printBody(body, separator) : `(${printBody(body, ' ')})`
  return [
    side(left, operator !== 'INTERSECT' || isIntersect(left)),
    all ? `${operator} ALL` : operator,
    side(right, operator !== 'INTERSECT' && isIntersect(right)),
  ].join(separator)
}

function printSelect(select: Select, separator: '\n' | ' '): string {
  const distinct = select.distinct ? ' DISTINCT' : ''
  const items = select.items.map(printSelectItem).join(', ')
  const clauses = [`SELECT${printHints(select.hints)}${distinct} ${items}`]
  if (select.from) clauses.push(`FROM ${printTableRef(select.from)}`)
  if (select.where) clauses.push(`WHERE ${printExpression(select.where)}`)
  if (select.groupBy) clauses.push(`GROUP BY ${select.groupBy.map(printGroupItem).join(', ')}`)
  if (select.having) clauses.push(`HAVING ${printExpression(select.having)}`)
  if (select.windows.length > 0) {
    const windows = select.windows.map(
      ({ name, spec }) => `${printIdentifier(name)} AS ${printWindowSpec(spec)}`,
    )
    clauses.push(`WINDOW ${windows.join(', ')}`)
  }
  if (select.qualify) clauses.push(`QUALIFY ${printExpression(select.qualify)}`)
  return clauses.join(separator)
}

function printSelectItem({ expression, alias }: SelectItem): string {
  const text = printExpression(expression)
  return alias ? `${text} AS ${printIdentifier(alias)}` : text
}

function printGroupItem(item: GroupItem): string {
  switch (item.kind) {
    case 'expression':
      return printExpression(item.expression)
    case 'set':
      return printGroupSet(item.expressions)
    case 'rollup':
    case 'cube':
      return `${item.kind.toUpperCase()}(${item.sets.map(printGroupSet).join(', ')})`
    case 'grouping-sets':
      return `GROUPING SETS (${item.sets.map(printGroupItem).join(', ')})`
    default:
      return assertNever(item)
  }
}

function printGroupSet(expressions: readonly Expression[]): string {
  return `(${printExpressions(expressions)})`
}

/** `ORDER BY …` */
export function printOrderBy(items: readonly OrderItem[]): string {
  return `ORDER BY ${printOrderItems(items)}`
}

export function printOrderItems(items: readonly OrderItem[]): string {
  const printed = items.map(({ expression, descending, nulls }) => {
    const order = descending ? ' DESC' : ''
    return `${printExpression(expression)}${order}${nulls ? ` NULLS ${nulls}` : ''}`
  })
  return printed.join(', ')
}

// INSERT INTO: the query's columns brought, by position, into the order and types of the table.

import type { BindingEnvironment } from '../../plan/create-expression.ts'
import { coerce, createLiteral } from '../../plan/create-expression.ts'
import { columnAt, createSink } from '../../plan/create-node.ts'
import { located } from '../../plan/origin.ts'
import type { Expression, NamedExpression } from '../../plan/expression.ts'
import { UnknownColumnError } from '../../plan/expression-errors.ts'
import type { PlanNode, SinkNode } from '../../plan/node.ts'
import type { DataType } from '../../types/data-type.ts'
import { formatType, sameType, withNullable } from '../../types/data-type.ts'
import type { Column } from '../../types/schema.ts'
import { withOptions } from '../../types/sensitive-options.ts'
import { partitionColumns, type TableDescriptor } from '../../types/table-descriptor.ts'
import type { SourceSpan } from '../../types/errors.ts'
import type { Identifier } from '../ast/expression.ts'
import type { Insert } from '../ast/statement.ts'
import type { BinderContext } from './binder-context.ts'
import { InvalidSqlError } from './binder-errors.ts'
import { bindQuery } from './bind-query.ts'
import { checkOptionsAt } from './check-options-at.ts'
import { bindExpression } from './expressions/bind-expression.ts'
import { projectColumns } from './project-columns.ts'
import { Scope } from './scope.ts'

/** @throws {MillraceError} with the place in the text, and the column that does not fit */
export function bindInsert(context: BinderContext, insert: Insert): SinkNode {
  const object = context.catalog.get(insert.table)
  const name = insert.table.map(p => p.name).join('.')
  if (!object.sink)
    throw new InvalidSqlError({
      problem: `"${name}" is a view and cannot be written to`,
      remedy: 'Insert into a table.',
      at: insert.table[0]?.span,
    })
  const table = withHints(object.sink, insert)
  const places = object.declaration?.kind === 'table' ? object.declaration : undefined
  const hinted = insert.hints.flatMap(h => h.options.map(o => [o.key, o.span] as const))
  checkOptionsAt(
    {
      span: insert.table[0]?.span ?? insert.span,
      optionSpans: new Map([...(places?.optionSpans ?? []), ...hinted]),
    },
    table,
    context.connectors,
    'sink',
  )
  const constants = staticPartition(context, insert, table)
  const given = { columns: insertedColumns(insert, table, constants), at: insert.span }
  const query = withConstants(bindQuery(context, insert.query), constants)
  const sink = createSink(fitColumns(context.environment, query, table, given), table, insert)
  return located(sink, { text: context.text, at: insert.table[0]?.span ?? insert.span })
}

/** The constants of `PARTITION (column = value)`, by column. */
function staticPartition(
  { environment }: BinderContext,
  { partition }: Insert,
  table: TableDescriptor,
): ReadonlyMap<string, Expression> {
  const constants = new Map<string, Expression>()
  const partitions = partitionColumns(table)
  for (const { column, value } of partition) {
    const declared = partitions.find(c => c.name === column.name)
    if (!declared)
      throw new InvalidSqlError({
        problem: `Table "${table.name}" is not partitioned by "${column.name}"`,
        remedy: 'Name columns of its PARTITIONED BY.',
        at: column.span,
      })
    const scope = new Scope([], [])
    const bound = bindExpression({ environment, scope, clause: 'PARTITION' }, value)
    constants.set(column.name, coerce(environment, bound, declared.type, value.span))
  }
  return constants
}

/** The columns that the query gives, and behind them those that are constants; empty: all, in order. */
function insertedColumns(
  { columns, table: path }: Insert,
  table: TableDescriptor,
  constants: ReadonlyMap<string, Expression>,
): readonly Identifier[] {
  if (constants.size === 0) return columns
  const [at] = path
  const named = (name: string): Identifier => ({ ...(at as Identifier), name })
  const rest = table.schema.filter(c => !constants.has(c.name)).map(c => named(c.name))
  return [...(columns.length > 0 ? columns : rest), ...[...constants.keys()].map(named)]
}

function withConstants(query: PlanNode, constants: ReadonlyMap<string, Expression>): PlanNode {
  if (constants.size === 0) return query
  const own = query.schema.map(({ name }, i) => ({ name, expression: columnAt(query, i) }))
  return projectColumns(query, [
    ...own,
    ...[...constants].map(([name, expression]) => ({ name, expression })),
  ])
}

/** What is written: the columns in their order, empty for all, and the place for errors. */
interface Given {
  readonly columns: readonly Identifier[]
  readonly at: SourceSpan
}

function withHints(table: TableDescriptor, { hints }: Insert): TableDescriptor {
  const options = hints
    .filter(h => h.name === 'OPTIONS')
    .flatMap(h => h.options.map(o => [o.key, o.value] as const))
  return options.length > 0 ? withOptions(table, options) : table
}

/** The query's columns in the order and types of the table's. */
export function fitColumns(
  environment: BindingEnvironment,
  query: PlanNode,
  table: TableDescriptor,
  insert: Given,
): PlanNode {
  const targets = targetColumns(table, insert)
  if (targets.length !== query.schema.length)
    throw new InvalidSqlError({
      problem: `The query gives ${query.schema.length} columns, table "${table.name}" takes ${targets.length}: ${targets.map(t => t.name).join(', ')}`,
      remedy:
        'Select as many columns as the table has, in its order, or list the columns behind its name.',
      at: insert.at,
    })
  const given = new Map(targets.map((t, i) => [t.name, i]))
  const columns = table.schema.map((column): NamedExpression => {
    const position = given.get(column.name)
    const expression =
      position === undefined
        ? missing(column, table, insert)
        : fit(environment, columnAt(query, position), column, table, insert)
    return { name: column.name, expression }
  })
  const isKept =
    query.schema.length === columns.length &&
    columns.every(({ expression: e }, i) => e.kind === 'column' && e.index === i)
  return isKept ? query : projectColumns(query, columns)
}

function targetColumns(table: TableDescriptor, { columns }: Given): readonly Column[] {
  if (columns.length === 0) return table.schema
  const seen = new Set<string>()
  return columns.map(({ name, span }) => {
    if (seen.has(name))
      throw new InvalidSqlError({
        problem: `Column "${name}" is given twice`,
        remedy: 'Name each column once.',
        at: span,
        code: 'MR_SQL_DUPLICATE',
      })
    seen.add(name)
    const found = table.schema.find(c => c.name === name)
    if (found) return found
    throw new UnknownColumnError({
      column: name,
      table: table.name,
      available: table.schema.map(c => c.name),
      at: span,
    })
  })
}

function missing(column: Column, table: TableDescriptor, insert: Given): Expression {
  if (column.type.nullable) return createLiteral(null, column.type)
  throw new InvalidSqlError({
    problem: `Column "${column.name}" of table "${table.name}" is NOT NULL and not given`,
    remedy: 'Add it to the list of columns.',
    at: insert.at,
  })
}

function fit(
  environment: BindingEnvironment,
  expression: Expression,
  column: Column,
  table: TableDescriptor,
  insert: Given,
): Expression {
  const { type } = expression
  if (isImplicit(type, column.type))
    return coerce(environment, expression, withNullable(column.type, isNullable(type)), insert.at)
  throw new InvalidSqlError({
    problem: `Column "${column.name}" of table "${table.name}" is ${formatType(column.type)}, but the query gives ${formatType(type)}`,
    remedy: `Cast it: CAST(… AS ${formatType({ ...column.type, nullable: true })}).`,
    at: insert.at,
    code: 'MR_SQL_TYPE',
  })
}

const isNullable = ({ kind, nullable }: DataType): boolean => nullable || kind === 'null'

/**
 * Whether INSERT converts by itself: as Flink's implicit casts do. Lengths and precisions are adapted; texts do not become CHARs, for
 * these would be padded.
 */
function isImplicit(from: DataType, to: DataType): boolean {
  if (from.kind === 'null' || sameType(from, to)) return true
  if (from.kind === 'row' && to.kind === 'row')
    return (
      from.fields.length === to.fields.length &&
      from.fields.every((f, i) => isImplicit(f.type, to.fields[i]?.type ?? f.type))
    )
  if (from.kind === 'array' && to.kind === 'array') return isImplicit(from.element, to.element)
  if (from.kind === 'multiset' && to.kind === 'multiset')
    return isImplicit(from.element, to.element)
  if (from.kind === 'map' && to.kind === 'map')
    return isImplicit(from.key, to.key) && isImplicit(from.value, to.value)
  return IMPLICIT[to.kind]?.includes(from.kind) ?? false
}

const INTEGERS: readonly DataType['kind'][] = ['tinyint', 'smallint', 'int', 'bigint']
const NUMBERS: readonly DataType['kind'][] = [...INTEGERS, 'decimal', 'float', 'double']
const TIMESTAMPS: readonly DataType['kind'][] = ['timestamp', 'timestamp_ltz']

/** Which kinds become which without a CAST. */
const IMPLICIT: Readonly<Partial<Record<DataType['kind'], readonly DataType['kind'][]>>> = {
  char: ['char'],
  varchar: ['char', 'varchar'],
  binary: ['binary'],
  varbinary: ['binary', 'varbinary'],
  smallint: ['tinyint'],
  int: ['tinyint', 'smallint'],
  bigint: ['tinyint', 'smallint', 'int'],
  decimal: NUMBERS,
  float: [...INTEGERS, 'decimal', 'float'],
  double: NUMBERS,
  date: ['timestamp'],
  time: ['time', 'timestamp'],
  timestamp: TIMESTAMPS,
  timestamp_ltz: TIMESTAMPS,
}

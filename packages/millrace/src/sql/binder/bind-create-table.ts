// CREATE TABLE as a catalog object: descriptor, computed columns, watermark; its plan is made once, when first read.

import { columnAt, createProject, createScan, createWatermark } from '../../plan/create-node.ts'
import { located } from '../../plan/origin.ts'
import type { NamedExpression } from '../../plan/expression.ts'
import { UnknownColumnError } from '../../plan/expression-errors.ts'
import type { PlanNode } from '../../plan/node.ts'
import { formatType, isTimestamp, notNull } from '../../types/data-type.ts'
import type { Column } from '../../types/schema.ts'
import { withOptions } from '../../types/sensitive-options.ts'
import type { TableDescriptor } from '../../types/table-descriptor.ts'
import type { ColumnDefinition } from '../ast/statement.ts'
import type { CatalogObject } from '../catalog/catalog.ts'
import type { TableDeclaration } from '../catalog/declarations.ts'
import type { BinderContext } from './binder-context.ts'
import { InvalidSqlError, UnsupportedSqlError } from './binder-errors.ts'
import { checkOptionsAt } from './check-options-at.ts'
import { checkDeclaration } from './check-declaration.ts'
import { bindExpression } from './expressions/bind-expression.ts'
import { Scope } from './scope.ts'

/**
 * The table as the catalog holds it. Columns, key and watermark are checked here, options when it is first read or written.
 *
 * @throws {MillraceError} with the place in the text
 */
export function bindTable(context: BinderContext, declaration: TableDeclaration): CatalogObject {
  checkDeclaration(declaration)
  const descriptor = describe(declaration, c => c.kind !== 'computed')
  const sink = describe(
    declaration,
    c => c.kind === 'physical' || (c.kind === 'metadata' && !c.virtual),
  )
  const planOf = (table: TableDescriptor): PlanNode => planTable(context, declaration, table)
  // Bound at once, so that the statement itself is refused.
  const plan = planOf(descriptor)
  const hinted = new Map<string, PlanNode>()
  let checked = false
  return {
    kind: 'table',
    sink,
    declaration,
    schema: () => plan.schema,
    plan() {
      if (!checked) checkOptionsAt(declaration, descriptor, context.connectors, 'source')
      checked = true
      return plan
    },
    planWith(options) {
      const key = JSON.stringify([...options])
      const known = hinted.get(key)
      if (known) return known
      const table = withOptions(descriptor, options)
      checkOptionsAt(declaration, table, context.connectors, 'source')
      const made = planOf(table)
      hinted.set(key, made)
      return made
    },
  }
}

function describe(
  declaration: TableDeclaration,
  isPart: (column: ColumnDefinition) => boolean,
): TableDescriptor {
  const { name, options } = declaration
  const columns = declaration.columns.filter(isPart)
  const key = new Set(declaration.primaryKey.map(k => k.name))
  const schema = columns.map((c): Column => {
    const type = (c as Exclude<ColumnDefinition, { kind: 'computed' }>).type
    return { name: c.name.name, type: key.has(c.name.name) ? notNull(type) : type }
  })
  const indexesOf = (names: TableDeclaration['primaryKey']) =>
    names.flatMap(({ name: n }) => {
      const index = schema.findIndex(c => c.name === n)
      return index < 0 ? [] : [index]
    })
  const primaryKey = indexesOf(declaration.primaryKey)
  const partitionedBy = indexesOf(declaration.partitionedBy)
  const metadata = new Map(
    columns.flatMap((c, i): [number, string][] =>
      c.kind === 'metadata' ? [[i, c.from ?? c.name.name]] : [],
    ),
  )
  const connector = options.get('connector') ?? ''
  const partitions = partitionedBy.length > 0 ? { partitionedBy } : {}
  const table = { name, schema, metadata, primaryKey, ...partitions, connector, options: new Map() }
  return withOptions(table, options)
}

function planTable(
  context: BinderContext,
  declaration: TableDeclaration,
  table: TableDescriptor,
): PlanNode {
  const scan = located(createScan(table), { text: context.text, at: declaration.span })
  const full = declaration.columns.some(c => c.kind === 'computed')
    ? createProject(scan, projectComputed(context, declaration, scan))
    : scan
  return addWatermark(context, declaration, full)
}

/** All columns in declared order; computed ones see the others, not each other. */
function projectComputed(
  context: BinderContext,
  { columns, name }: TableDeclaration,
  scan: PlanNode,
): readonly NamedExpression[] {
  const scope = Scope.of(scan.schema, [name])
  const { environment } = context
  return columns.map(column => ({
    name: column.name.name,
    expression:
      column.kind === 'computed'
        ? bindExpression(
            { environment, scope, clause: `computed column "${column.name.name}"` },
            column.expression,
          )
        : columnAt(
            scan,
            scan.schema.findIndex(c => c.name === column.name.name),
          ),
  }))
}

function addWatermark(
  context: BinderContext,
  { watermarks, name }: TableDeclaration,
  input: PlanNode,
): PlanNode {
  const [watermark, second] = watermarks
  if (!watermark) return input
  if (second)
    throw new InvalidSqlError({
      problem: `Table "${name}" has two watermarks`,
      remedy: 'Keep one.',
      at: second.span,
    })
  const [column, field] = watermark.column
  if (field)
    throw new UnsupportedSqlError({
      what: 'A watermark on a nested column',
      remedy: 'Add a computed column for the field, and take that.',
      at: field.span,
    })
  const index = input.schema.findIndex(c => c.name === column?.name)
  const found = input.schema[index]
  if (!column || !found)
    throw new UnknownColumnError({
      column: column?.name ?? '',
      table: name,
      available: input.schema.map(c => c.name),
      at: column?.span,
    })
  if (isTimestamp(found.type) && found.type.attribute === 'proctime')
    throw new InvalidSqlError({
      problem: `Column "${column.name}" is the processing time, which has no watermark`,
      remedy: 'Take a column with the time of the event.',
      at: column.span,
      code: 'MR_SQL_TYPE',
    })
  if (!isTimestamp(found.type) || found.type.precision > 3)
    throw new InvalidSqlError({
      problem: `Column "${column.name}" is ${formatType(found.type)} and cannot be the event time`,
      remedy: 'Take a TIMESTAMP(3) or TIMESTAMP_LTZ(3) column, or add a computed one.',
      at: column.span,
      code: 'MR_SQL_TYPE',
    })
  const { environment } = context
  const scope = Scope.of(input.schema, [name])
  const expression = bindExpression(
    { environment, scope, clause: 'WATERMARK' },
    watermark.expression,
  )
  if (expression.type.kind !== found.type.kind && expression.type.kind !== 'null')
    throw new InvalidSqlError({
      problem: `The watermark is ${formatType(expression.type)}, the column "${column.name}" ${formatType(found.type)}`,
      remedy: `Write it as ${column.name} - INTERVAL '5' SECOND.`,
      at: watermark.expression.span,
      code: 'MR_SQL_TYPE',
    })
  const precision = context.mode === 'streaming' ? 3 : found.type.precision
  return createWatermark(input, index, expression, { ...found.type, precision })
}

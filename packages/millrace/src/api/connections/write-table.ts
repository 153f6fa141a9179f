// into(): a result as a statement of the program, its columns fitted to the table that it is written to.

import { coerce } from '../../plan/create-expression.ts'
import { createProject, createSink, columnAt } from '../../plan/create-node.ts'
import type { PlanNode } from '../../plan/node.ts'
import { withoutAttribute } from '../../types/data-type.ts'
import { MillraceError } from '../../types/errors.ts'
import type { Schema } from '../../types/schema.ts'
import type { TableDescriptor } from '../../types/table-descriptor.ts'
import { listNames, proposal } from '../../types/unknown-name.ts'
import { pathOf } from '../../sql/bind-app-query.ts'
import type { AppContext } from '../app-context.ts'
import type { ConnectorSpec } from './connector-spec.ts'
import { describeTable } from './describe-table.ts'

export interface IntoOptions<N extends string = string> {
  /** The sink's name in plans, metrics and state; absent: told by the connection. */
  readonly name?: string
  /** The columns on which updates apply. */
  readonly primaryKey?: readonly N[]
}

/** There is no table of that name to write to. */
export class UnknownTableError extends MillraceError {
  constructor(facts: { readonly name: string; readonly known: readonly string[] }) {
    super(
      'MR_SQL_UNKNOWN_TABLE',
      `Unknown table "${facts.name}". Known: ${listNames(facts.known)}.${proposal(facts.name, facts.known)}`,
      { remedy: 'Declare it with app.table().' },
    )
  }
}

/** The columns of a result and of the table it is written to do not match. */
export class ColumnMismatchError extends MillraceError {
  constructor(facts: {
    readonly table: string
    readonly missing: readonly string[]
    readonly surplus: readonly string[]
  }) {
    const parts = [
      ...(facts.missing.length > 0 ? [`it lacks ${listNames(facts.missing)}`] : []),
      ...(facts.surplus.length > 0 ? [`there is no ${listNames(facts.surplus)} in the table`] : []),
    ]
    super(
      'MR_PLAN_INVALID',
      `The result does not fit table "${facts.table}": ${parts.join('; ')}.`,
      {
        remedy: 'Select the columns that the table has.',
      },
    )
  }
}

/** Adds the statement that writes `plan` to the program. */
export function writeInto(
  app: AppContext,
  plan: PlanNode,
  target: ConnectorSpec | string,
  options: IntoOptions,
): void {
  const table =
    typeof target === 'string' ? findTable(app, target) : newTable(app, plan, target, options)
  app.sinks.push(createSink(fitColumns(app, plan, table), table))
}

function findTable(app: AppContext, name: string): TableDescriptor {
  const found = app.catalog.find(pathOf(name))
  if (found?.sink) return found.sink
  const known = app.catalog.names().filter(n => app.catalog.find(pathOf(n))?.sink)
  throw new UnknownTableError({ name, known })
}

function newTable(
  app: AppContext,
  plan: PlanNode,
  spec: ConnectorSpec,
  { name, primaryKey = [] }: IntoOptions,
): TableDescriptor {
  const schema: Schema = plan.schema.map(c => ({ ...c, type: withoutAttribute(c.type) }))
  const sinkName = app.freeName(name ?? spec.name ?? spec.connector)
  return describeTable(app, { name: sinkName, spec, schema, primaryKey })
}

/** Brings the result's columns, by name, into the table's order and types; a nullable column may be left out. */
function fitColumns(app: AppContext, plan: PlanNode, table: TableDescriptor): PlanNode {
  const given = plan.schema.map(c => c.name)
  const wanted = table.schema.map(c => c.name)
  const missing = table.schema.filter(c => !given.includes(c.name) && !c.type.nullable)
  const surplus = given.filter(name => !wanted.includes(name))
  if (missing.length > 0 || surplus.length > 0)
    throw new ColumnMismatchError({
      table: table.name,
      missing: missing.map(c => c.name),
      surplus,
    })
  const columns = table.schema.map(({ name, type }) => {
    const index = given.indexOf(name)
    const expression =
      index < 0
        ? { kind: 'literal' as const, type, value: null }
        : coerce(app.environment, columnAt(plan, index), type)
    return { name, expression, isKept: expression.kind === 'column' ? expression.index : -1 }
  })
  const isSame = columns.length === given.length && columns.every((c, i) => c.isKept === i)
  if (isSame) return plan
  return createProject(
    plan,
    columns.map(({ name, expression }) => ({ name, expression })),
  )
}

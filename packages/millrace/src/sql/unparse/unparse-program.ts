// A program as a script: its tables, then what is written to them.

import type { FunctionRegistry } from '../../functions/registry.ts'
import { inputsOf } from '../../plan/children.ts'
import type { PlanNode, PlanNodeOf, SinkNode } from '../../plan/node.ts'
import { printPlan } from '../../plan/print-plan.ts'
import { withNullable, withoutAttribute } from '../../types/data-type.ts'
import type { TableDescriptor } from '../../types/table-descriptor.ts'
import type { ColumnDefinition, CreateTable } from '../ast/statement.ts'
import { RESULT_TABLE } from '../../plan/result-sink.ts'
import { printQuery, printStatement } from '../print-sql.ts'
import { printName } from '../printer/print-name.ts'
import { NoSqlError } from './no-sql-error.ts'
import { columnRef, identifier, NOWHERE as span } from './syntax.ts'
import { unparse } from './unparse-expression.ts'
import { unparsePlan } from './unparse-plan.ts'

/**
 * The statements of a program as Flink SQL: CREATE TABLE for all that it reads and writes, INSERTs as one set. What SQL cannot say
 * becomes a comment with the reason in place of its statement.
 */
export function unparseProgram(sinks: readonly SinkNode[], functions: FunctionRegistry): string {
  const tables = new DeclaredTables(sinks)
  const statements = sinks.map(sink => statementOf(sink, tables, functions))
  const inserts = statements.filter(s => s.isInsert)
  const texts = [
    ...tables.all.map(t => attempt(() => `${printStatement(declarationOf(t, functions))};`)),
    ...sinks.flatMap(({ table }) =>
      table.name === RESULT_TABLE || tables.has(table)
        ? []
        : [
            attempt(
              () => `${printStatement(declarationOf({ name: table.name, table }, functions))};`,
            ),
          ],
    ),
    ...(inserts.length > 1
      ? [`EXECUTE STATEMENT SET BEGIN\n${inserts.map(s => s.text).join('\n')}\nEND;`]
      : inserts.map(s => s.text)),
    ...statements.filter(s => !s.isInsert).map(s => s.text),
  ]
  return [...new Set(texts)].join('\n')
}

function statementOf(sink: SinkNode, tables: DeclaredTables, functions: FunctionRegistry) {
  try {
    const query = unparsePlan(sink.input, { functions, nameOf: node => tables.nameOf(node) })
    const text = printQuery(query)
    const isInsert = sink.table.name !== RESULT_TABLE
    return {
      text: isInsert
        ? `INSERT ${sink.overwrite ? 'OVERWRITE' : 'INTO'} ${nameText(sink.table.name)}\n${text}${conflictText(sink)};`
        : `${text};`,
      isInsert,
    }
  } catch (error) {
    return { text: comment(error), isInsert: false }
  }
}

const conflictText = ({ onConflict }: SinkNode): string =>
  onConflict ? `\nON CONFLICT DO ${onConflict.toUpperCase()}` : ''

function attempt(print: () => string): string {
  try {
    return print()
  } catch (error) {
    return comment(error)
  }
}

function comment(error: unknown): string {
  if (error instanceof NoSqlError) return `-- ${error.message} ${error.remedy ?? ''}`.trimEnd()
  throw error
}

const nameText = (name: string): string => name.split('.').map(printName).join('.')

/** A table as it is read: with its computed columns and its watermark. */
interface DeclaredTable {
  readonly name: string
  readonly table: TableDescriptor
  readonly computed?: PlanNodeOf<'project'>
  readonly watermark?: PlanNodeOf<'watermark'>
}

/** The tables that plans read; one that is read with different watermarks has as many names. */
class DeclaredTables {
  readonly all: DeclaredTable[] = []
  readonly #nameOf = new Map<PlanNode, string>()
  readonly #nameOfText = new Map<string, string>()

  constructor(sinks: readonly SinkNode[]) {
    for (const sink of sinks) this.#visit(sink)
  }

  nameOf(node: PlanNode): string | undefined {
    return this.#nameOf.get(node)
  }

  has(table: TableDescriptor): boolean {
    return this.all.some(t => t.table === table)
  }

  #visit(node: PlanNode): void {
    if (this.#nameOf.has(node)) return
    const declared = declaredTable(node)
    if (!declared) {
      for (const input of inputsOf(node)) this.#visit(input)
      return
    }
    const text = `${declared.table.name}\n${printPlan(node)}`
    const known = this.#nameOfText.get(text)
    const name = known ?? this.#freeName(declared.table.name)
    if (known === undefined) this.all.push({ ...declared, name })
    this.#nameOfText.set(text, name)
    this.#nameOf.set(node, name)
  }

  #freeName(base: string): string {
    let name = base
    for (let n = 2; this.all.some(t => t.name === name); n++) name = `${base}_${n}`
    return name
  }
}

/** The table that a node stands for, as DDL makes its plan; undefined when more is done to it. */
function declaredTable(node: PlanNode): Omit<DeclaredTable, 'name'> | undefined {
  if (node.kind === 'watermark') {
    const below = node.input.kind === 'watermark' ? undefined : declaredTable(node.input)
    return below && { ...below, watermark: node }
  }
  if (node.kind === 'project') {
    const below = node.input.kind === 'scan' ? declaredTable(node.input) : undefined
    const width = node.input.schema.length
    const isDeclared =
      node.columns.length > width &&
      node.columns.slice(0, width).every(({ name, expression: e }, i) => {
        const own = e.kind === 'column' && e.index === i
        return own && name === node.input.schema[i]?.name
      })
    return below && isDeclared ? { ...below, computed: node } : undefined
  }
  if (node.kind !== 'scan' || node.columns.length !== node.table.schema.length) return undefined
  return { table: node.table }
}

function declarationOf(declared: DeclaredTable, functions: FunctionRegistry): CreateTable {
  const { name, table, computed, watermark } = declared
  const { schema, metadata, primaryKey, options, partitionedBy = [] } = table
  const named = (at: number) => identifier(schema[at]?.name ?? '')
  const physical = schema.map((c, i): ColumnDefinition => {
    const key = metadata.get(i)
    // Keys are NOT NULL by themselves.
    const type = withoutAttribute(primaryKey.includes(i) ? withNullable(c.type, false) : c.type)
    const common = { name: identifier(c.name), comment: undefined, span }
    if (key === undefined) return { kind: 'physical', type, ...common }
    return {
      kind: 'metadata',
      type,
      from: key === c.name ? undefined : key,
      virtual: false,
      ...common,
    }
  })
  const contextOf = (names: readonly { readonly name: string }[]) => ({
    columns: names.map(c => columnRef(c.name)),
    functions,
  })
  const added = (computed?.columns.slice(schema.length) ?? []).map(
    (c): ColumnDefinition => ({
      kind: 'computed',
      name: identifier(c.name),
      comment: undefined,
      expression: unparse(c.expression, contextOf(schema)),
      span,
    }),
  )
  const timed = watermark && {
    column: [identifier(watermark.input.schema[watermark.column]?.name ?? '')],
    expression: unparse(watermark.watermark, contextOf(watermark.input.schema)),
    span,
  }
  return {
    kind: 'create-table',
    name: name.split('.').map(identifier),
    columns: [...physical, ...added],
    watermarks: timed ? [timed] : [],
    primaryKey: primaryKey.length > 0 ? primaryKey.map(named) : undefined,
    columnNames: [],
    comment: undefined,
    distribution: undefined,
    partitionedBy: partitionedBy.map(named),
    options: [...options].map(([key, value]) => ({ key, value, span })),
    like: undefined,
    as: undefined,
    replace: false,
    temporary: false,
    ifNotExists: false,
    span,
  }
}

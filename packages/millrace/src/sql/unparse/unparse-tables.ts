// The tables that plans read back to CREATE TABLE.

import type { FunctionRegistry } from '../../functions/registry.ts'
import { inputsOf } from '../../plan/children.ts'
import type { PlanNode, PlanNodeOf, SinkNode } from '../../plan/node.ts'
import { printPlan } from '../../plan/print-plan.ts'
import { withNullable, withoutAttribute } from '../../types/data-type.ts'
import type { TableDescriptor } from '../../types/table-descriptor.ts'
import type { ColumnDefinition, CreateTable } from '../ast/statement.ts'
import { columnRef, identifier, NOWHERE as span } from './syntax.ts'
import { unparse } from './unparse-expression.ts'

/** A table as it is read: with its computed columns and its watermark. */
export interface DeclaredTable {
  readonly name: string
  readonly table: TableDescriptor
  readonly computed?: PlanNodeOf<'project'>
  readonly watermark?: PlanNodeOf<'watermark'>
  /** The same as a sink of the program has it: without metadata that is only read. */
  readonly written?: TableDescriptor
}

/** The tables that plans read; one that is read with different watermarks or options has as many names. */
export class DeclaredTables {
  readonly all: DeclaredTable[] = []
  readonly #nameOf = new Map<PlanNode, string>()
  readonly #nameOfText = new Map<string, string>()

  constructor(sinks: readonly SinkNode[]) {
    for (const sink of sinks) this.#visit(sink)
    for (const [i, declared] of this.all.entries()) {
      const written = sinks.find(({ table }) => isWrittenAs(declared, table))?.table
      if (written) this.all[i] = { ...declared, written }
    }
  }

  nameOf(node: PlanNode): string | undefined {
    return this.#nameOf.get(node)
  }

  has(table: TableDescriptor): boolean {
    return this.all.some(t => t.table === table || t.written === table)
  }

  #visit(node: PlanNode): void {
    if (this.#nameOf.has(node)) return
    const declared = declaredTable(node)
    if (!declared) {
      for (const input of inputsOf(node)) this.#visit(input)
      return
    }
    const { table } = declared
    const text = JSON.stringify([table.name, [...table.options], printPlan(node)])
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

/** Whether a sink's table is the one that is read: it may lack columns of metadata. */
function isWrittenAs({ name, table: read }: DeclaredTable, table: TableDescriptor): boolean {
  const kept = read.schema.filter((c, i) => {
    return !read.metadata.has(i) || table.schema.some(w => w.name === c.name)
  })
  return (
    table.name === name &&
    JSON.stringify([...table.options]) === JSON.stringify([...read.options]) &&
    JSON.stringify(table.schema.map(c => c.name)) === JSON.stringify(kept.map(c => c.name))
  )
}

/** The table that a node stands for, as DDL makes its plan; undefined when more is done to it. */
function declaredTable(node: PlanNode): Omit<DeclaredTable, 'name'> | undefined {
  if (node.kind !== 'watermark') return scannedTable(node)
  const below = scannedTable(node.input) ?? computedTable(node.input)
  return below && { ...below, watermark: node }
}

function scannedTable(node: PlanNode): Omit<DeclaredTable, 'name'> | undefined {
  if (node.kind !== 'scan' || node.columns.length !== node.table.schema.length) return undefined
  return { table: node.table }
}

/** All columns of a table and more: under a watermark, for which they must be the table's own. */
function computedTable(node: PlanNode): Omit<DeclaredTable, 'name'> | undefined {
  if (node.kind !== 'project') return undefined
  const below = scannedTable(node.input)
  const width = node.input.schema.length
  const isDeclared =
    node.columns.length > width &&
    node.columns.slice(0, width).every(({ name, expression: e }, i) => {
      const own = e.kind === 'column' && e.index === i
      return own && name === node.input.schema[i]?.name
    })
  return below && isDeclared ? { ...below, computed: node } : undefined
}

/** CREATE TABLE, as the connection and the plan have it. */
export function declarationOf(declared: DeclaredTable, functions: FunctionRegistry): CreateTable {
  const { name, table, computed, watermark, written } = declared
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
      virtual: written !== undefined && !written.schema.some(w => w.name === c.name),
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

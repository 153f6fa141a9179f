// What an operator's state consists of, as text: state of another layout cannot be read.

import {
  type DataType,
  formatType,
  isInteger,
  types,
  withNullable,
  withoutAttribute,
} from '../types/data-type.ts'
import type { Schema } from '../types/schema.ts'
import type { AggregateCall, Expression } from '../plan/expression.ts'
import type { ExecNode } from './exec-node.ts'

/** A column of rows that are stored. */
export interface StoredColumn {
  readonly name: string
  /** As far as it decides how values are stored. */
  readonly type: string
  /** Rows that were stored without it can have it. */
  readonly nullable: boolean
}

/** A table of an operator's state whose values begin with the rows of an input. */
export interface StoredRows {
  /** Its number among the operator's tables. */
  readonly table: number
  /** Types of the columns that lead its keys. */
  readonly keys: readonly string[]
  readonly columns: readonly StoredColumn[]
  /** How many further columns its values have. */
  readonly extras: number
}

/** What an operator stores. */
export interface StateLayout {
  /** For people, and to be compared where no rows are stored. */
  readonly text: string
  /** The functions whose values are stored beside rows. */
  readonly functions: string
  readonly rows: readonly StoredRows[]
}

/**
 * By operator id, of everything that is stored: a source's connector, by which its positions go, and the columns whose values
 * operators keep. Whether NULL is allowed is no part of it, nor are lengths; integers that are only aggregated may be widened.
 */
export function stateLayouts(roots: readonly ExecNode[]): ReadonlyMap<string, StateLayout> {
  const layouts = new Map<string, StateLayout>()
  const seen = new Set<ExecNode>()
  const visit = (node: ExecNode): void => {
    if (seen.has(node)) return
    seen.add(node)
    const text = layoutOf(node)
    if (text !== undefined)
      layouts.set(node.id, { text, functions: functionsIn(node), rows: storedRows(node) })
    node.inputs.forEach(visit)
  }
  roots.forEach(visit)
  return layouts
}

function layoutOf(node: ExecNode): string | undefined {
  switch (node.kind) {
    case 'source':
      return `connector ${node.table.connector}`
    case 'group-aggregate':
    case 'window-aggregate':
      return `${listOf(node.groupKeys.map(k => k.expression))} ${node.aggregates
        .map(a => describeCall(a, node.inputs[0]?.output === 'append'))
        .join(', ')}`
    case 'limit':
      return 'count'
    case 'process': {
      const state = Object.entries(node.process.state).map(([name, declared]) =>
        declared.kind === 'map'
          ? `${name} MAP<${describeType(declared.key)}, ${describeType(declared.value)}>`
          : `${name} ${declared.kind} ${describeType(declared.type)}`,
      )
      return `${listOf(node.groupKeys)} ${state.join(', ')}`
    }
    case 'values':
    case 'calc':
    case 'watermark':
    case 'union':
    case 'unnest':
    case 'processing-clock':
    case 'window-assign':
    case 'late-rows':
    case 'lookup-join':
    case 'key-lookup-join':
    case 'side-output':
    case 'sink':
      return undefined
    default:
      return node.inputs.map(i => describeSchema(i.schema)).join(' and ')
  }
}

/** A table without rows, by the keys of one that has them. */
const keyedBy = (table: number, keys: readonly DataType[]): StoredRows => ({
  table,
  keys: keys.map(describeType),
  columns: [],
  extras: 0,
})

/** Widened arguments give values that are stored as they were. */
function functionsIn(node: ExecNode): string {
  if (node.kind !== 'over') return ''
  return [...node.calls, ...node.positions]
    .map(
      c =>
        `${c.function}(${c.args.map(a => describeType(a.type).replace(/^(?:TINY|SMALL|BIG)?INT$/, 'INTEGER')).join(', ')})`,
    )
    .join(', ')
}

/** The tables of rows that each operator has, as its class lays them out. */
function storedRows(node: ExecNode): readonly StoredRows[] {
  const rowsOf = (input: number, keys: readonly DataType[], extras = 0, table = input) => ({
    table,
    keys: keys.map(describeType),
    columns: (node.inputs[input]?.schema ?? []).map(c => ({
      name: c.name,
      type: describeType(c.type),
      nullable: c.type.nullable,
    })),
    extras,
  })
  const typesOf = (expressions: readonly Expression[]) => expressions.map(e => e.type)
  const typesAt = (columns: readonly number[]) =>
    columns.map(i => node.inputs[0]?.schema[i]?.type ?? types.null)
  switch (node.kind) {
    case 'join':
    case 'interval-join':
    case 'temporal-join':
    case 'window-join': {
      const extras = { join: 2, 'interval-join': 1, 'temporal-join': 1, 'window-join': 0 }[
        node.kind
      ]
      return [
        rowsOf(0, typesOf(node.equi.map(k => k.left)), extras),
        rowsOf(1, typesOf(node.equi.map(k => k.right)), extras),
      ]
    }
    case 'rank':
    case 'window-rank':
      return [rowsOf(0, typesOf(node.partition))]
    case 'deduplicate':
      return [rowsOf(0, typesOf(node.partition), 2)]
    case 'match': {
      const keys = typesOf(node.partition)
      return [rowsOf(0, keys, 1), keyedBy(1, keys), keyedBy(2, keys)]
    }
    case 'over': {
      const keys = typesOf(node.partition)
      if (node.by === 'whole-result') return [rowsOf(0, [])]
      if (node.by === 'values') return [rowsOf(0, keys)]
      // With a table of what was aggregated of each partition.
      return [rowsOf(0, keys, 1), keyedBy(1, keys)]
    }
    case 'session-window':
      return [rowsOf(0, typesAt(node.partition), node.inputs[0]?.output === 'append' ? 0 : 1)]
    case 'normalize':
      return [rowsOf(0, typesAt(node.key))]
    case 'materialize':
      return node.onConflict === 'deduplicate'
        ? [rowsOf(0, typesAt(node.sinkKey))]
        : [rowsOf(0, typesAt(node.sinkKey), 3), rowsOf(0, typesAt(node.sinkKey), 0, 1)]
    case 'sort':
    case 'finalize':
      return [rowsOf(0, [])]
    default:
      return []
  }
}

const describeSchema = (schema: Schema): string =>
  `(${schema.map(c => `${c.name} ${describeType(c.type)}`).join(', ')})`

const listOf = (expressions: readonly Expression[]): string =>
  `(${expressions.map(e => describeType(e.type)).join(', ')})`

/** Values that may have to be told apart or taken back are kept as they are. */
function describeCall(
  { function: name, args, distinct }: AggregateCall,
  isAppend: boolean,
): string {
  const isSummed = isAppend && !distinct
  const described = args.map(({ type }) =>
    isSummed && isInteger(type) ? 'INTEGER' : describeType(type),
  )
  return `${name}(${described.join(', ')})`
}

/** As far as it decides how values are stored. */
function describeType(type: DataType): string {
  const plain = withoutAttribute(withNullable(type, true))
  switch (plain.kind) {
    case 'char':
    case 'varchar':
      return formatType(types.string)
    case 'binary':
    case 'varbinary':
      return formatType(types.bytes)
    case 'array':
    case 'multiset':
      return `${plain.kind.toUpperCase()}<${describeType(plain.element)}>`
    case 'map':
      return `MAP<${describeType(plain.key)}, ${describeType(plain.value)}>`
    case 'row':
      return `ROW<${plain.fields.map(f => `${f.name} ${describeType(f.type)}`).join(', ')}>`
    default:
      return formatType(plain)
  }
}

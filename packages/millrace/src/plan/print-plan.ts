// Logical plans as indented text: what explain() shows and tests compare.

import { formatSchema, type Schema } from '../types/schema.ts'
import { formatDuration } from '../types/duration.ts'
import { inputsOf } from './children.ts'
import type { Expression, NamedExpression } from './expression.ts'
import type {
  FrameBound,
  OverNode,
  PlanNode,
  RankNode,
  ScanNode,
  ValuesNode,
  LateRowsNode,
  WindowNode,
} from './node.ts'
import { printLookupHint } from './lookup-hint.ts'
import { printAggregate, printExpression, printSortKey } from './print-expression.ts'
import { printMatch } from './match/print-match.ts'
import { printLiteral } from './print-literal.ts'
import type { PlanVisitor } from './visit.ts'
import { visitNode } from './visit.ts'

export interface PrintPlanOptions {
  /** Appends each node's columns with their types. */
  readonly schemas?: boolean
  /** Appended to a node's line, such as its changelog mode. */
  readonly note?: (node: PlanNode) => string | undefined
}

/**
 * A plan as text: one line a node, inputs indented by two spaces below it.
 *
 * Columns go by the names of the input's schema, so that a typed program and its SQL twin give the same text.
 */
export function printPlan(node: PlanNode, options: PrintPlanOptions = {}): string {
  const lines: string[] = []
  printInto(lines, node, '', options)
  return lines.join('\n')
}

function printInto(
  lines: string[],
  node: PlanNode,
  indent: string,
  options: PrintPlanOptions,
): void {
  const note = options.note?.(node)
  const schema = options.schemas ? ` :: ${formatSchema(node.schema)}` : ''
  lines.push(`${indent}${printNode(node)}${schema}${note ? `  [${note}]` : ''}`)
  for (const input of inputsOf(node)) printInto(lines, input, `${indent}  `, options)
}

/** One node without its inputs. */
export function printNode(node: PlanNode): string {
  return visitNode(node, PRINT)
}

/** The names by which a node's expressions print its input columns; those that repeat get their side or position. */
export function inputNames(node: PlanNode): readonly string[] {
  const inputs = node.kind === 'union' ? node.inputs.slice(0, 1) : inputsOf(node)
  const count = new Map<string, number>()
  for (const input of inputs)
    for (const { name } of input.schema) count.set(name, (count.get(name) ?? 0) + 1)
  const sides = inputs.length === 2 ? ['left.', 'right.'] : ['']
  return inputs.flatMap((input, side) =>
    input.schema.map(({ name }, i) => {
      if (count.get(name) === 1) return name
      const own = input.schema.filter(c => c.name === name).length
      return `${sides[side]}${name}${own > 1 ? `#${i}` : ''}`
    }),
  )
}

const list = (expressions: readonly Expression[], names: readonly string[]): string =>
  expressions.map(e => printExpression(e, names)).join(', ')

function printNamed(named: NamedExpression, names: readonly string[]): string {
  const text = printExpression(named.expression, names)
  return text === named.name ? text : `${text} AS ${named.name}`
}

/** How long state is kept. */
const printTtl = (ms: number | undefined): string =>
  ms === undefined ? 'as set' : ms === 0 ? 'for ever' : `for ${formatDuration(ms)}`

const PRINT: PlanVisitor<string> = {
  scan: printScan,
  values: printValues,
  filter: node => `Filter ${printExpression(node.condition, inputNames(node))}`,
  project: node => {
    const names = inputNames(node)
    return `Project ${node.columns.map(c => printNamed(c, names)).join(', ')}`
  },
  watermark: node => {
    const names = inputNames(node)
    return `Watermark ${names[node.column]} AS ${printExpression(node.watermark, names)}`
  },
  window: node => `Window ${printWindow(node)}`,
  'late-rows': node => `LateRows ${printWindow(node)}`,
  aggregate: node => {
    const names = inputNames(node)
    const calls = node.aggregates.map(a => {
      const text = printAggregate(a, names)
      return text === a.name ? text : `${text} AS ${a.name}`
    })
    const keys = node.keys.map(k => printNamed(k, names))
    const sets = node.groupingSets?.map(
      set => `(${set.map(i => node.keys[i]?.name ?? i).join(', ')})`,
    )
    return [
      'Aggregate',
      ...(keys.length > 0 ? [` by ${keys.join(', ')}`] : []),
      ...(sets ? [` sets (${sets.join(', ')})`] : []),
      ...(calls.length > 0 ? [`: ${calls.join(', ')}`] : []),
      ...(node.stateTtlMs === undefined ? [] : [`, state ${printTtl(node.stateTtlMs)}`]),
    ].join('')
  },
  join: node => {
    const condition = printExpression(node.condition, inputNames(node))
    const ttl = node.stateTtlMs ? `, state ${node.stateTtlMs.map(printTtl).join(' and ')}` : ''
    return `Join ${node.join} on ${condition}${ttl}`
  },
  'temporal-join': node => {
    const names = inputNames(node)
    const condition = printExpression(node.condition, names)
    if (node.rightTimeColumn < 0)
      return `Lookup join ${node.join} on ${condition}${printLookupHint(node.lookup)}`
    return `Temporal join ${node.join} as of ${names[node.timeColumn]} on ${condition}`
  },
  unnest: node =>
    `Unnest ${node.join} ${printExpression(node.collection, inputNames(node))}${
      node.withOrdinality ? ' with ordinality' : ''
    }`,
  rank: printRank,
  over: printOver,
  match: printMatch,
  sort: node => {
    const names = inputNames(node)
    return [
      node.order.length > 0 ? 'Sort' : 'Limit',
      ...(node.order.length > 0
        ? [` by ${node.order.map(k => printSortKey(k, names)).join(', ')}`]
        : []),
      ...(node.limit !== undefined
        ? [node.order.length > 0 ? ` limit ${node.limit}` : ` ${node.limit}`]
        : []),
      ...(node.offset > 0 ? [` offset ${node.offset}`] : []),
    ].join('')
  },
  union: () => 'Union all',
  'set-operation': node =>
    `${node.operation === 'except' ? 'Except' : 'Intersect'}${node.all ? ' all' : ''}`,
  process: node => {
    const names = inputNames(node)
    const { process } = node
    const reads = process.reads?.map(i => names[i]).join(', ')
    const state = Object.entries(process.state).map(([name, s]) => `${name} ${s.kind}`)
    return [
      `Process ${process.name}`,
      ...(node.keys.length > 0 ? [` by ${list(node.keys, names)}`] : []),
      ` reads ${reads === undefined ? '*' : `(${reads})`}`,
      ...(state.length > 0 ? [` state (${state.join(', ')})`] : []),
      ...(node.output === 'main' ? [] : [` output ${node.output}`]),
    ].join('')
  },
  sink: node =>
    `Sink ${node.table.name}${node.overwrite ? ' overwrite' : ''}${node.onConflict ? ` on conflict do ${node.onConflict}` : ''}`,
}

function printScan(node: ScanNode): string {
  const columns = node.schema.flatMap(({ name }, i) => {
    const paths = node.reads?.[i]
    return paths === undefined || paths.some(p => p.length === 0)
      ? [name]
      : paths.map(path => [name, ...path].join('.'))
  })
  const names = node.table.schema.map(c => c.name)
  const partitions = node.partitions ? ` partitions ${printExpression(node.partitions, names)}` : ''
  return `Scan ${node.table.name} (${columns.join(', ')})${partitions}`
}

/** Rows beyond this many are only counted. */
const SHOWN_ROWS = 5

function printValues(node: ValuesNode): string {
  const rows = node.rows
    .slice(0, SHOWN_ROWS)
    .map(row => `(${printRow(node.schema, row).join(', ')})`)
  const more = node.rows.length - SHOWN_ROWS
  return `Values ${rows.join(', ')}${more > 0 ? ` and ${more} more` : ''}`.trimEnd()
}

const printRow = (schema: Schema, row: readonly unknown[]): string[] =>
  schema.map((c, i) => printLiteral((row[i] ?? null) as never, c.type))

function printWindow(node: WindowNode | LateRowsNode): string {
  const names = inputNames(node)
  const time = names[node.timeColumn]
  const { window } = node
  switch (window.kind) {
    case 'tumble':
      return `tumble(${time}, ${formatDuration(window.sizeMs)}${offset(window.offsetMs)})`
    case 'hop':
      return `hop(${time}, ${formatDuration(window.slideMs)}, ${formatDuration(window.sizeMs)}${offset(window.offsetMs)})`
    case 'cumulate':
      return `cumulate(${time}, ${formatDuration(window.stepMs)}, ${formatDuration(window.maxSizeMs)}${offset(window.offsetMs)})`
    default: {
      const by = window.partition.map(i => names[i]).join(', ')
      return `session(${time}, ${formatDuration(window.gapMs)}${by === '' ? '' : ` partition by ${by}`})`
    }
  }
}

const offset = (ms: number): string => (ms === 0 ? '' : `, offset ${formatDuration(ms)}`)

function printRank(node: RankNode): string {
  const names = inputNames(node)
  const order = node.order.map(k => printSortKey(k, names)).join(', ')
  const kept = node.from === node.to ? `= ${node.from}` : `in ${node.from}..${node.to}`
  const name = node.withRank ? ` AS ${node.schema.at(-1)?.name}` : ''
  const by = node.partition.length > 0 ? ` partition by ${list(node.partition, names)}` : ''
  return `Rank ${node.function}${by} order by ${order} keep ${kept}${name}`
}

function printOver(node: OverNode): string {
  const names = inputNames(node)
  const calls = [
    ...node.calls.map(c => `${printAggregate(c, names)} AS ${c.name}`),
    ...node.positions.map(p => `${p.function}(${list(p.args, names)}) AS ${p.name}`),
  ].join(', ')
  const by = node.partition.length > 0 ? ` partition by ${list(node.partition, names)}` : ''
  const order = node.order.map(k => printSortKey(k, names)).join(', ')
  const { unit, from, to } = node.frame
  const frame = `${unit} between ${printBound(from)} and ${printBound(to)}`
  return `Over${by}${order === '' ? '' : ` order by ${order}`} ${frame}: ${calls}`
}

function printBound(bound: FrameBound): string {
  return 'offset' in bound ? `${bound.offset} ${bound.kind}` : bound.kind.replace('-', ' ')
}

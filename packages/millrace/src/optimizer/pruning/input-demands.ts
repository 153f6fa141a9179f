// What a node reads of its inputs, given what is read of its own output.
//
// Besides what expressions read: time attributes (they order and close), keys of process functions, and the primary key that
// rows of a table carry into stateful nodes (deletions may hold nothing else).

import type { AggregateCall, Expression } from '../../plan/expression.ts'
import { aggregateExpressions, columnsRead, matchPartExpressions } from '../../plan/children.ts'
import type { MatchExpressions } from '../../plan/match.ts'
import type {
  AggregateNode,
  MatchNode,
  OverNode,
  PlanNode,
  ProcessNode,
  WindowSpec,
} from '../../plan/node.ts'
import { replaceColumns } from '../../plan/transform.ts'
import type { PlanVisitor } from '../../plan/visit.ts'
import { visitNode } from '../../plan/visit.ts'
import { isRowtime } from '../../types/data-type.ts'
import { ColumnDemand } from './column-demand.ts'

/** One demand per input, in the order of `inputsOf`. */
export function inputDemands(node: PlanNode, own: ColumnDemand): readonly ColumnDemand[] {
  return visitNode(node, DEMANDS, own)
}

/** Positions of the aggregates that are read; one at least where there is no key, for a row must come out. */
export function keptAggregates(node: AggregateNode, own: ColumnDemand): readonly number[] {
  if (node.groupingSets) return [...node.aggregates.keys()]
  const { length } = node.keys
  return keptCalls(node.aggregates, i => own.has(length + i), length === 0)
}

/** Positions of what is read among the calls, then the functions of positions; one at least: without any, late rows would stay. */
export function keptOverCalls(node: OverNode, own: ColumnDemand): readonly number[] {
  const { length } = node.input.schema
  return keptCalls([...node.calls, ...node.positions], i => own.has(length + i), true)
}

/** The calls and functions of positions at these positions. */
export function overCallsAt({ calls, positions }: OverNode, kept: readonly number[]) {
  return {
    calls: kept.flatMap(i => calls[i] ?? []),
    positions: kept.flatMap(i => positions[i - calls.length] ?? []),
  }
}

/** The measures that are read, over the parts that these need. */
export function keptMeasures(node: MatchNode, own: ColumnDemand): MatchExpressions {
  const { length } = node.partition
  const columns = node.measures.columns.filter((_, i) => own.has(length + i))
  const used = columnsRead(...columns.map(c => c.expression))
  const moved = (e: Expression): Expression =>
    replaceColumns(e, c => ({ ...c, index: used.indexOf(c.index) }))
  return {
    parts: used.flatMap(i => node.measures.parts[i] ?? []),
    columns: columns.map(c => ({ ...c, expression: moved(c.expression) })),
  }
}

function keptCalls(
  calls: readonly unknown[],
  isRead: (position: number) => boolean,
  atLeastOne: boolean,
): readonly number[] {
  const kept = [...calls.keys()].filter(isRead)
  return kept.length === 0 && atLeastOne && calls.length > 0 ? [0] : kept
}

/** The input columns that a process function gets: what it says it reads, else all. */
export function processReads(node: ProcessNode): readonly number[] {
  return node.process.reads ?? [...node.input.schema.keys()]
}

const everything = (node: PlanNode): ColumnDemand => {
  const demand = new ColumnDemand()
  demand.addAll(node.schema.keys())
  return demand
}

/** What an input must give: the columns of `own` that are its own, and what the expressions read. */
function passing(
  input: PlanNode,
  own: ColumnDemand,
  ...expressions: readonly Expression[]
): ColumnDemand {
  const demand = new ColumnDemand()
  demand.merge(own, { to: input.schema.length })
  for (const expression of expressions) demand.addExpression(expression)
  return demand
}

/** As {@link passing}, for a node that keeps rows. */
function keeping(
  input: PlanNode,
  own: ColumnDemand,
  ...expressions: readonly Expression[]
): ColumnDemand {
  const demand = passing(input, own, ...expressions)
  demand.addAll(primaryKeyOf(input))
  return demand
}

/** Columns that hold the primary key of the table whose rows pass here unchanged. */
function primaryKeyOf(node: PlanNode): readonly number[] {
  switch (node.kind) {
    case 'scan': {
      const key = node.table.primaryKey.map(k => node.columns.indexOf(k))
      return key.includes(-1) ? [] : key
    }
    case 'filter':
    case 'watermark':
    case 'window':
      return primaryKeyOf(node.input)
    case 'project': {
      const key = primaryKeyOf(node.input).map(k =>
        node.columns.findIndex(c => c.expression.kind === 'column' && c.expression.index === k),
      )
      return key.includes(-1) ? [] : key
    }
    default:
      return []
  }
}

/** Parts a demand and a condition over the columns of two sides. */
function sides(
  node: { readonly left: PlanNode; readonly right: PlanNode; readonly condition: Expression },
  own: ColumnDemand,
  leftOnly = false,
): readonly [left: ColumnDemand, right: ColumnDemand] {
  const both = new ColumnDemand()
  const width = node.left.schema.length
  both.merge(own, leftOnly ? { to: width } : {})
  both.addExpression(node.condition)
  const right = new ColumnDemand()
  right.merge(both, { from: width, offset: -width })
  right.addAll(primaryKeyOf(node.right))
  return [keeping(node.left, both), right]
}

function windowDemand(
  node: { readonly input: PlanNode; readonly timeColumn: number; readonly window: WindowSpec },
  own: ColumnDemand,
): readonly ColumnDemand[] {
  const demand = passing(node.input, own)
  demand.add(node.timeColumn)
  if (node.window.kind === 'session') demand.addAll(node.window.partition)
  return [demand]
}

const DEMANDS: PlanVisitor<readonly ColumnDemand[], [own: ColumnDemand]> = {
  scan: () => [],
  values: () => [],
  filter: (node, own) => [passing(node.input, own, node.condition)],
  project(node, own) {
    const demand = new ColumnDemand()
    node.columns.forEach(({ expression }, i) => {
      const wanted = own.of(i)
      if (wanted) demand.addExpression(expression, wanted)
    })
    return [demand]
  },
  watermark(node, own) {
    const demand = passing(node.input, own, node.watermark)
    demand.add(node.column)
    return [demand]
  },
  window: windowDemand,
  'late-rows': windowDemand,
  aggregate(node, own) {
    const calls = keptAggregates(node, own).flatMap(i =>
      aggregateExpressions(node.aggregates[i] as AggregateCall),
    )
    const keys = node.keys.map(k => k.expression)
    return [keeping(node.input, new ColumnDemand(), ...keys, ...calls)]
  },
  join: (node, own) => sides(node, own, node.join === 'semi' || node.join === 'anti'),
  'temporal-join'(node, own) {
    const [left, right] = sides(node, own)
    if (node.timeColumn >= 0) left.add(node.timeColumn)
    right.addAll(node.rightKey)
    if (node.rightTimeColumn >= 0) right.add(node.rightTimeColumn)
    return [left, right]
  },
  unnest: (node, own) => [passing(node.input, own, node.collection)],
  rank: (node, own) => [
    keeping(node.input, own, ...node.partition, ...node.order.map(k => k.expression)),
  ],
  over(node, own) {
    const { calls, positions } = overCallsAt(node, keptOverCalls(node, own))
    return [
      keeping(
        node.input,
        own,
        ...node.partition,
        ...node.order.map(k => k.expression),
        ...calls.flatMap(aggregateExpressions),
        ...positions.flatMap(p => p.args),
      ),
    ]
  },
  match(node, own) {
    const { parts } = keptMeasures(node, own)
    const conditions = node.definition.variables.flatMap(v => v.condition?.parts ?? [])
    return [
      keeping(
        node.input,
        new ColumnDemand(),
        ...node.partition,
        ...node.order.map(k => k.expression),
        ...[...parts, ...conditions].flatMap(matchPartExpressions),
      ),
    ]
  },
  sort: (node, own) => [keeping(node.input, own, ...node.order.map(k => k.expression))],
  union: (node, own) => node.inputs.map(input => passing(input, own)),
  'set-operation': node => [everything(node.left), everything(node.right)],
  process(node) {
    const demand = passing(node.input, new ColumnDemand(), ...node.keys)
    demand.addAll(processReads(node))
    const time = node.input.schema.findIndex(c => isRowtime(c.type))
    if (time >= 0) demand.add(time)
    return [demand]
  },
  sink: node => [everything(node.input)],
}

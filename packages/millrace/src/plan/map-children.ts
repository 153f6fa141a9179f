// Copies of nodes and expressions with something below them replaced. What does not change stays the same object.

import type {
  AggregateCall,
  Expression,
  NamedExpression,
  PositionCall,
  SortKey,
} from './expression.ts'
import type { MatchExpressions, MatchPart } from './match.ts'
import { mapMatchConditions, mapMatchParts } from './match.ts'
import type { PlanNode } from './node.ts'
import type { ExpressionVisitor, PlanVisitor } from './visit.ts'
import { visitExpression, visitNode } from './visit.ts'

export type MapNode = (node: PlanNode) => PlanNode
export type MapExpression = (expression: Expression) => Expression

/**
 * The node with each input replaced by `map(input)`; the node itself when none changes.
 *
 * `schema` is kept: a caller that changes an input's columns must rebuild the node with `create-node.ts` instead.
 */
export function mapInputs(node: PlanNode, map: MapNode): PlanNode {
  return visitNode(node, MAP_INPUTS, map)
}

const same = (node: PlanNode): PlanNode => node

function mapInput<N extends PlanNode & { readonly input: PlanNode }>(node: N, map: MapNode): N {
  const input = map(node.input)
  return input === node.input ? node : { ...node, input }
}

function mapSides<N extends PlanNode & { readonly left: PlanNode; readonly right: PlanNode }>(
  node: N,
  map: MapNode,
): N {
  const left = map(node.left)
  const right = map(node.right)
  return left === node.left && right === node.right ? node : { ...node, left, right }
}

const MAP_INPUTS: PlanVisitor<PlanNode, [map: MapNode]> = {
  scan: same,
  values: same,
  filter: mapInput,
  project: mapInput,
  watermark: mapInput,
  window: mapInput,
  'late-rows': mapInput,
  aggregate: mapInput,
  join: mapSides,
  'temporal-join': mapSides,
  unnest: mapInput,
  rank: mapInput,
  over: mapInput,
  match: mapInput,
  sort: mapInput,
  union: (node, map) => {
    const inputs = mapList(node.inputs, map)
    return inputs === node.inputs ? node : { ...node, inputs }
  },
  'set-operation': mapSides,
  process: mapInput,
  sink: mapInput,
}

/** The node with each of its own expressions replaced by `map(expression)`; its inputs stay. `schema` is kept. */
export function mapExpressions(node: PlanNode, map: MapExpression): PlanNode {
  return visitNode(node, MAP_EXPRESSIONS, map)
}

function mapCondition<N extends PlanNode & { readonly condition: Expression }>(
  node: N,
  map: MapExpression,
): N {
  const condition = map(node.condition)
  return condition === node.condition ? node : { ...node, condition }
}

const MAP_EXPRESSIONS: PlanVisitor<PlanNode, [map: MapExpression]> = {
  scan: same,
  values: same,
  filter: mapCondition,
  project: (node, map) => {
    const columns = mapList(node.columns, c => mapNamed(c, map))
    return columns === node.columns ? node : { ...node, columns }
  },
  watermark: (node, map) => {
    const watermark = map(node.watermark)
    return watermark === node.watermark ? node : { ...node, watermark }
  },
  window: same,
  'late-rows': same,
  aggregate: (node, map) => {
    const keys = mapList(node.keys, k => mapNamed(k, map))
    const aggregates = mapList(node.aggregates, a => mapAggregate(a, map))
    return keys === node.keys && aggregates === node.aggregates
      ? node
      : { ...node, keys, aggregates }
  },
  join: mapCondition,
  'temporal-join': mapCondition,
  unnest: (node, map) => {
    const collection = map(node.collection)
    return collection === node.collection ? node : { ...node, collection }
  },
  rank: (node, map) => {
    const partition = mapList(node.partition, map)
    const order = mapList(node.order, k => mapSortKey(k, map))
    return partition === node.partition && order === node.order
      ? node
      : { ...node, partition, order }
  },
  over: (node, map) => {
    const partition = mapList(node.partition, map)
    const order = mapList(node.order, k => mapSortKey(k, map))
    const calls = mapList(node.calls, a => mapAggregate(a, map))
    const positions = mapList(node.positions, p => mapPosition(p, map))
    const isSame =
      partition === node.partition &&
      order === node.order &&
      calls === node.calls &&
      positions === node.positions
    return isSame ? node : { ...node, partition, order, calls, positions }
  },
  match: (node, map) => {
    const partition = mapList(node.partition, map)
    const order = mapList(node.order, k => mapSortKey(k, map))
    const parts = (e: MatchExpressions) => mapMatchParts(e, part => mapPart(part, map))
    const definition = mapMatchConditions(node.definition, parts)
    const measures = parts(node.measures)
    const isSame =
      partition === node.partition &&
      order === node.order &&
      definition === node.definition &&
      measures === node.measures
    return isSame ? node : { ...node, partition, order, definition, measures }
  },
  sort: (node, map) => {
    const order = mapList(node.order, k => mapSortKey(k, map))
    return order === node.order ? node : { ...node, order }
  },
  union: same,
  'set-operation': same,
  process: (node, map) => {
    const keys = mapList(node.keys, map)
    return keys === node.keys ? node : { ...node, keys }
  },
  sink: same,
}

/** A part of a match with its expression over the input replaced. */
export function mapPart(part: MatchPart, map: MapExpression): MatchPart {
  if (part.kind === 'rowtime') return part
  if (part.kind === 'aggregate') {
    const call = mapAggregate(part.call, map)
    return call === part.call ? part : { ...part, call }
  }
  const value = map(part.value)
  return value === part.value ? part : { ...part, value }
}

/** The aggregate call with its arguments and filter replaced; its binding stays, so types must too. */
export function mapAggregate(call: AggregateCall, map: MapExpression): AggregateCall {
  const args = mapList(call.args, map)
  const filter = call.filter && map(call.filter)
  if (args === call.args && filter === call.filter) return call
  return filter ? { ...call, args, filter } : { ...call, args }
}

/** The call with its arguments replaced; its binding stays, so types must too. */
export function mapPosition(call: PositionCall, map: MapExpression): PositionCall {
  const args = mapList(call.args, map)
  return args === call.args ? call : { ...call, args }
}

function mapNamed(named: NamedExpression, map: MapExpression): NamedExpression {
  const expression = map(named.expression)
  return expression === named.expression ? named : { ...named, expression }
}

function mapSortKey(key: SortKey, map: MapExpression): SortKey {
  const expression = map(key.expression)
  return expression === key.expression ? key : { ...key, expression }
}

/** The expression with each direct child replaced by `map(child)`; types are kept. */
export function mapChildren(expression: Expression, map: MapExpression): Expression {
  return visitExpression(expression, MAP_CHILDREN, map)
}

const MAP_CHILDREN: ExpressionVisitor<Expression, [map: MapExpression]> = {
  literal: e => e,
  column: e => e,
  call: mapArgs,
  logical: mapArgs,
  case: (e, map) => {
    const branches = mapList(e.branches, branch => {
      const when = map(branch.when)
      const then = map(branch.then)
      return when === branch.when && then === branch.then ? branch : { when, then }
    })
    const otherwise = map(e.otherwise)
    return branches === e.branches && otherwise === e.otherwise ? e : { ...e, branches, otherwise }
  },
  cast: mapArg,
  field: mapArg,
}

function mapArgs<E extends Expression & { readonly args: readonly Expression[] }>(
  expression: E,
  map: MapExpression,
): E {
  const args = mapList(expression.args, map)
  return args === expression.args ? expression : { ...expression, args }
}

function mapArg<E extends Expression & { readonly arg: Expression }>(
  expression: E,
  map: MapExpression,
): E {
  const arg = map(expression.arg)
  return arg === expression.arg ? expression : { ...expression, arg }
}

/** `list.map(map)`, or `list` itself when no item changes. */
function mapList<T>(list: readonly T[], map: (item: T) => T): readonly T[] {
  const mapped = list.map(map)
  return mapped.every((item, i) => item === list[i]) ? list : mapped
}

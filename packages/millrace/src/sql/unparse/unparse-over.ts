// OVER calls of the plan back to syntax.

import type { FrameBound as PlanBound, OverNode, RankNode } from '../../plan/node.ts'
import { isNumeric } from '../../types/data-type.ts'
import type { Expression, FrameBound, WindowSpec } from '../ast/expression.ts'
import type { Block, BlockColumn } from './block.ts'
import { callOf, NOWHERE as span, number } from './syntax.ts'
import {
  intervalOf,
  unparse,
  unparseAggregate,
  unparseSortKey,
  type UnparseContext,
} from './unparse-expression.ts'

type Windowed = Pick<OverNode, 'partition' | 'order'>

function windowOf(node: Windowed, context: UnparseContext): WindowSpec {
  return {
    kind: 'window',
    name: undefined,
    partitionBy: node.partition.map(e => unparse(e, context)),
    orderBy: node.order.map(k => unparseSortKey(k, context)),
    frame: undefined,
    span,
  }
}

/** `ROW_NUMBER() OVER (PARTITION BY … ORDER BY …)` */
export const unparseRankCall = (node: RankNode, context: UnparseContext): Expression =>
  callOf(node.function.toUpperCase(), [], { over: windowOf(node, context) })

/** The input's columns and one for each call. */
export function unparseOver(
  node: OverNode,
  columns: readonly BlockColumn[],
  context: UnparseContext,
): Pick<Block, 'columns' | 'isComputed'> {
  const { unit, from, to } = node.frame
  const type = node.order[0]?.expression.type
  const distance = unit === 'rows' || (type && isNumeric(type)) ? number : intervalOf
  const frame = {
    unit: unit === 'rows' ? 'ROWS' : 'RANGE',
    start: boundOf(from, distance),
    end: boundOf(to, distance),
  } as const
  // Without an order there is one frame, the partition, which SQL does not let one say.
  const over = { ...windowOf(node, context), ...(node.order.length > 0 ? { frame } : {}) }
  const calls = node.calls.map(call => {
    const aggregate = unparseAggregate(call, context)
    const expression = aggregate.kind === 'call' ? { ...aggregate, over } : aggregate
    return { name: call.name, expression }
  })
  const positions = node.positions.map(call => ({
    name: call.name,
    expression: callOf(
      call.function,
      call.args.map(a => unparse(a, context)),
      { over: windowOf(node, context) },
    ),
  }))
  return { columns: [...columns, ...calls, ...positions], isComputed: true }
}

/** @param distance writes how far it is: a number, or an interval of ms */
function boundOf(bound: PlanBound, distance: (size: number) => Expression): FrameBound {
  const kind = bound.kind.replace('-', ' ').toUpperCase() as FrameBound['kind']
  if (!('offset' in bound)) return { kind }
  return { kind, offset: distance(bound.offset) }
}

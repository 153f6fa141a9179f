// Aggregations of the plan back to GROUP BY, and GROUPING where rows are told apart by their sets.

import { childrenOf } from '../../plan/children.ts'
import type { Expression as Bound } from '../../plan/expression.ts'
import { groupingBits } from '../../plan/compose/grouping-sets.ts'
import type { PlanNode, PlanNodeOf } from '../../plan/node.ts'
import { structureOf } from '../../plan/structure-of.ts'
import { types } from '../../types/data-type.ts'
import type { Expression } from '../ast/expression.ts'
import type { GroupItem } from '../ast/query.ts'
import type { Block, BlockColumn } from './block.ts'
import { callOf, NOWHERE as span, number } from './syntax.ts'
import { ttlHint } from './hints.ts'
import { unparse, unparseAggregate, type UnparseContext } from './unparse-expression.ts'
import { oddWindow, unparseGroupWindow } from './unparse-group-window.ts'
import type { PlanUnparser } from './unparse-plan.ts'

type Aggregate = PlanNodeOf<'aggregate'>

export function unparseGroups(unparser: PlanUnparser, node: Aggregate): Block {
  const window = oddWindow(node)
  if (window) return unparseGroupWindow(unparser, node, window)
  const { stateTtlMs } = node
  const block = unparser.unorderedInput(node.input)
  const input = stateTtlMs !== undefined && !aliasOfBlock(block) ? unparser.derived(block) : block
  const alias = aliasOfBlock(input)
  const context = unparser.context(input.columns)
  const keys = node.keys.map(k => ({ name: k.name, expression: unparse(k.expression, context) }))
  const calls = node.aggregates.map(c => ({
    name: c.name,
    expression: unparseAggregate(c, context),
  }))
  const hints = stateTtlMs !== undefined && alias !== undefined ? [ttlHint(alias, stateTtlMs)] : []
  return {
    ...input,
    columns: [...keys, ...calls, ...groupingColumn(node, keys)],
    isComputed: true,
    ...(keys.length > 0 || node.groupingSets ? { groupBy: groupsOf(node, keys) } : {}),
    hints: [...(input.hints ?? []), ...hints],
  }
}

/** The name by which a hint knows what is aggregated. */
function aliasOfBlock({ from }: Block): string | undefined {
  return from && 'alias' in from ? from.alias?.name.name : undefined
}

/**
 * A projection of grouping sets, filtered or not, in the SELECT itself: it reads the number of the set by GROUPING alone.
 * `undefined`: it is none.
 */
export function unparseGrouping(
  unparser: PlanUnparser,
  node: PlanNodeOf<'project'>,
): Block | undefined {
  const filter = node.input.kind === 'filter' ? node.input : undefined
  const input = wholeAggregate(filter ? filter.input : node.input)
  if (!input?.groupingSets) return undefined
  const bits = bitsOf(unparser, input)
  const id = input.schema.length - 1
  const expressions = node.columns.map(c => c.expression)
  const all = filter ? [filter.condition, ...expressions] : expressions
  const readsId = all.some(e =>
    [...walkOutside(e, bits)].some(part => part.kind === 'column' && part.index === id),
  )
  if (readsId) return undefined
  const block = unparseGroups(unparser, input)
  const replace = (e: Bound): Expression | undefined => {
    const key = bits.get(structureOf(e))
    const column = key === undefined ? undefined : block.columns[key]
    return column && callOf('GROUPING', [column.expression])
  }
  const context: UnparseContext = { ...unparser.context(block.columns), replace }
  const columns = node.columns.map(({ name, expression }) => ({
    name,
    expression: unparse(expression, context),
  }))
  return { ...block, columns, ...(filter && { having: unparse(filter.condition, context) }) }
}

/** GROUPING SETS of which some are given twice: a union of aggregations in the plan. `undefined`: another union. */
export function unparseRepeatedSets(
  unparser: PlanUnparser,
  node: PlanNodeOf<'union'>,
): Block | undefined {
  const whole = wholeAggregate(node)
  return whole && unparseGroups(unparser, whole)
}

/** The aggregation that a node is, with all the sets that it was given. */
function wholeAggregate(node: PlanNode): Aggregate | undefined {
  if (node.kind === 'aggregate') return node
  if (node.kind !== 'union') return undefined
  const parts = node.inputs.flatMap(input => (input.kind === 'aggregate' ? [input] : []))
  const [first] = parts
  const isOne =
    parts.length === node.inputs.length &&
    parts.every(
      part =>
        part.groupingSets &&
        part.input === first?.input &&
        part.keys === first.keys &&
        part.aggregates === first.aggregates,
    )
  if (!first || !isOne) return undefined
  return { ...first, groupingSets: parts.flatMap(part => part.groupingSets ?? []) }
}

/** What GROUPING of each key is in the plan. */
function bitsOf(unparser: PlanUnparser, node: Aggregate): ReadonlyMap<string, number> {
  const { keys } = node
  return new Map(
    keys.map((_, i) => [
      structureOf(groupingBits(unparser.environment, node, [i], keys.length)),
      i,
    ]),
  )
}

/** An expression and its parts, but for what is a GROUPING. */
function* walkOutside(e: Bound, bits: ReadonlyMap<string, number>): Generator<Bound> {
  if (bits.has(structureOf(e))) return
  yield e
  for (const child of childrenOf(e)) yield* walkOutside(child, bits)
}

function groupsOf({ groupingSets }: Aggregate, keys: readonly BlockColumn[]): readonly GroupItem[] {
  if (!groupingSets) return keys.map(({ expression }) => ({ kind: 'expression', expression }))
  const sets = groupingSets.map((set): GroupItem => {
    const expressions = set.map(i => (keys[i] as BlockColumn).expression)
    return { kind: 'set', expressions }
  })
  return [{ kind: 'grouping-sets', sets }]
}

/** Which set a row belongs to, as the plan's last column tells. */
function groupingColumn(
  { groupingSets, schema }: Aggregate,
  keys: readonly BlockColumn[],
): readonly BlockColumn[] {
  const column = schema.at(-1)
  if (!groupingSets || !column) return []
  const operand =
    keys.length === 0
      ? number(0)
      : callOf(
          'GROUPING_ID',
          keys.map(k => k.expression),
        )
  const expression = { kind: 'cast', operand, type: types.int, safe: false, span } as const
  return [{ name: column.name, expression }]
}

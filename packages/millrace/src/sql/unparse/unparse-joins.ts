// Joins of the plan back to FROM, EXISTS and UNNEST.

import { walkPlan } from '../../plan/children.ts'
import { createWindow } from '../../plan/create-node.ts'
import type { PlanNode, PlanNodeOf } from '../../plan/node.ts'
import type { Expression } from '../ast/expression.ts'
import type { Hint, TableRef } from '../ast/query.ts'
import { type Block, isBare, toQuery } from './block.ts'
import { noSql } from './no-sql-error.ts'
import {
  aliasOf,
  allOf,
  joinOf,
  NOWHERE as span,
  not,
  number,
  queryOf,
  selectOf,
  tableRef,
  TRUE,
} from './syntax.ts'
import { lookupHint, ttlHint } from './hints.ts'
import { unparse } from './unparse-expression.ts'
import type { PlanUnparser } from './unparse-plan.ts'
import { unparseWindow } from './unparse-window.ts'

type Side = Block & { readonly from: TableRef }

export function unparseJoin(unparser: PlanUnparser, node: PlanNodeOf<'join'>): Block {
  if (node.join === 'semi' || node.join === 'anti') return semiJoin(unparser, node, node.join)
  const { stateTtlMs } = node
  const right = rightSide(unparser, node.right)
  const left =
    stateTtlMs?.[0] === undefined
      ? side(unparser, unparser.unorderedBlock(node.left), node.left)
      : named(unparser, node.left)
  const columns = [...left.columns, ...right.columns]
  const on = unparse(node.condition, unparser.context(columns))
  const type = node.join.toUpperCase() as 'INNER'
  const hints = stateTtlMs ? ttlHints([left.from, right.from], stateTtlMs) : []
  return {
    from: joinOf(type, left.from, right.from, on),
    columns,
    hints: [...(left.hints ?? []), ...hints],
  }
}

/** A block that can stand beside others in FROM. */
function side(unparser: PlanUnparser, block: Block, node: PlanNode): Side {
  const beside = isBare(block) && node.kind !== 'project' ? block : unparser.derived(block)
  return beside as Side
}

/** Joins group from the left: one on the right is a query of its own. */
function rightSide(unparser: PlanUnparser, node: PlanNode): Side {
  const block = side(unparser, unparser.unorderedBlock(node), node)
  return (block.from.kind === 'join' ? unparser.derived(block) : block) as Side
}

/** A side that hints can name. */
const named = rightSide

function ttlHints(
  sides: readonly TableRef[],
  ttlsMs: readonly (number | undefined)[],
): readonly Hint[] {
  return sides.flatMap((from, i) => {
    const ttl = ttlsMs[i]
    const name = 'alias' in from ? from.alias?.name.name : undefined
    return ttl === undefined || name === undefined ? [] : [ttlHint(name, ttl)]
  })
}

function semiJoin(unparser: PlanUnparser, node: PlanNodeOf<'join'>, kind: 'semi' | 'anti'): Block {
  const left = unparser.unorderedInput(node.left)
  const right = rightSide(unparser, node.right)
  const context = unparser.context([...left.columns, ...right.columns])
  const where = unparse(node.condition, context)
  const items = [{ expression: number(1), alias: undefined, span }]
  const hints = right.hints ?? []
  const query = queryOf(selectOf({ items, from: right.from, where, hints }))
  const exists: Expression = { kind: 'exists', query, span }
  return { ...left, where: allOf([left.where, kind === 'anti' ? not(exists) : exists]) }
}

export function unparseTemporalJoin(
  unparser: PlanUnparser,
  node: PlanNodeOf<'temporal-join'>,
): Block {
  const left = side(unparser, unparser.block(node.left), node.left)
  const alias = unparser.freshAlias()
  const names = node.right.schema.map(c => c.name)
  const time = left.columns[node.timeColumn]?.expression
  if (!time) throw noSql('A look-up join without a processing-time column')
  const right = tableRef(unparser.nameOf(node.right), alias, time)
  const columns = [...left.columns, ...unparser.columnsUnder(alias, names)]
  const on = unparse(node.condition, unparser.context(columns))
  const type = node.join === 'left' ? 'LEFT' : 'INNER'
  const hints = node.lookup ? [lookupHint(alias, node.lookup)] : []
  return {
    ...left,
    from: joinOf(type, left.from, right, on),
    columns,
    hints: [...(left.hints ?? []), ...hints],
  }
}

export function unparseUnnest(unparser: PlanUnparser, node: PlanNodeOf<'unnest'>): Block {
  const { collection, withOrdinality: ordinality } = node
  // A SELECT without FROM has nothing to stand beside.
  const isAlone = node.input.kind === 'values' && node.input.schema.length === 0
  const left = isAlone
    ? unparser.block(node.input)
    : side(unparser, unparser.block(node.input), node.input)
  const item = unparse(collection, unparser.context(left.columns))
  const alias = unparser.freshAlias()
  const names = node.schema.slice(node.input.schema.length).map(c => c.name)
  const given = aliasOf(alias, names)
  const right: TableRef =
    item.kind === 'call' && unparser.isTableFunction(item.name.at(-1)?.name ?? '')
      ? { kind: 'table-function', call: item, lateral: true, alias: given, span }
      : { kind: 'unnest', items: [item], ordinality, alias: given, span }
  const columns = [...left.columns, ...unparser.columnsUnder(alias, names)]
  const from = !left.from
    ? right
    : node.join === 'left'
      ? joinOf('LEFT', left.from, right, TRUE)
      : joinOf('CROSS', left.from, right)
  return { ...left, from, columns }
}

/** `v$late`: the rows that are too late for the one window of a query `v`. */
export function unparseLateRows(unparser: PlanUnparser, node: PlanNodeOf<'late-rows'>): Block {
  const { input, timeColumn, window } = node
  if ([...walkPlan(input)].some(n => n.kind === 'window'))
    throw noSql('A table of the late rows of a window over windows')
  const query = toQuery(unparseWindow(unparser, createWindow(input, timeColumn, window)))
  const alias = unparser.freshAlias()
  const names = node.schema.map(c => c.name)
  const from = tableRef(`${unparser.nameQuery(query)}$late`, alias)
  return { from, columns: unparser.columnsUnder(alias, names) }
}

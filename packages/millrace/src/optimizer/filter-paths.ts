// Which conditions may pass which node, and what they are below it.

import { columnsRead, walkExpression } from '../plan/children.ts'
import { createJoin } from '../plan/create-node.ts'
import type { Expression } from '../plan/expression.ts'
import { mapInputs } from '../plan/map-children.ts'
import type { JoinKind, JoinNode, PlanNode, ProjectNode } from '../plan/node.ts'
import { replaceColumns, shiftColumns } from '../plan/transform.ts'
import type { PlanVisitor } from '../plan/visit.ts'
import { visitNode } from '../plan/visit.ts'
import type { DataType, DataTypeKind } from '../types/data-type.ts'
import { sameType, withNullable } from '../types/data-type.ts'
import { allOf, canFail, conjunctsOf, isDeterministic } from './expression-facts.ts'
import { equalColumns } from './joins/equal-columns.ts'
import { readsWindow } from './window-columns.ts'

/** What becomes of a condition over a node: one for each input (`undefined`: nothing there), or a part of a join's condition. */
export type Descent =
  | { readonly below: readonly (Expression | undefined)[] }
  | { readonly on: Expression }

/** How the condition gets past the node; `undefined`: it stays above. */
export function descend(node: PlanNode, condition: Expression): Descent | undefined {
  return visitNode(node, DESCEND, condition)
}

/** It gives the same answer wherever the row is, and none is an error. */
const isMovable = (e: Expression): boolean => isDeterministic(e) && !canFail(e)

const stays = (): undefined => undefined
const to = (...below: readonly (Expression | undefined)[]): Descent => ({ below })

/** Past a node that repeats, orders or numbers rows of its input: conditions on columns that `passes` only. */
function onInput(condition: Expression, passes: (column: number) => boolean): Descent | undefined {
  return isMovable(condition) && columnsRead(condition).every(passes) ? to(condition) : undefined
}

const partitionOf = (partition: readonly Expression[]): ReadonlySet<number> =>
  new Set(partition.flatMap(e => (e.kind === 'column' ? [e.index] : [])))

const DESCEND: PlanVisitor<Descent | undefined, [condition: Expression]> = {
  scan: stays,
  values: stays,
  filter: stays,
  project: pastProject,
  watermark: stays,
  // To which session a row belongs, and whether it is late for it, depends on the rows around it.
  window: ({ window, input }, c) =>
    onInput(c, i =>
      window.kind === 'session' ? window.partition.includes(i) : i < input.schema.length,
    ),
  'late-rows': (node, c) => (node.window.kind === 'session' ? undefined : onInput(c, () => true)),
  aggregate(node, c) {
    const columns = columnsRead(c)
    const onKeys =
      columns.length > 0 &&
      columns.every(i => {
        const key = node.keys[i]?.expression
        return key && isDeterministic(key) && !canFail(key) && !readsWindow(key, node.input)
      })
    if (!onKeys || node.groupingSets || !isMovable(c)) return undefined
    return to(replaceColumns(c, column => node.keys[column.index]?.expression))
  },
  join(node, c) {
    if (!isMovable(c)) return undefined
    const [side, sided] = sideOf(c, node)
    if (KEEPS[node.join].includes(side)) return onSide(node, side, sided)
    return node.join === 'inner' && side === 'both' ? { on: c } : undefined
  },
  'temporal-join'(node, c) {
    const [side] = sideOf(c, node)
    return side === 'left' && isMovable(c) ? to(c, undefined) : undefined
  },
  unnest: (node, c) => onInput(c, i => i < node.input.schema.length),
  rank: (node, c) => onInput(c, i => partitionOf(node.partition).has(i)),
  over: (node, c) => onInput(c, i => partitionOf(node.partition).has(i)),
  match(node, c) {
    const onKeys = columnsRead(c).every(i => i < node.partition.length)
    if (!onKeys || !isMovable(c)) return undefined
    return to(replaceColumns(c, column => node.partition[column.index]))
  },
  sort: (node, c) =>
    node.limit === undefined && node.offset === 0 ? onInput(c, () => true) : undefined,
  union: (node, c) => to(...node.inputs.map(() => c)),
  'set-operation': stays,
  process: stays,
  sink: stays,
}

/** With the projected expressions in place of the columns; user functions are not called a second time for it. */
function pastProject(node: ProjectNode, condition: Expression): Descent | undefined {
  const used = columnsRead(condition).flatMap(i => node.columns[i]?.expression ?? [])
  const repeatable = used.every(e => isDeterministic(e) && !callsUser(e))
  if (!repeatable || !isDeterministic(condition)) return undefined
  return to(replaceColumns(condition, c => node.columns[c.index]?.expression))
}

function callsUser(expression: Expression): boolean {
  for (const part of walkExpression(expression))
    if (part.kind === 'call' && !part.binding.emit) return true
  return false
}

type Side = 'left' | 'right' | 'both' | 'none'

/** Which side a condition over both reads, and its form over that side's columns. */
function sideOf(
  condition: Expression,
  { left }: { readonly left: PlanNode },
): readonly [Side, Expression] {
  const width = left.schema.length
  const columns = columnsRead(condition)
  if (columns.length === 0) return ['none', condition]
  if (columns.every(i => i < width)) return ['left', condition]
  if (columns.every(i => i >= width)) return ['right', shiftColumns(condition, -width)]
  return ['both', condition]
}

/** To its side; and in terms of the columns that are equal there to the other, whose rows without it meet none of this side's. */
function onSide(node: JoinNode, side: Side, c: Expression): Descent {
  const twin = twinOf(node, side, c)
  return side === 'left' ? to(c, twin) : to(twin, c)
}

/** Types whose equal values are the same: a condition cannot tell them apart. */
const EXACT: ReadonlySet<DataTypeKind> = new Set([
  'boolean',
  'tinyint',
  'smallint',
  'int',
  'bigint',
  'varchar',
  'date',
  'timestamp',
])

function twinOf(node: JoinNode, side: Side, condition: Expression): Expression | undefined {
  const other = side === 'left' ? 'right' : 'left'
  const { schema } = node[other]
  if (!DROPS[node.join].includes(other)) return undefined
  const equal = new Map(
    equalColumns(node.condition, node.left.schema.length).map(p => [
      p[side as 'left' | 'right'],
      p[other],
    ]),
  )
  let isWhole = columnsRead(condition).length > 0
  const twin = replaceColumns(condition, c => {
    const index = equal.get(c.index) ?? -1
    const column = schema[index]
    const isSame =
      column && EXACT.has(c.type.kind) && sameType(nullableOf(column.type), nullableOf(c.type))
    if (!isSame) isWhole = false
    return isSame ? { ...c, index, name: column.name, type: column.type } : undefined
  })
  return isWhole ? twin : undefined
}

const nullableOf = (type: DataType): DataType => withNullable(type, true)

/** Sides of which every row of the result has one, unchanged: conditions on the result may go there. */
const KEEPS: Readonly<Record<JoinKind, readonly Side[]>> = {
  inner: ['left', 'right'],
  left: ['left'],
  right: ['right'],
  full: [],
  semi: ['left'],
  anti: ['left'],
}

/** Sides whose rows just find no partner when ON fails: conditions of ON may go there. */
const DROPS: Readonly<Record<JoinKind, readonly Side[]>> = {
  inner: ['left', 'right'],
  left: ['right'],
  right: ['left'],
  full: [],
  semi: ['left', 'right'],
  anti: ['right'],
}

/** A join whose ON keeps only what concerns both sides; the conditions of one side are taken out, for `filtered` to place. */
export function pushOnCondition(
  node: JoinNode,
  filtered: (input: PlanNode, conditions: readonly Expression[]) => PlanNode,
): PlanNode {
  const sides: Record<'left' | 'right', Expression[]> = { left: [], right: [] }
  const kept = conjunctsOf(node.condition).filter(c => {
    const [side, sided] = sideOf(c, node)
    if (side === 'none' || side === 'both') return true
    if (!DROPS[node.join].includes(side) || !isMovable(c)) return true
    sides[side].push(sided)
    const twin = twinOf(node, side, sided)
    if (twin) sides[side === 'left' ? 'right' : 'left'].push(twin)
    return false
  })
  if (sides.left.length + sides.right.length === 0) return node
  return {
    ...createJoin(
      node.join,
      filtered(node.left, sides.left),
      filtered(node.right, sides.right),
      allOf(kept),
    ),
    ...(node.stateTtlMs && { stateTtlMs: node.stateTtlMs }),
  }
}

/** The node with the conditions above its inputs, each input its own. */
export function withFilteredInputs(
  node: PlanNode,
  below: readonly (readonly Expression[])[],
  filtered: (input: PlanNode, conditions: readonly Expression[]) => PlanNode,
): PlanNode {
  let position = 0
  return mapInputs(node, input => filtered(input, below[position++] ?? []))
}

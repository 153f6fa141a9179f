// GROUPING SETS, ROLLUP and CUBE over positions of keys, and the bits that tell their rows apart.

import { notNull, types } from '../../types/data-type.ts'
import type { BindingEnvironment } from '../create-expression.ts'
import { createCall, createCast, createLiteral } from '../create-expression.ts'
import { columnAt, createAggregate, createUnion } from '../create-node.ts'
import type { AggregateCall, Expression, NamedExpression } from '../expression.ts'
import type { PlanNode } from '../node.ts'

/** Sets of key positions. */
export type KeySets = readonly (readonly number[])[]

/** All parts, then without the last, and so on down to none. */
export const rollupSets = (parts: KeySets): KeySets =>
  Array.from({ length: parts.length + 1 }, (_, i) => parts.slice(0, parts.length - i).flat())

/** Every choice of parts, that of all first. */
export function cubeSets(parts: KeySets): KeySets {
  const all = 2 ** parts.length - 1
  return Array.from({ length: all + 1 }, (_, i) =>
    parts.filter((_, bit) => ((all - i) >> (parts.length - 1 - bit)) & 1).flat(),
  )
}

/**
 * An aggregation by sets of its keys; its last column, `$grouping`, tells which set a row is of. Sets that are given more than once
 * are aggregated as often.
 *
 * @param sets absent: by all keys
 */
export function createGroupings(
  input: PlanNode,
  keys: readonly NamedExpression[],
  calls: readonly AggregateCall[],
  sets: KeySets | undefined,
): PlanNode {
  const layers = sets ? layersOf(sets) : [undefined]
  const nodes = layers.map(layer => createAggregate(input, keys, calls, layer))
  const [first, another] = nodes as [PlanNode, ...PlanNode[]]
  return another ? createUnion(nodes) : first
}

/** The sets in layers of which none has a set twice: the first has all, the second those that came out twice, and so on. */
function layersOf(sets: KeySets): readonly KeySets[] {
  const layers: Map<string, readonly number[]>[] = []
  for (const set of sets) {
    const key = [...set].sort((a, b) => a - b).join()
    const layer = layers.find(l => !l.has(key))
    if (layer) layer.set(key, set)
    else layers.push(new Map([[key, set]]))
  }
  return layers.map(layer => [...layer.values()])
}

/**
 * GROUPING_ID: a bit for each of some keys, the first the highest, set when the key is not in the row's set.
 *
 * @param node made by {@link createGroupings} with sets
 * @param positions of the keys that are asked for, among `keyCount`
 */
export function groupingBits(
  environment: BindingEnvironment,
  node: PlanNode,
  positions: readonly number[],
  keyCount: number,
): Expression {
  const bigint = notNull(types.bigint)
  const number = (n: number) => createLiteral(n, notNull(types.int))
  const id = columnAt(node, node.schema.length - 1)
  const bits = positions.map((position, i) => {
    const [from, to] = [2 ** (keyCount - 1 - position), 2 ** (positions.length - 1 - i)]
    const shifted = from === 1 ? id : createCall(environment, '/', [id, number(from)])
    const bit = createCast(environment, createCall(environment, '%', [shifted, number(2)]), bigint)
    return to === 1 ? bit : createCall(environment, '*', [bit, number(to)])
  })
  return bits.reduce((sum, bit) => createCall(environment, '+', [sum, bit]))
}

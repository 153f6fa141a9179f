// What is read of a table's columns, by their names.

import type { DecodeRequest, ReadTree } from 'millrace'

export function readsByName({ schema, reads }: DecodeRequest): ReadonlyMap<string, ReadTree> {
  return new Map(
    schema.flatMap(({ name }, i) => {
      const tree = reads[i]
      return tree ? [[name, tree] as const] : []
    }),
  )
}

/** How many values that comes to. */
export function slotCount(trees: Iterable<ReadTree | undefined>): number {
  let slots = 0
  for (const tree of trees) {
    if (tree?.kind === 'whole') slots = Math.max(slots, tree.slot + 1)
    else if (tree) slots = Math.max(slots, slotCount(tree.fields.values()))
  }
  return slots
}

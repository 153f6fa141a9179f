// From the field paths that a plan reads to the slots that a decoder fills, and from slots to columns of the pipeline.

import type { ReadTree } from '../../format/decoder.ts'
import type { DataType } from '../../types/data-type.ts'
import type { BlockScope } from '../code/code-module.ts'
import { EmittedColumn } from '../code/emitted-row.ts'

/** The tree of what is read of one column, its slots numbered through `nextSlot`. */
export function readTree(
  type: DataType,
  paths: readonly (readonly string[])[],
  nextSlot: () => number,
): ReadTree {
  if (type.kind !== 'row' || paths.some(p => p.length === 0))
    return { kind: 'whole', slot: nextSlot(), type }
  const fields = new Map<string, ReadTree>()
  for (const field of type.fields) {
    const below = paths.filter(p => p[0] === field.name).map(p => p.slice(1))
    if (below.length > 0) fields.set(field.name, readTree(field.type, below, nextSlot))
  }
  return { kind: 'fields', fields }
}

/** The column of the pipeline for a tree; `value` emits what makes a slot's value. */
export function columnOf(
  tree: ReadTree | undefined,
  type: DataType,
  value: (scope: BlockScope, slot: number) => string,
): EmittedColumn {
  if (!tree) return EmittedColumn.of('null')
  if (tree.kind === 'whole') return new EmittedColumn(scope => value(scope, tree.slot))
  const fields = new Map<number, EmittedColumn>()
  if (type.kind === 'row')
    type.fields.forEach((field, i) => {
      const below = tree.fields.get(field.name)
      if (below) fields.set(i, columnOf(below, field.type, value))
    })
  return new EmittedColumn(() => 'null', fields)
}

/** All slots of a tree, for pipelines that must have every value before they branch. */
export function slotsOf(tree: ReadTree | undefined): readonly number[] {
  if (!tree) return []
  if (tree.kind === 'whole') return [tree.slot]
  return [...tree.fields.values()].flatMap(slotsOf)
}

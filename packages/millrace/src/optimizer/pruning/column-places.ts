// Where the columns of a node are found after it was rewritten, and expressions moved there.

import { mapChildren } from '../../plan/map-children.ts'
import { columnAt, createProject } from '../../plan/create-node.ts'
import { createField } from '../../plan/create-expression.ts'
import type { Expression, NamedExpression } from '../../plan/expression.ts'
import type { PlanNode } from '../../plan/node.ts'
import type { ColumnDemand, FieldDemand } from './column-demand.ts'
import { fieldChain } from './column-demand.ts'

/** A column of the new node, or the fields of a former ROW column that are columns of their own now. */
export type Place = number | ReadonlyMap<number, Place>

/** By former column; columns that nobody reads are absent. */
export type ColumnPlaces = ReadonlyMap<number, Place>

/** A rewritten node, and where its former columns are. */
export interface Pruned {
  readonly node: PlanNode
  readonly places: ColumnPlaces
}

/** The expression over the new columns. */
export function moveExpression(expression: Expression, places: ColumnPlaces): Expression {
  const chain = fieldChain(expression)
  if (!chain) return mapChildren(expression, child => moveExpression(child, places))
  const { column, path } = chain
  let place = places.get(column.index)
  let taken = 0
  while (typeof place === 'object') place = place.get(path[taken++]?.index ?? -1)
  const index = place as number
  if (taken === 0 && index === column.index) return expression
  const { name, type } = path[taken - 1] ?? column
  const base: Expression = { kind: 'column', index, name, type }
  return path.slice(taken).reduce<Expression>((arg, field) => ({ ...field, arg }), base)
}

/** The new position of a column that is read whole. */
export function movedColumn(index: number, places: ColumnPlaces): number {
  return places.get(index) as number
}

/** All places `offset` columns on, under former columns `formerOffset` on. */
export function shiftPlaces(
  places: ColumnPlaces,
  formerOffset: number,
  offset: number,
): ColumnPlaces {
  const shift = (place: Place): Place =>
    typeof place === 'number'
      ? place + offset
      : new Map([...place].map(([field, p]) => [field, shift(p)]))
  return new Map([...places].map(([index, place]) => [index + formerOffset, shift(place)]))
}

/** Columns `count` that a node appends after those of its input, former and new. */
export function appendedPlaces(input: Pruned, formerWidth: number, count: number): ColumnPlaces {
  const { length } = input.node.schema
  const appended = Array.from({ length: count }, (_, i) => [formerWidth + i, length + i] as const)
  return new Map([...input.places, ...appended])
}

/**
 * Appends to `columns` what is wanted of a value: itself, or each field that is read of a ROW as a column of its own, in the order
 * of the fields. Gives where they are.
 */
export function takeApart(
  at: NamedExpression,
  wanted: FieldDemand,
  columns: NamedExpression[],
): Place {
  if (wanted === 'whole') return columns.push(at) - 1
  return new Map(
    inOrder(wanted).map(([index, below]) => {
      const expression = createField(at.expression, index)
      const name = `${at.name}.${expression.name}`
      return [index, takeApart({ name, expression }, below, columns)]
    }),
  )
}

/**
 * The input narrowed to exactly what is demanded, each field that is read of a ROW a column of its own; in the order of the
 * former columns and fields. Itself when it already is that.
 */
export function narrow(input: Pruned, demand: ColumnDemand): Pruned {
  const { node } = input
  const columns: NamedExpression[] = []
  // A column that was taken apart below goes on in its parts.
  const place = (from: Place | undefined, wanted: FieldDemand): Place => {
    if (typeof from === 'object' && wanted !== 'whole')
      return new Map(inOrder(wanted).map(([f, below]) => [f, place(from.get(f), below)]))
    const expression = columnAt(node, from as number)
    const name = node.schema[from as number]?.name ?? ''
    return takeApart({ name, expression }, wanted, columns)
  }
  const places = new Map<number, Place>()
  for (const [index, wanted] of demand.entries())
    places.set(index, place(input.places.get(index), wanted))
  const same =
    columns.length === node.schema.length &&
    columns.every(({ expression: e }, i) => e.kind === 'column' && e.index === i)
  return same ? input : { node: createProject(node, columns), places }
}

const inOrder = (fields: ReadonlyMap<number, FieldDemand>) => [...fields].sort(([a], [b]) => a - b)

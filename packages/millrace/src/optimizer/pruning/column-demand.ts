// Which columns of a node's output are read, and of nested ROW columns which fields.

import { childrenOf } from '../../plan/children.ts'
import type { ColumnExpression, Expression, FieldExpression } from '../../plan/expression.ts'

/** What is read of a value: all of it, or some fields (by position) of a ROW. */
export type FieldDemand = 'whole' | ReadonlyMap<number, FieldDemand>

/** The columns of one node that somebody reads. Grows while demands are collected. */
export class ColumnDemand {
  readonly #columns = new Map<number, FieldDemand>()

  /** Reads column `index`, or what `fields` says of it. */
  add(index: number, fields: FieldDemand = 'whole'): void {
    this.#columns.set(index, unite(this.#columns.get(index), fields))
  }

  addAll(indexes: Iterable<number>): void {
    for (const index of indexes) this.add(index)
  }

  /** Reads what another demand reads, `offset` columns on; of columns `[from, to)` only. */
  merge(other: ColumnDemand, { from = 0, to = Number.POSITIVE_INFINITY, offset = 0 } = {}): void {
    for (const [index, fields] of other.entries())
      if (index >= from && index < to) this.add(index + offset, fields)
  }

  /** Reads what evaluating the expression needs, of whose value only `wanted` is looked at. */
  addExpression(expression: Expression, wanted: FieldDemand = 'whole'): void {
    const chain = fieldChain(expression)
    if (chain) {
      const fields = chain.path.reduceRight<FieldDemand>((d, f) => new Map([[f.index, d]]), wanted)
      this.add(chain.column.index, fields)
    } else for (const child of childrenOf(expression)) this.addExpression(child)
  }

  has(index: number): boolean {
    return this.#columns.has(index)
  }

  /** What is read of a column; `undefined`: nothing. */
  of(index: number): FieldDemand | undefined {
    return this.#columns.get(index)
  }

  /** Columns in ascending order. */
  entries(): readonly (readonly [index: number, fields: FieldDemand])[] {
    return [...this.#columns].sort(([a], [b]) => a - b)
  }

  /** Whether of some column only fields are read. */
  get isNested(): boolean {
    return [...this.#columns.values()].some(fields => fields !== 'whole')
  }
}

function unite(a: FieldDemand | undefined, b: FieldDemand): FieldDemand {
  if (a === undefined) return b
  if (a === 'whole' || b === 'whole') return 'whole'
  const united = new Map(a)
  for (const [index, fields] of b) united.set(index, unite(a.get(index), fields))
  return united
}

export interface FieldChain {
  readonly column: ColumnExpression
  /** From the column outwards. */
  readonly path: readonly FieldExpression[]
}

/** A column, or a field of a field … of a column; `undefined` for any other expression. */
export function fieldChain(expression: Expression): FieldChain | undefined {
  const path: FieldExpression[] = []
  let at = expression
  while (at.kind === 'field') {
    path.unshift(at)
    at = at.arg
  }
  return at.kind === 'column' ? { column: at, path } : undefined
}

// Columns that stand for what is computed later: aggregates, OVER calls, output columns, columns of the query around.

import type { ColumnExpression } from '../../../plan/expression.ts'
import type { DataType } from '../../../types/data-type.ts'

/** Beyond every real position. */
const BASE = 2 ** 30

/** Hands out columns that carry a value of `T` until their real place is known. */
export class DeferredColumns<T> {
  readonly #items: T[] = []

  add(name: string, type: DataType, item: T): ColumnExpression {
    this.#items.push(item)
    return { kind: 'column', index: BASE + this.#items.length - 1, name, type }
  }

  get(index: number): T | undefined {
    return this.#items[index - BASE]
  }

  get items(): readonly T[] {
    return this.#items
  }
}

/** Whether a position is that of a deferred column. */
export const isDeferred = (index: number): boolean => index >= BASE

// The hint STATE_TTL('table' = '1 d', …) of a SELECT: how long the joins and the aggregation of that SELECT keep idle state.

import type { PlanNode } from '../../../plan/node.ts'
import { tryParseDuration } from '../../../types/duration.ts'
import type { Select, TableRef } from '../../ast/query.ts'

/** Tables are meant by their alias, or else by their name; a zero keeps state for ever. */
export class StateTtlHints {
  readonly #ttlMs = new Map<string, number>()
  readonly #from: TableRef | undefined

  /** The parser has checked that the tables are there, and that the values are durations. */
  constructor({ hints, from }: Select) {
    this.#from = from
    for (const { key, value } of hints.filter(h => h.name === 'STATE_TTL').flatMap(h => h.options))
      this.#ttlMs.set(key, tryParseDuration(value) ?? 0)
  }

  /** The joins of FROM with what is said of their tables. */
  ofJoins(plan: PlanNode, from = this.#from): PlanNode {
    if (this.#ttlMs.size === 0 || from?.kind !== 'join' || plan.kind !== 'join') return plan
    const left = this.ofJoins(plan.left, from.left)
    const sides = [this.#of(from.left), this.#of(from.right)] as const
    const isHinted = sides.some(s => s !== undefined)
    return { ...plan, left, ...(isHinted && { stateTtlMs: sides }) }
  }

  /** The aggregation of the rows of a single table, with what is said of that table. */
  ofAggregate(plan: PlanNode): PlanNode {
    const stateTtlMs = this.#from && this.#of(this.#from)
    return stateTtlMs !== undefined && plan.kind === 'aggregate' ? { ...plan, stateTtlMs } : plan
  }

  #of(ref: TableRef): number | undefined {
    const name = nameOf(ref)
    return name === undefined ? undefined : this.#ttlMs.get(name)
  }
}

function nameOf(ref: TableRef): string | undefined {
  if ('alias' in ref && ref.alias) return ref.alias.name.name
  return ref.kind === 'table' ? ref.path.at(-1)?.name : undefined
}

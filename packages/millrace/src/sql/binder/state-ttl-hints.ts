// The hint STATE_TTL('table' = '1 d', …) of a SELECT: how long the joins and the aggregation of that SELECT keep idle state.

import type { PlanNode } from '../../plan/node.ts'
import { tryParseDuration } from '../../types/duration.ts'
import type { Select, TableRef } from '../ast/query.ts'
import { InvalidSqlError } from './binder-errors.ts'

/** Tables are meant by their alias, or else by their name; a zero keeps state for ever. */
export class StateTtlHints {
  readonly #ttlMs = new Map<string, number>()
  readonly #from: TableRef | undefined

  /**
   * @throws {InvalidSqlError} `MR_OPTION_INVALID` for what is no duration, `MR_SQL_INVALID` for a table that the SELECT does not
   *   read
   */
  constructor({ hints, from }: Select) {
    this.#from = from
    const options = hints.filter(h => h.name === 'STATE_TTL').flatMap(h => h.options)
    const tables = new Set(from && namesIn(from))
    for (const { key, value, span } of options) {
      if (!tables.has(key))
        throw new InvalidSqlError({
          problem: `STATE_TTL names '${key}', which this SELECT does not read`,
          remedy: `Name one of its tables by its alias: ${[...tables].join(', ') || 'it has none'}.`,
          at: span,
        })
      const ttlMs = tryParseDuration(value)
      if (ttlMs === undefined)
        throw new InvalidSqlError({
          problem: `STATE_TTL of '${key}' cannot be '${value}'`,
          remedy: "It takes a duration such as '1 d' or '12 h'; '0 s' keeps state for ever.",
          at: span,
          code: 'MR_OPTION_INVALID',
        })
      this.#ttlMs.set(key, ttlMs)
    }
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

function namesIn(ref: TableRef): readonly string[] {
  if (ref.kind === 'join') return [...namesIn(ref.left), ...namesIn(ref.right)]
  const name = nameOf(ref)
  return name === undefined ? [] : [name]
}

function nameOf(ref: TableRef): string | undefined {
  if ('alias' in ref && ref.alias) return ref.alias.name.name
  return ref.kind === 'table' ? ref.path.at(-1)?.name : undefined
}

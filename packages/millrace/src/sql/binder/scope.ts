// What names mean in a query: the tables of FROM with their columns, as positions in one input row.

import { createField } from '../../plan/create-expression.ts'
import type { Expression } from '../../plan/expression.ts'
import { UnknownColumnError } from '../../plan/expression-errors.ts'
import type { Column, Schema } from '../../types/schema.ts'
import type { Path } from '../ast/expression.ts'
import { AmbiguousColumnError } from './binder-errors.ts'

/** A table of FROM: its columns stand together in the input row, from `start` on. */
export interface Relation {
  /** The alias, or the table's full name; empty for a sub-query without one. */
  readonly path: readonly string[]
  readonly names: readonly string[]
  readonly start: number
}

/** A column that JOIN … USING melted of both sides' columns. */
export interface MergedColumn {
  readonly name: string
  readonly expression: Expression
  /** Positions that it stands for. */
  readonly of: readonly number[]
}

/** The columns in sight. Immutable; the row's schema may grow to the right without it. */
export class Scope {
  readonly schema: Schema
  readonly relations: readonly Relation[]
  readonly merged: readonly MergedColumn[]

  constructor(
    schema: Schema,
    relations: readonly Relation[],
    merged: readonly MergedColumn[] = [],
  ) {
    this.schema = schema
    this.relations = relations
    this.merged = merged
  }

  /** One relation over a whole row. */
  static of(
    schema: Schema,
    path: readonly string[],
    names: readonly string[] = schema.map(c => c.name),
  ): Scope {
    return new Scope(schema, [{ path, names, start: 0 }])
  }

  column(index: number): Expression {
    const { name, type } = this.schema[index] as Column
    return { kind: 'column', index, name, type }
  }

  /**
   * The column, or the nested field of one, that a dotted name means; `undefined` when there is none.
   *
   * @throws {AmbiguousColumnError} `MR_SQL_AMBIGUOUS_COLUMN`
   */
  find(path: Path): Expression | undefined {
    const names = path.map(part => part.name)
    for (let n = Math.min(names.length - 1, 3); n > 0; n--) {
      const relations = this.relationsOf(names.slice(0, n))
      const found = this.#choose(this.#among(relations, names[n] as string), path, n)
      if (found) return this.#fields(found, path, n + 1)
    }
    const [name] = names as [string]
    const merged = this.merged.find(m => m.name === name)
    const found = merged?.expression ?? this.#choose(this.#among(this.relations, name), path, 0)
    return found && this.#fields(found, path, 1)
  }

  /** The relations that a (partial) name means. */
  relationsOf(path: readonly string[]): readonly Relation[] {
    return this.relations.filter(
      r =>
        r.path.length >= path.length &&
        path.every((name, i) => r.path.at(i - path.length) === name),
    )
  }

  /** The names in sight, for messages. */
  names(): readonly string[] {
    const all = this.relations.flatMap(r => r.names)
    return [...new Set(all)].map(name => name)
  }

  #among(relations: readonly Relation[], name: string): readonly [Relation, number][] {
    return relations.flatMap(r =>
      r.names.flatMap((n, i): [Relation, number][] => (n === name ? [[r, r.start + i]] : [])),
    )
  }

  #choose(
    found: readonly [Relation, number][],
    path: Path,
    position: number,
  ): Expression | undefined {
    const [first, second] = found
    if (!first) return undefined
    if (second) {
      const column = path[position]
      throw new AmbiguousColumnError({
        column: column?.name ?? '',
        candidates: found.map(([r]) => `"${[...r.path.slice(-1), column?.name].join('.')}"`),
        at: column?.span,
      })
    }
    return this.column(first[1])
  }

  #fields(expression: Expression, path: Path, from: number): Expression {
    return path.slice(from).reduce((e, part) => fieldOf(e, part.name, part.span), expression)
  }
}

/**
 * A field of a ROW by name.
 *
 * @throws {UnknownColumnError} `MR_SQL_UNKNOWN_COLUMN`
 */
export function fieldOf(row: Expression, name: string, at?: Path[number]['span']): Expression {
  const fields = row.type.kind === 'row' ? row.type.fields : []
  const index = fields.findIndex(f => f.name === name)
  if (index < 0)
    throw new UnknownColumnError({ column: name, available: fields.map(f => f.name), at })
  return createField(row, index)
}

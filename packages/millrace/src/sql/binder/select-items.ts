// What a SELECT puts out: an item each, stars spelt out.

import type { Expression } from '../../plan/expression.ts'
import type { SourceSpan } from '../../types/errors.ts'
import { InvalidSqlError } from './binder-errors.ts'
import { structureOf } from '../../plan/structure-of.ts'
import type { Path } from '../ast/expression.ts'
import { fieldOf, type Scope } from './scope.ts'

/** An output column of a SELECT. */
export interface Item {
  readonly name: string
  readonly expression: Expression
  readonly at: SourceSpan
}

/** The columns that `*` or `t.*` stands for, or the fields of a ROW, `t.r.*`; columns merged by USING come first, once. */
export function starItems(scope: Scope, qualifier: Path, at: SourceSpan): readonly Item[] {
  if (qualifier.length === 0 && scope.relations.length === 0)
    throw new InvalidSqlError({
      problem: 'SELECT * has no table',
      remedy: 'Add FROM.',
      at,
    })
  const names = qualifier.map(part => part.name)
  const relations = qualifier.length > 0 ? scope.relationsOf(names) : scope.relations
  const row = relations.length === 0 ? scope.find(qualifier) : undefined
  if (row?.type.kind === 'row')
    return row.type.fields.map(({ name }) => ({ name, expression: fieldOf(row, name, at), at }))
  if (relations.length === 0)
    throw new InvalidSqlError({
      problem: `There is no table "${names.join('.')}" in FROM`,
      remedy: `There are ${scope.relations.map(r => `"${r.path.at(-1) ?? ''}"`).join(', ')}.`,
      at,
      code: 'MR_SQL_UNKNOWN_TABLE',
    })
  for (const r of relations) {
    // A window over a table that has window_start already: neither can be told from the other.
    const twice = r.names.find((name, i) => r.names.indexOf(name) < i)
    if (twice !== undefined) scope.find([{ kind: 'identifier', name: twice, span: at }])
  }
  const merged = qualifier.length > 0 ? [] : scope.merged
  const hidden = new Set(merged.flatMap(m => m.of))
  return [
    ...merged.map(m => ({ name: m.name, expression: m.expression, at })),
    ...relations.flatMap(r =>
      r.names.flatMap((name, i): readonly Item[] =>
        hidden.has(r.start + i) ? [] : [{ name, expression: scope.column(r.start + i), at }],
      ),
    ),
  ]
}

/** The output name of what an output column is as a whole. */
export function namesOf(items: readonly Item[]): (e: Expression) => string | undefined {
  const names = new Map(
    items.map(i => [structureOf(i.expression), i.name]).reverse() as [string, string][],
  )
  return e => names.get(structureOf(e))
}

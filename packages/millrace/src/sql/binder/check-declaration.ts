// What holds for every table that is declared: names that are there, once; a key, partitions and buckets of physical columns.

import { UnknownColumnError } from '../../plan/expression-errors.ts'
import type { Identifier } from '../ast/expression.ts'
import type { TableDeclaration } from '../catalog/declarations.ts'
import { InvalidSqlError } from './binder-errors.ts'

/** @throws {MillraceError} with the place in the text */
export function checkDeclaration(table: TableDeclaration): void {
  checkOnce(
    table.columns.map(c => c.name),
    `Table "${table.name}"`,
  )
  checkPhysical(table, table.primaryKey, 'the primary key', ['physical', 'metadata'])
  checkPhysical(table, table.partitionedBy, 'PARTITIONED BY', ['physical'])
  checkPhysical(table, table.distribution?.columns ?? [], 'DISTRIBUTED BY', ['physical'])
}

function checkOnce(names: readonly Identifier[], what: string): void {
  const seen = new Set<string>()
  for (const { name, span } of names) {
    if (seen.has(name))
      throw new InvalidSqlError({
        problem: `${what} has column "${name}" twice`,
        remedy: 'Rename or remove one of them.',
        at: span,
        code: 'MR_SQL_DUPLICATE',
      })
    seen.add(name)
  }
}

function checkPhysical(
  table: TableDeclaration,
  names: readonly Identifier[],
  what: string,
  kinds: readonly string[],
): void {
  checkOnce(names, `${what[0]?.toUpperCase()}${what.slice(1)} of table "${table.name}"`)
  const allowed = table.columns.filter(c => kinds.includes(c.kind))
  for (const { name, span } of names) {
    if (allowed.some(c => c.name.name === name)) continue
    if (!table.columns.some(c => c.name.name === name))
      throw new UnknownColumnError({
        column: name,
        table: table.name,
        available: allowed.map(c => c.name.name),
        at: span,
      })
    throw new InvalidSqlError({
      problem: `Column "${name}" of table "${table.name}" is computed and cannot be part of ${what}`,
      remedy: 'Name columns that the connector has.',
      at: span,
    })
  }
}

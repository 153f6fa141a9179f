// What queries beside a program can name: its tables and views, and the tables that its statements write.

import type { HeldTable } from '../../connector/sink.ts'
import { createScan } from '../../plan/create-node.ts'
import type { ProgramRelation } from '../../plan/program.ts'
import { pathOf } from '../../sql/bind-app-query.ts'
import { Catalog } from '../../sql/catalog/catalog.ts'
import { printName } from '../../sql/printer/print-name.ts'
import { formatType } from '../../types/data-type.ts'
import type { TableDescriptor } from '../../types/table-descriptor.ts'
import type { EmbeddedRun } from '../embedded-runner.ts'

/** A table as an editor lists it. */
export interface AdHocTable {
  readonly name: string
  /** The name as SQL writes it. */
  readonly text: string
  /** `live`: as it stands in the program's memory. `source`: read again from the outside. */
  readonly kind: 'live' | 'source' | 'view' | 'unreadable'
  /** By which it is read or written; absent for a view. */
  readonly connector?: string
  readonly columns: readonly {
    readonly name: string
    readonly text: string
    readonly type: string
  }[]
}

/** The tables that the run's sinks hold in memory, by name; several sinks may write one. */
export function heldTables(run: EmbeddedRun): ReadonlyMap<string, HeldTable> {
  return new Map(
    run.job.sinks.flatMap(({ node, writer }) =>
      writer.heldTable ? [[node.table.name, writer.heldTable] as const] : [],
    ),
  )
}

/** A catalog of its own for each text: what that declares is gone with it. */
export function adHocCatalog(run: EmbeddedRun): Catalog {
  const catalog = new Catalog()
  // Without hints: options of a table are the program's, not a query's.
  for (const [name, relation] of relationsOf(run))
    catalog.add(pathOf(name), {
      kind: relation.kind,
      schema: () => relation.schema(),
      plan: () => relation.plan(),
    })
  return catalog
}

export function adHocTables(run: EmbeddedRun): readonly AdHocTable[] {
  const held = heldTables(run)
  const sources = run.program.connectors.sources
  return relationsOf(run).map(([name, { kind, schema, sink }]): AdHocTable => {
    const columns = schema().map(c => ({
      name: c.name,
      text: printName(c.name),
      type: formatType(c.type),
    }))
    const text = printName(name)
    if (kind === 'view' || !sink) return { name, text, kind: 'view', columns }
    const { connector } = sink
    const factory = sources.get(connector)
    const readable = factory && !factory.isConsumed ? 'source' : 'unreadable'
    return { name, text, kind: held.has(sink.name) ? 'live' : readable, connector, columns }
  })
}

function relationsOf(run: EmbeddedRun): readonly (readonly [string, ProgramRelation])[] {
  const held = heldTables(run)
  const declared = run.program.relations?.() ?? []
  const known = new Map(
    declared.map(([name, relation]) => {
      const { sink } = relation
      return [
        name,
        sink && held.has(sink.name) ? readingOf(sink) : boundRelation(relation),
      ] as const
    }),
  )
  const written = run.job.sinks.map(s => s.node.table)
  const named = new Set([...declared].flatMap(([, { sink }]) => sink?.name ?? []))
  for (const table of written)
    if (!known.has(table.name) && !named.has(table.name)) known.set(table.name, readingOf(table))
  return [...known].sort(([a], [b]) => (a < b ? -1 : 1))
}

const boundRelation = (relation: ProgramRelation): ProgramRelation => ({
  kind: relation.kind,
  schema: () => relation.schema(),
  plan: () => relation.plan(),
  ...(relation.sink && { sink: relation.sink }),
})

function readingOf(table: TableDescriptor): ProgramRelation {
  const plan = createScan(table)
  return { kind: 'table', schema: () => table.schema, plan: () => plan, sink: table }
}

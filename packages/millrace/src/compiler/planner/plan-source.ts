// Which changes a source gives, and what completes them before anything else sees them.

import type { ConnectorRegistry } from '../../connector/registry.ts'
import { decodersOf } from '../../connector/table-formats.ts'
import type { ChangelogMode } from '../../types/changelog-mode.ts'
import type { TableDescriptor } from '../../types/table-descriptor.ts'
import type { ExecNode } from '../exec-node.ts'
import type { NormalizeExec } from '../nodes/changelog-exec.ts'
import type { SourceExec } from '../nodes/row-exec.ts'
import { PlanError } from './plan-error.ts'
import type { Planner } from './planner.ts'

/** The changes that a table's format tells of; where records have the primary key as theirs, they replace each other. */
export function sourceChangelog(
  table: TableDescriptor,
  registry: ConnectorRegistry,
): ChangelogMode {
  const factory = registry.sources.get(table.connector)
  if (factory?.changelogMode) return factory.changelogMode(table)
  if (factory?.keys === 'primary') return 'upsert'
  const value = decodersOf(table, registry)?.value
  return value?.format.changelogMode(value.options) ?? 'append'
}

/** Whether changes are completed by the primary key: upserts, and changes that may come twice. */
export function isNormalized(planner: Planner, table: TableDescriptor): boolean {
  const mode = sourceChangelog(table, planner.registry)
  if (mode === 'append') return false
  const mayRepeat =
    planner.settings.options?.get('table.exec.source.cdc-events-duplicate') === 'true'
  if (mode === 'retract' && !mayRepeat) return false
  if (table.primaryKey.length > 0) return true
  throw new PlanError(
    'MR_PLAN_CHANGELOG',
    mode === 'upsert'
      ? `table ${table.name} gives rows that replace each other, but has no primary key`
      : `table ${table.name} may give changes twice (table.exec.source.cdc-events-duplicate), but has no primary key`,
    'Declare PRIMARY KEY (…) NOT ENFORCED on it.',
  )
}

/** The whole changelog of a source: its own when it is whole. */
export function planSourceChanges(planner: Planner, source: SourceExec): ExecNode {
  const { table } = source
  if (!isNormalized(planner, table)) return source
  return {
    kind: 'normalize',
    id: planner.ids.next('normalize', [source], [table.primaryKey.join(',')]),
    inputs: [source],
    schema: source.schema,
    output: 'retract',
    keys: [table.primaryKey],
    key: table.primaryKey,
  } satisfies NormalizeExec
}

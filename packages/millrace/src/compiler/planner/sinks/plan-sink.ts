// Which changes a sink gets: what it takes and what reaches it must fit, or the program is refused with the reason.

import { encodersOf } from '../../../connector/table-formats.ts'
import type { PlanNodeOf } from '../../../plan/node.ts'
import type { SinkFactory } from '../../../connector/sink.ts'
import type { ChangelogMode } from '../../../types/changelog-mode.ts'
import type { TableDescriptor } from '../../../types/table-descriptor.ts'
import type { SinkExec } from '../../nodes/changelog-exec.ts'
import { enforceColumns } from './enforce-columns.ts'
import { conflictRefused, hasKey, materialize } from './plan-materialize.ts'
import { hasPairs } from '../update-before.ts'
import { finalize } from '../finalize.ts'
import { PlanError } from '../plan-error.ts'
import type { Planner } from '../planner.ts'

export function planSink(planner: Planner, node: PlanNodeOf<'sink'>): SinkExec {
  const { table } = node
  const factory = planner.registry.sinks.get(table.connector)
  if (!factory)
    throw new PlanError(
      'MR_CONNECTOR_UNKNOWN',
      `nothing can write to table ${table.name}: there is no sink connector "${table.connector}"`,
      `Use one of: ${[...planner.registry.sinks.keys()].join(', ')}.`,
    )
  if (node.overwrite) checkOverwrite(planner, node, factory)
  const planned = planner.plan(node.input)
  const result =
    planner.mode === 'batch' && planned.output !== 'append' ? finalize(planner, planned) : planned
  const input = enforceColumns(planner, result, table)
  const accepts = acceptedBy(planner, table, factory)
  const upsertKey = table.primaryKey.length > 0 ? table.primaryKey : (input.keys[0] ?? [])
  const mode = sinkMode(input.output, accepts, upsertKey, node)
  if (node.onConflict && (mode !== 'upsert' || table.primaryKey.length === 0))
    throw conflictRefused(node, mode)
  const changes = mode === 'upsert' ? materialize(planner, input, node) : input
  return {
    kind: 'sink',
    id: planner.ids.next('sink', [], [table.name]),
    inputs: [changes],
    schema: node.schema,
    output: changes.output,
    keys: changes.keys,
    table,
    mode,
    upsertKey: mode === 'upsert' ? upsertKey : [],
    overwrite: node.overwrite ?? false,
    dropsUpdateBefore: mode === 'upsert' && hasPairs(changes) && hasKey(changes, upsertKey),
  }
}

function checkOverwrite(
  { mode }: Planner,
  { table }: PlanNodeOf<'sink'>,
  factory: SinkFactory,
): void {
  if (!factory.takesOverwrite)
    throw new PlanError(
      'MR_SQL_UNSUPPORTED',
      `INSERT OVERWRITE cannot replace what table ${table.name} holds: connector '${table.connector}' only adds to it`,
      'Write INSERT INTO.',
    )
  if (mode === 'streaming')
    throw new PlanError(
      'MR_SQL_UNSUPPORTED',
      `INSERT OVERWRITE replaces what table ${table.name} holds once all rows are there: it is for batch mode`,
      "SET 'execution.runtime-mode' = 'batch', or write INSERT INTO.",
    )
}

/** What a connector that takes a format takes is what the format can tell, unless keys tell it. */
function acceptedBy(
  { registry }: Planner,
  table: TableDescriptor,
  factory: SinkFactory,
): readonly ChangelogMode[] {
  const value = factory.keys === 'primary' ? undefined : encodersOf(table, registry)?.value
  return value ? value.format.accepts(value.options) : factory.accepts(table)
}

function sinkMode(
  input: ChangelogMode,
  accepts: readonly ChangelogMode[],
  upsertKey: readonly number[],
  { table }: PlanNodeOf<'sink'>,
): ChangelogMode {
  if (input === 'append') {
    const keyed = table.primaryKey.length > 0 && accepts.includes('upsert')
    if (!keyed && accepts.includes('append')) return 'append'
    if (accepts.includes('retract')) return 'retract'
    if (accepts.includes('upsert') && upsertKey.length > 0) return 'upsert'
    throw new PlanError(
      'MR_PLAN_CHANGELOG',
      `table ${table.name} takes upserts only, but has no primary key`,
      'Declare PRIMARY KEY (…) NOT ENFORCED on it.',
    )
  }
  if (accepts.includes('retract')) return 'retract'
  if (accepts.includes('upsert')) {
    if (upsertKey.length > 0) return 'upsert'
    throw new PlanError(
      'MR_PLAN_CHANGELOG',
      `table ${table.name} takes updates by key, but neither it nor the query has one`,
      'Declare PRIMARY KEY (…) NOT ENFORCED on it.',
    )
  }
  throw new PlanError(
    'MR_PLAN_CHANGELOG',
    `table ${table.name} (${table.connector}) takes inserts only, but the query updates or deletes rows that it gave before`,
    'Use a window aggregation, write to a table with a primary key that takes upserts, or run in batch mode.',
  )
}

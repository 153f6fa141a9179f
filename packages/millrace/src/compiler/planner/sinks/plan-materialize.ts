// What stands before an upsert sink whose key is not the query's: its rows by the sink's key, and what a conflict is.

import { walkPlan } from '../../../plan/children.ts'
import type { PlanNodeOf } from '../../../plan/node.ts'
import type { ChangelogMode } from '../../../types/changelog-mode.ts'
import type { Schema } from '../../../types/schema.ts'
import type { TableDescriptor } from '../../../types/table-descriptor.ts'
import type { ExecNode } from '../../exec-node.ts'
import type { MaterializeExec } from '../../nodes/changelog-exec.ts'
import type { Planner } from '../planner.ts'
import { PlanError } from '../plan-error.ts'

type SinkNode = PlanNodeOf<'sink'>

/**
 * The changes of an upsert sink by its own key. -U can go only where the key is one of the stream's, for only then do an
 * update's two rows share it; else several of the stream's rows may claim one key of the sink: by default the newest counts.
 *
 * @throws {PlanError} `MR_PLAN_CHANGELOG` where ON CONFLICT is demanded, or cannot hold
 */
export function materialize(
  planner: Planner,
  input: ExecNode,
  { table, onConflict, ...node }: SinkNode,
): ExecNode {
  const { primaryKey } = table
  const setting = (name: string) => planner.settings.options?.get(name)?.toLowerCase()
  const choice = setting('table.exec.sink.upsert-materialize')
  if (primaryKey.length === 0) return input
  if (choice === 'none') {
    if (onConflict) throw neverMaterialized(table)
    return input
  }
  const isOwn = hasKey(input, primaryKey)
  if (isOwn && choice !== 'force') return input
  if (!isOwn && !onConflict && setting('table.exec.sink.require-on-conflict') === 'true')
    throw conflictNotSaid(table, input)
  // Rows that are only added replace each other in the sink itself.
  if (input.output === 'append' && (onConflict ?? 'deduplicate') === 'deduplicate') return input
  if (onConflict === 'nothing' || onConflict === 'error')
    requireWatermarks(planner, { table, onConflict, ...node })
  const action = onConflict ?? 'deduplicate'
  const parts = action === 'deduplicate' ? [] : [action]
  return {
    kind: 'materialize',
    id: planner.ids.next('materialize', [input], [primaryKey.join(','), ...parts]),
    inputs: [input],
    schema: input.schema,
    output: 'retract',
    keys: [primaryKey],
    sinkKey: primaryKey,
    upsertKey: input.keys[0],
    onConflict: action,
    table: table.name,
  } satisfies MaterializeExec
}

/** Whether the columns are, in any order, a key of the node's rows. */
export const hasKey = (input: ExecNode, columns: readonly number[]): boolean =>
  input.keys.some(key => key.length === columns.length && key.every(i => columns.includes(i)))

/** The error of ON CONFLICT for a sink in which no rows replace each other by a declared key. */
export function conflictRefused({ table }: SinkNode, mode: ChangelogMode): PlanError {
  const reason =
    mode === 'append'
      ? 'takes inserts only'
      : mode === 'retract'
        ? 'takes updates with both their rows'
        : 'has no primary key'
  return new PlanError(
    'MR_PLAN_CHANGELOG',
    `ON CONFLICT is for tables that take upserts by their primary key, but ${table.name} (${table.connector}) ${reason}`,
    'Take ON CONFLICT away, or write to a table with PRIMARY KEY (…) NOT ENFORCED whose connector and format take upserts.',
  )
}

const neverMaterialized = ({ name }: TableDescriptor): PlanError =>
  new PlanError(
    'MR_PLAN_CHANGELOG',
    `ON CONFLICT cannot hold for table ${name}: 'table.exec.sink.upsert-materialize' = 'NONE' lets changes through as they are`,
    "Take ON CONFLICT away, or SET 'table.exec.sink.upsert-materialize' = 'AUTO'.",
  )

function conflictNotSaid(
  { name, schema, primaryKey }: TableDescriptor,
  input: ExecNode,
): PlanError {
  const key = input.keys[0]
  const own = key ? `by (${namesOf(input.schema, key)})` : 'by no key that is known'
  return new PlanError(
    'MR_PLAN_CHANGELOG',
    `several rows of the query may have one key of table ${name}: its primary key is (${namesOf(schema, primaryKey)}), the query tells rows apart ${own}`,
    'Say what becomes of them: ON CONFLICT DO DEDUPLICATE (the last shows), DO NOTHING (the first stays) or DO ERROR.',
  )
}

const namesOf = (schema: Schema, columns: readonly number[]): string =>
  columns.map(i => schema[i]?.name).join(', ')

/** Conflicts are looked for when the watermark moves on. */
function requireWatermarks({ mode }: Planner, node: SinkNode): void {
  if (mode === 'batch') return
  const watermarks = [...walkPlan(node)].filter(n => n.kind === 'watermark')
  const timed = new Set(watermarks.flatMap(n => [...walkPlan(n)]))
  const untimed = [...walkPlan(node)].flatMap(n =>
    n.kind === 'scan' && !timed.has(n) ? [n.table.name] : [],
  )
  if (untimed.length === 0) return
  throw new PlanError(
    'MR_PLAN_CHANGELOG',
    `ON CONFLICT DO ${node.onConflict?.toUpperCase()} settles conflicts when the watermark moves on, but ${[...new Set(untimed)].join(', ')} has none`,
    'Declare WATERMARK FOR … on each table that is read, or write ON CONFLICT DO DEDUPLICATE.',
  )
}

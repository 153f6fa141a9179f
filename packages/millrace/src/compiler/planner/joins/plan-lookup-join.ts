// Look-up joins: of a table that can be asked for the rows of a key, by asking; of any other, from all its rows in memory.

import { lookupSettingsOf } from '../../../connector/lookup-options.ts'
import type { PlanNodeOf } from '../../../plan/node.ts'
import { replaceColumns } from '../../../plan/transform.ts'
import type { Expression, NamedExpression } from '../../../plan/expression.ts'
import { tryParseDuration } from '../../../types/duration.ts'
import type { ExecNode } from '../../exec-node.ts'
import type { EquiKey, KeyLookupJoinExec, LookupPolicy } from '../../nodes/join-exec.ts'
import { collapse } from '../collapse.ts'
import type { JoinParts } from './join-condition.ts'
import { describeExpressions } from '../operator-ids.ts'
import type { Planner } from '../planner.ts'
import { PlanError } from '../plan-error.ts'

type TemporalJoin = PlanNodeOf<'temporal-join'>

/** Flink's defaults. */
const DEFAULT_CAPACITY = 100
const DEFAULT_TIMEOUT_MS = 180_000

export function planLookupJoin(
  planner: Planner,
  node: TemporalJoin,
  left: ExecNode,
  parts: JoinParts,
): ExecNode {
  const byKey = planKeyLookup(planner, node, left, parts)
  if (byKey) return byKey
  const keys = `${describeExpressions(parts.equi.map(k => k.left))} = ${describeExpressions(parts.equi.map(k => k.right))}`
  return {
    kind: 'lookup-join',
    id: planner.ids.next('lookup-join', [left], [node.join, keys]),
    inputs: [left],
    schema: node.schema,
    output: left.output,
    keys: joinedKeys(node, left, parts.equi),
    join: node.join,
    right: node.right,
    ...parts,
  }
}

/** Undefined when the right side is no table that can be asked, or is to be read whole. */
function planKeyLookup(
  planner: Planner,
  node: TemporalJoin,
  left: ExecNode,
  { equi, residual }: JoinParts,
): KeyLookupJoinExec | undefined {
  const { base, columns, condition } = collapse(node.right)
  if (base.kind !== 'scan') return undefined
  const { table } = base
  if (!planner.registry.sources.get(table.connector)?.createKeyLookup) return undefined
  const settings = lookupSettingsOf(table)
  if (settings.isFull) return undefined
  const physical = (e: Expression) =>
    replaceColumns(e, c => ({ ...c, index: base.columns[c.index] as number }))
  const right: NamedExpression[] = columns.map(c => ({ ...c, expression: physical(c.expression) }))
  const { asked, others } = askedKeys(equi, right)
  if (asked.size === 0)
    throw new PlanError(
      'MR_PLAN_INVALID',
      `the look-up join of ${table.name} equates none of its columns as they are`,
      `Compare a column of ${table.name} without a cast: ON left.key = ${table.name}.key.`,
    )
  const keyColumns = [...asked.keys()].sort((a, b) => a - b)
  const keyValues = keyColumns.map(column => asked.get(column) as Expression)
  const names = keyColumns.map(i => table.schema[i]?.name ?? '')
  return {
    kind: 'key-lookup-join',
    id: planner.ids.next('key-lookup-join', [left], [node.join, table.name, names.join(', ')]),
    inputs: [left],
    schema: node.schema,
    output: left.output,
    keys: joinedKeys(node, left, equi),
    join: node.join,
    table,
    keyColumns,
    keyValues,
    right,
    condition: condition && physical(condition),
    equi: others,
    residual,
    policy: policyOf(planner, node),
    cache: settings.cache,
    attempts: settings.maxRetries + 1,
  }
}

/** Of the equalities those that name a column of the table as it is, once each; the others are checked of the rows found. */
function askedKeys(equi: readonly EquiKey[], right: readonly NamedExpression[]) {
  const asked = new Map<number, Expression>()
  const others = equi.filter(({ left, right: side, nullSafe }) => {
    const column = side.kind === 'column' ? right[side.index]?.expression : undefined
    if (nullSafe || column?.kind !== 'column' || asked.has(column.index)) return true
    asked.set(column.index, left)
    return false
  })
  return { asked, others }
}

/** What the hint says, else the table, else the settings. */
function policyOf({ settings }: Planner, { right, lookup }: TemporalJoin): LookupPolicy {
  const option = (name: string) => settings.options?.get(`table.exec.async-lookup.${name}`)
  const { base } = collapse(right)
  const async = lookup?.async ?? (base.kind === 'scan' && lookupSettingsOf(base.table).async)
  const capacity = lookup?.capacity ?? Number(option('buffer-capacity') ?? DEFAULT_CAPACITY)
  const timeoutMs =
    lookup?.timeoutMs ?? tryParseDuration(option('timeout') ?? '') ?? DEFAULT_TIMEOUT_MS
  return {
    atOnce: async ? capacity : 1,
    timeoutMs,
    ...(lookup?.retry && { retry: lookup.retry }),
  }
}

/** The left side's keys, when a row meets one row at most. */
function joinedKeys(
  { rightKey }: TemporalJoin,
  left: ExecNode,
  equi: readonly EquiKey[],
): readonly (readonly number[])[] {
  const compared = new Set(equi.map(k => (k.right.kind === 'column' ? k.right.index : -1)))
  return rightKey.length > 0 && rightKey.every(i => compared.has(i)) ? left.keys : []
}

// Which join a logical one becomes: window, interval or regular; and the joins against versions and tables in memory.

import type { Expression } from '../../../plan/expression.ts'
import type { PlanNodeOf } from '../../../plan/node.ts'
import { shiftColumns } from '../../../plan/transform.ts'
import type { ChangelogMode } from '../../../types/changelog-mode.ts'
import type { EquiKey, TemporalJoinExec } from '../../nodes/join-exec.ts'
import type { ExecNode } from '../../exec-node.ts'
import { conjunction } from '../collapse.ts'
import { type JoinParts, splitEquiKeys, timeBounds } from './join-condition.ts'
import { windowColumns } from '../node-properties.ts'
import { describeExpressions } from '../operator-ids.ts'
import { planLookupJoin } from './plan-lookup-join.ts'
import { PlanError } from '../plan-error.ts'
import { isFinal } from '../finalize.ts'
import { versionsOf } from '../versions.ts'
import { createCalc } from '../create-calc.ts'
import type { Planner } from '../planner.ts'

export function planJoin(planner: Planner, node: PlanNodeOf<'join'>): ExecNode {
  const left = planner.plan(node.left)
  const right = planner.plan(node.right)
  const parts = splitEquiKeys(node.condition, left.schema.length)
  const appendOnly = left.output === 'append' && right.output === 'append'
  if (appendOnly && planner.mode === 'streaming')
    return (
      windowJoin(planner, node, left, right, parts) ??
      intervalJoin(planner, node, left, right, parts) ??
      regularJoin(planner, node, left, right, parts)
    )
  return regularJoin(planner, node, left, right, parts)
}

function windowJoin(
  planner: Planner,
  node: PlanNodeOf<'join'>,
  left: ExecNode,
  right: ExecNode,
  parts: JoinParts,
): ExecNode | undefined {
  const [l, r] = [windowColumns(left), windowColumns(right)]
  if (!l || !r) return undefined
  const equates = (a: number, b: number) =>
    parts.equi.some(
      k =>
        k.left.kind === 'column' &&
        k.left.index === a &&
        k.right.kind === 'column' &&
        k.right.index === b,
    )
  if (!equates(l.start, r.start) || !equates(l.end, r.end)) return undefined
  return {
    kind: 'window-join',
    id: joinId(planner, 'window-join', node, left, right, parts.equi),
    inputs: [left, right],
    schema: node.schema,
    output: 'append',
    keys: joinKeys(node, left, right, parts.equi),
    join: node.join,
    ...parts,
    leftWindowEnd: l.end,
    rightWindowEnd: r.end,
  }
}

function intervalJoin(
  planner: Planner,
  node: PlanNodeOf<'join'>,
  left: ExecNode,
  right: ExecNode,
  parts: JoinParts,
): ExecNode | undefined {
  if (node.join === 'semi' || node.join === 'anti') return undefined
  const bounds = timeBounds(parts.residual, left.schema.length)
  if (!bounds) return undefined
  const { leftTime, rightTime, lowerMs, upperMs, residual } = bounds
  return {
    kind: 'interval-join',
    id: joinId(planner, 'interval-join', node, left, right, parts.equi, `${lowerMs}..${upperMs}`),
    inputs: [left, right],
    schema: node.schema,
    output: 'append',
    keys: joinKeys(node, left, right, parts.equi),
    join: node.join,
    equi: parts.equi,
    residual,
    leftTime,
    rightTime,
    lowerMs,
    upperMs,
  }
}

function regularJoin(
  planner: Planner,
  node: PlanNodeOf<'join'>,
  left: ExecNode,
  right: ExecNode,
  parts: JoinParts,
): ExecNode {
  const appendOnly = left.output === 'append' && right.output === 'append'
  const keepsAppend = node.join === 'inner' || (node.join === 'semi' && left.output === 'append')
  const output: ChangelogMode = appendOnly && keepsAppend ? 'append' : 'retract'
  return {
    kind: 'join',
    id: joinId(planner, 'join', node, left, right, parts.equi),
    inputs: [left, right],
    schema: node.schema,
    output,
    keys: joinKeys(node, left, right, parts.equi),
    join: node.join,
    ...parts,
    ...(node.stateTtlMs && { ttlHintMs: node.stateTtlMs }),
  }
}

export function planTemporalJoin(planner: Planner, node: PlanNodeOf<'temporal-join'>): ExecNode {
  const left = planner.plan(node.left)
  const { equi, residual } = splitEquiKeys(node.condition, left.schema.length)
  if (equi.length === 0)
    throw new PlanError(
      'MR_PLAN_INVALID',
      'a FOR SYSTEM_TIME AS OF join needs an equality between both sides',
      'Add ON left.key = right.key.',
    )
  if (node.rightTimeColumn < 0) return planLookupJoin(planner, node, left, { equi, residual })
  const read = planner.mode === 'batch' ? versionsOf(node.right) : node.right
  const versions = withoutCondition(planner.plan(read))
  if (isFinal(versions.plan))
    throw new PlanError(
      'MR_SQL_UNSUPPORTED',
      'in batch mode only the last version of what FOR SYSTEM_TIME AS OF reads is left',
      'Join a table of all versions, insert-only and with a primary key; or run in streaming mode.',
    )
  const { plan: right, passes } = versions
  const schema = [...left.schema, ...right.schema]
  const conditions = [residual, passes && shiftColumns(passes, left.schema.length)]
  const join: TemporalJoinExec = {
    kind: 'temporal-join',
    id: planner.ids.next('temporal-join', [left, right], [node.join, describeKeys(equi)]),
    inputs: [left, right],
    schema: passes ? schema : node.schema,
    output: 'append',
    keys: left.keys,
    join: node.join,
    equi,
    residual: conjunction(conditions),
    leftTime: node.timeColumn,
    rightTime: node.rightTimeColumn,
  }
  if (!passes) return join
  const kept = node.schema.map(({ name, type }, index) => ({
    name,
    expression: { kind: 'column', index, name, type } as const,
  }))
  return createCalc(join, kept)
}

/**
 * Versions that a filter drops still end the versions before them: the filter is asked about the version that is found. Rows that
 * only come, and are never updated, need no such care.
 */
function withoutCondition(plan: ExecNode): {
  readonly plan: ExecNode
  readonly passes?: Expression
} {
  const [input] = plan.inputs
  if (plan.kind !== 'calc' || !plan.condition || input === undefined || input.output === 'append')
    return { plan }
  const name = '$passes'
  const { type } = plan.condition
  const columns = [...plan.columns, { name, expression: plan.condition }]
  return {
    plan: createCalc(input, columns),
    passes: { kind: 'column', index: plan.columns.length, name, type },
  }
}

function joinId(
  planner: Planner,
  kind: string,
  node: PlanNodeOf<'join'>,
  left: ExecNode,
  right: ExecNode,
  equi: readonly EquiKey[],
  more = '',
): string {
  return planner.ids.next(kind, [left, right], [node.join, describeKeys(equi), more])
}

const describeKeys = (equi: readonly EquiKey[]): string =>
  `${describeExpressions(equi.map(k => k.left))} = ${describeExpressions(equi.map(k => k.right))}`

/** Keys of the joined rows: one side's key stays a key when each of its rows meets at most one of the other. */
function joinKeys(
  node: PlanNodeOf<'join'>,
  left: ExecNode,
  right: ExecNode,
  equi: readonly EquiKey[],
): readonly (readonly number[])[] {
  if (node.join === 'semi' || node.join === 'anti') return left.keys
  const width = left.schema.length
  const columns = (side: 'left' | 'right') =>
    new Set(equi.map(k => (k[side].kind === 'column' ? k[side].index : -1)))
  const covered = (keys: readonly (readonly number[])[], by: ReadonlySet<number>) =>
    keys.some(key => key.every(i => by.has(i)))
  const rightKeys = right.keys.map(key => key.map(i => i + width))
  const found: (readonly number[])[] = []
  const leftKept = node.join === 'inner' || node.join === 'left'
  const rightKept = node.join === 'inner' || node.join === 'right'
  if (leftKept && covered(right.keys, columns('right'))) found.push(...left.keys)
  if (rightKept && covered(left.keys, columns('left'))) found.push(...rightKeys)
  if (node.join === 'inner') {
    const [l] = left.keys
    const [r] = rightKeys
    if (l && r) found.push([...l, ...r])
  }
  return found
}

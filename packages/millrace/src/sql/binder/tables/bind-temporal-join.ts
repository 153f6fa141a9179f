// FOR SYSTEM_TIME AS OF: the version of a row that was valid at an event time, or a look-up at processing time.

import { createTemporalJoin } from '../../../plan/create-node.ts'
import { located } from '../../../plan/origin.ts'
import type { Expression } from '../../../plan/expression.ts'
import { uniqueKeyOf } from '../../../plan/unique-key.ts'
import { isRowtime } from '../../../types/data-type.ts'
import type { TableRef } from '../../ast/query.ts'
import type { BinderContext } from '../binder-context.ts'
import { InvalidSqlError, UnsupportedSqlError } from '../binder-errors.ts'
import type { BoundFrom } from './bind-from.ts'
import { bindOn } from './bind-from.ts'
import { joinScopes } from './using-columns.ts'

interface TemporalJoin {
  readonly left: BoundFrom
  readonly right: BoundFrom
  readonly ref: Extract<TableRef, { readonly kind: 'join' }>
  /** The left side's time. */
  readonly time: Expression
  readonly isLookup: boolean
}

/** @throws {InvalidSqlError} `MR_PLAN_INVALID` when the right side has no key or no event time */
export function bindTemporalJoin(context: BinderContext, join: TemporalJoin): BoundFrom {
  const { left, right, ref, time, isLookup } = join
  if (ref.type !== 'INNER' && ref.type !== 'LEFT')
    throw new UnsupportedSqlError({
      what: `A ${ref.type} join FOR SYSTEM_TIME AS OF`,
      remedy: 'Write JOIN or LEFT JOIN.',
      at: ref.span,
    })
  const kind = ref.type === 'LEFT' ? 'left' : 'inner'
  const joined = joinScopes(context.environment, kind, left, right, ref)
  const condition = joined.condition ?? bindOn(context, joined.scope, ref)
  const facts = { join: kind, left: left.plan, right: right.plan, condition } as const
  const rightKey = uniqueKeyOf(right.plan)
  if (!isLookup) requireKey(join, condition, rightKey)
  const timeColumn = time.kind === 'column' ? time.index : -1
  const rightTimeColumn = isLookup ? -1 : versionTime(join)
  const plan = located(createTemporalJoin({ ...facts, timeColumn, rightKey, rightTimeColumn }), {
    text: context.text,
    at: ref.span,
  })
  return { plan, scope: joined.finish(plan) }
}

/** Versions are kept by key: the condition names it whole, by equalities. */
function requireKey(
  { left, right, ref }: TemporalJoin,
  condition: Expression,
  rightKey: readonly number[],
): void {
  const width = left.plan.schema.length
  const equated = new Set(
    conjunctsOf(condition).flatMap(part =>
      part.kind === 'call' && part.name === '='
        ? part.args.flatMap(arg => (arg.kind === 'column' ? [arg.index - width] : []))
        : [],
    ),
  )
  const missing = rightKey.filter(index => !equated.has(index))
  if (missing.length === 0) return
  const names = missing.map(index => `"${right.plan.schema[index]?.name}"`).join(', ')
  throw new InvalidSqlError({
    problem: `The temporal join does not compare ${names}, of the right side's key, by =`,
    remedy: 'Compare each column of the key with one of the left side.',
    at: ref.right.span,
    code: 'MR_PLAN_INVALID',
  })
}

const conjunctsOf = (e: Expression): readonly Expression[] =>
  e.kind === 'logical' && e.op === 'and' ? e.args.flatMap(conjunctsOf) : [e]

/** The column that says from when a version is valid, once all that the join needs is there. */
function versionTime({ right, ref, time }: TemporalJoin): number {
  if (time.kind !== 'column' || !isRowtime(time.type))
    throw new InvalidSqlError({
      problem:
        'FOR SYSTEM_TIME AS OF needs an event-time or processing-time column of the left side',
      remedy: 'Declare WATERMARK FOR the column on its table.',
      at: ref.right.span,
      code: 'MR_PLAN_INVALID',
    })
  const lack = (what: string, remedy: string): never => {
    throw new InvalidSqlError({
      problem: `The right side of the temporal join has no ${what}`,
      remedy,
      at: ref.right.span,
      code: 'MR_PLAN_INVALID',
    })
  }
  if (uniqueKeyOf(right.plan).length === 0)
    lack('primary key', 'Declare PRIMARY KEY (…) NOT ENFORCED, or deduplicate by ROW_NUMBER() = 1.')
  const column = right.plan.schema.findIndex(c => isRowtime(c.type))
  return column < 0 ? lack('event time', 'Declare WATERMARK FOR its version column.') : column
}

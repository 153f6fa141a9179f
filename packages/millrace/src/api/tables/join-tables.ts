// Joins: regular, interval, temporal, look-up; conditions over the columns of both sides.

import { durationMs } from '../../types/duration.ts'
import type { LookupHint } from '../../plan/lookup-hint.ts'
import { checkCondition } from '../../plan/create-expression.ts'
import { createJoin, createProject, createTemporalJoin } from '../../plan/create-node.ts'
import type { Expression } from '../../plan/expression.ts'
import type { PlanNode } from '../../plan/node.ts'
import { isRowtime } from '../../types/data-type.ts'
import { MillraceError } from '../../types/errors.ts'
import { listNames } from '../../types/unknown-name.ts'
import type { AppContext } from '../app-context.ts'
import { ColumnScope } from '../columns/column-scope.ts'
import type { AnyExpr, ExprsOf, Projection } from '../columns/expr.ts'
import { builderOf } from '../columns/expression-builder.ts'
import { indexOfColumn } from './project-columns.ts'
import type { Columns, NameOfKind } from '../columns/sql-type.ts'
import type { TypeErrorMessage } from '../columns/type-error-message.ts'
import { uniqueKeyOf } from '../../plan/unique-key.ts'

/** A condition over the columns of both sides. */
export type JoinCondition<L extends Columns, R extends Columns> = (
  left: ExprsOf<L>,
  right: ExprsOf<R>,
) => AnyExpr<boolean | null, 'boolean'>

/** The result's columns, made of those of both sides. */
export type JoinSelect<L extends Columns, R extends Columns, P extends Projection> = (
  left: ExprsOf<L>,
  right: ExprsOf<R>,
) => P

/** Without a `select` the tables may not share a column name; the compiler names one that they do. */
export type WithoutOverlap<L, R> = [Extract<keyof L, keyof R>] extends [never]
  ? unknown
  : TypeErrorMessage<`both tables have column "${Extract<keyof L, keyof R> & string}"; pass a select as third argument`>

export interface TemporalJoinOptions<
  L extends Columns,
  R extends Columns,
  J extends 'inner' | 'left',
  P extends Projection,
> {
  /** The column that holds the time at which `right` is looked at. */
  readonly asOf: NameOfKind<L, 'timestamp'>
  /** Must equate the whole primary key of `right`. */
  readonly on: JoinCondition<L, R>
  /** `left` keeps rows for which there was no version, with NULLs. */
  readonly type: J
  readonly select: JoinSelect<L, R, P>
}

/** Two sides of a join have a column of the same name, and no select tells which is which. */
export class OverlappingColumnsError extends MillraceError {
  constructor(facts: { readonly names: readonly string[] }) {
    super('MR_PLAN_INVALID', `Both tables have column ${listNames(facts.names)}.`, {
      remedy: 'Pass a select as third argument: (l, r) => ({ ...l, other: r.other }).',
    })
  }
}

/** The right side of a temporal join has no key or no event time. */
export class NotVersionedError extends MillraceError {
  constructor(facts: { readonly lacks: 'primary key' | 'watermark' }) {
    super('MR_PLAN_INVALID', `The right side of a temporal join has no ${facts.lacks}.`, {
      remedy: `Declare its ${facts.lacks}, or deduplicate() it by its key.`,
    })
  }
}

/** A regular join, which the physical planner may find to be an interval or window join. */
export function joinTables(
  app: AppContext,
  kind: 'inner' | 'left' | 'right' | 'full',
  left: PlanNode,
  right: PlanNode,
  on: unknown,
  select: unknown,
): PlanNode {
  const node = createJoin(kind, left, right, condition(app, left, right, on))
  return selectColumns(app, node, left.schema.length, select)
}

/** The left rows that have (or have not) a partner. */
export function matchTables(
  app: AppContext,
  kind: 'semi' | 'anti',
  left: PlanNode,
  right: PlanNode,
  on: unknown,
): PlanNode {
  return createJoin(kind, left, right, condition(app, left, right, on))
}

/** The version of `right` that was valid at the left row's time. */
export function temporalJoinTables(
  app: AppContext,
  left: PlanNode,
  right: PlanNode,
  options: unknown,
): PlanNode {
  const { asOf, on, type, select } = options as {
    readonly asOf: string
    readonly on: unknown
    readonly type: 'inner' | 'left'
    readonly select: unknown
  }
  const rightKey = uniqueKeyOf(right)
  const rightTimeColumn = right.schema.findIndex(c => isRowtime(c.type))
  if (rightKey.length === 0) throw new NotVersionedError({ lacks: 'primary key' })
  if (rightTimeColumn < 0) throw new NotVersionedError({ lacks: 'watermark' })
  const node = createTemporalJoin({
    join: type,
    left,
    right,
    timeColumn: indexOfColumn(left, asOf),
    condition: condition(app, left, right, on),
    rightKey,
    rightTimeColumn,
  })
  return selectColumns(app, node, left.schema.length, select)
}

/** How a table that can be asked is asked; SQL's hint LOOKUP. */
export interface LookupJoinOptions {
  /** Several keys at once; by default as the table says. */
  readonly async?: boolean
  /** Keys that are asked for at once, at most; by default 100. */
  readonly capacity?: number
  /** For one row, with all attempts, such as `'5 s'`; by default 3 minutes. */
  readonly timeout?: string
  /** A key without a row is asked for again. */
  readonly retry?: { readonly delay: string; readonly attempts: number }
}

/** What `right`, held in memory, has for each row; `timeColumn` is -1: processing time. */
export function lookupJoinTables(
  app: AppContext,
  left: PlanNode,
  right: PlanNode,
  on: unknown,
  select: unknown,
  how: LookupJoinOptions | undefined,
): PlanNode {
  const node = createTemporalJoin({
    join: 'left',
    left,
    right,
    timeColumn: -1,
    condition: condition(app, left, right, on),
    rightKey: uniqueKeyOf(right),
    rightTimeColumn: -1,
    ...(how && { lookup: lookupHint(how) }),
  })
  return selectColumns(app, node, left.schema.length, select)
}

function lookupHint({ async, capacity, timeout, retry }: LookupJoinOptions): LookupHint {
  return {
    ...(async !== undefined && { async }),
    ...(capacity !== undefined && { capacity }),
    ...(timeout !== undefined && { timeoutMs: durationMs(timeout, 'timeout') }),
    ...(retry && {
      retry: { delayMs: durationMs(retry.delay, 'retry.delay'), maxAttempts: retry.attempts },
    }),
  }
}

type Sides<T> = (left: object, right: object) => T

function condition(app: AppContext, left: PlanNode, right: PlanNode, on: unknown): Expression {
  const [l, r] = [new ColumnScope(left.schema), new ColumnScope(right.schema)]
  const offsets = new Map([
    [l, 0],
    [r, left.schema.length],
  ])
  const built = builderOf((on as Sides<AnyExpr>)(l.columns(), r.columns()))
  return checkCondition(built.build({ ...app.environment, offsets }), 'the join condition')
}

function selectColumns(
  app: AppContext,
  join: PlanNode,
  leftWidth: number,
  select: unknown,
): PlanNode {
  const left = new ColumnScope(join.schema.slice(0, leftWidth))
  const right = new ColumnScope(join.schema.slice(leftWidth))
  if (typeof select !== 'function') {
    const names = new Set(left.schema.map(c => c.name))
    const both = right.schema.map(c => c.name).filter(name => names.has(name))
    if (both.length > 0) throw new OverlappingColumnsError({ names: both })
    return join
  }
  const offsets = new Map([
    [left, 0],
    [right, leftWidth],
  ])
  const projection = (select as Sides<Projection>)(left.columns(), right.columns())
  const columns = Object.entries(projection).map(([name, e]) => ({
    name,
    expression: builderOf(e).build({ ...app.environment, offsets }),
  }))
  return createProject(join, columns)
}

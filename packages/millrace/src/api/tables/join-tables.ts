// Joins: regular, interval, temporal, look-up; conditions over the columns of both sides.

import { checkCondition, createCall } from '../../plan/create-expression.ts'
import { createJoin, createProject, createTemporalJoin } from '../../plan/create-node.ts'
import type { Expression } from '../../plan/expression.ts'
import type { LookupHint } from '../../plan/lookup-hint.ts'
import type { PlanNode } from '../../plan/node.ts'
import { isProctime, isRowtime } from '../../types/data-type.ts'
import { type Duration, durationMs } from '../../types/duration.ts'
import { MillraceError } from '../../types/errors.ts'
import type { Schema } from '../../types/schema.ts'
import { listNames } from '../../types/unknown-name.ts'
import type { AppContext } from '../app-context.ts'
import { ColumnScope } from '../columns/column-scope.ts'
import type { AnyExpr, ExprsOf, Projection } from '../columns/expr.ts'
import { builderOf } from '../columns/expression-builder.ts'
import { appendColumns, indexOfColumn } from './project-columns.ts'
import type { Columns, NameOfKind, NullableColumns } from '../columns/sql-type.ts'
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

export interface JoinOptions {
  /** How long rows without a partner are kept, of each side; `0`: for ever. Absent: as the program says. SQL's hint STATE_TTL. */
  readonly stateTtl?: { readonly left?: Duration; readonly right?: Duration }
}

/** How a table that can be asked is asked (SQL's hint LOOKUP), and what becomes of rows for which it has none. */
export interface LookupJoinOptions<J extends 'inner' | 'left' = 'inner' | 'left'> {
  /** `left`, the default, keeps rows for which there is none, with NULLs. */
  readonly type?: J
  /** Several keys at once; by default as the table says. */
  readonly async?: boolean
  /** Keys that are asked for at once, at most; by default 100. */
  readonly capacity?: number
  /** For one row, with all attempts, such as `'5 s'`; by default 3 minutes. */
  readonly timeout?: Duration
  /** A key without a row is asked for again. */
  readonly retry?: { readonly delay: Duration; readonly attempts: number }
}

/** The right side's columns in the result of a look-up. */
export type LookedUp<R extends Columns, J> = J extends 'inner' ? R : NullableColumns<R>

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

/** What the methods of a table are given. */
export interface JoinFacts<O> {
  readonly on: unknown
  readonly select?: unknown
  readonly options?: O | undefined
}

/** A regular join, which the physical planner may find to be an interval or window join. */
export function joinTables(
  app: AppContext,
  kind: 'inner' | 'left' | 'right' | 'full',
  left: PlanNode,
  right: PlanNode,
  { on, select, options = {} }: JoinFacts<JoinOptions>,
): PlanNode {
  const node = createJoin(kind, left, right, condition(app, left, right, on))
  const { stateTtl } = options
  const ttlOf = (side: 'left' | 'right') => {
    const ttl = stateTtl?.[side]
    return ttl === undefined ? undefined : durationMs(ttl, 'stateTtl')
  }
  const kept = stateTtl ? { ...node, stateTtlMs: [ttlOf('left'), ttlOf('right')] as const } : node
  return selectColumns(app, kept, joinedColumns(node, left.schema.length), select)
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
  return selectColumns(app, node, joinedColumns(node, left.schema.length), select)
}

/** What `right` has for each row when it is processed; a clock stands beside the left columns where there is none. */
export function lookupJoinTables(
  app: AppContext,
  left: PlanNode,
  right: PlanNode,
  { on, select, options = {} }: JoinFacts<LookupJoinOptions>,
): PlanNode {
  const width = left.schema.length
  const clock = left.schema.findIndex(c => isProctime(c.type))
  const timed =
    clock < 0
      ? appendColumns(left, [
          {
            name: freeName(left.schema, 'proctime'),
            expression: createCall(app.environment, 'PROCTIME', []),
          },
        ])
      : left
  const node = createTemporalJoin({
    join: options.type ?? 'left',
    left: timed,
    right,
    timeColumn: clock < 0 ? width : clock,
    condition: condition(app, timed, right, on),
    rightKey: uniqueKeyOf(right),
    rightTimeColumn: -1,
    ...lookupHint(options),
  })
  const { schema } = node
  const sides = { left: schema.slice(0, width), right: schema.slice(timed.schema.length) }
  return selectColumns(app, node, { ...sides, rightOffset: timed.schema.length }, select)
}

function lookupHint({ async, capacity, timeout, retry }: LookupJoinOptions): {
  readonly lookup?: LookupHint
} {
  const lookup: LookupHint = {
    ...(async !== undefined && { async }),
    ...(capacity !== undefined && { capacity }),
    ...(timeout !== undefined && { timeoutMs: durationMs(timeout, 'timeout') }),
    ...(retry && {
      retry: { delayMs: durationMs(retry.delay, 'retry.delay'), maxAttempts: retry.attempts },
    }),
  }
  return Object.keys(lookup).length > 0 ? { lookup } : {}
}

function freeName(schema: Schema, base: string): string {
  let name = base
  while (schema.some(c => c.name === name)) name = `$${name}`
  return name
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

/** The columns of both sides in a join's rows. */
interface JoinedColumns {
  readonly left: Schema
  readonly right: Schema
  readonly rightOffset: number
}

const joinedColumns = ({ schema }: PlanNode, leftWidth: number): JoinedColumns => ({
  left: schema.slice(0, leftWidth),
  right: schema.slice(leftWidth),
  rightOffset: leftWidth,
})

function selectColumns(
  app: AppContext,
  join: PlanNode,
  columns: JoinedColumns,
  select: unknown,
): PlanNode {
  const left = new ColumnScope(columns.left)
  const right = new ColumnScope(columns.right)
  if (typeof select !== 'function') {
    const names = new Set(left.schema.map(c => c.name))
    const both = right.schema.map(c => c.name).filter(name => names.has(name))
    if (both.length > 0) throw new OverlappingColumnsError({ names: both })
    return join
  }
  const offsets = new Map([
    [left, 0],
    [right, columns.rightOffset],
  ])
  const projection = (select as Sides<Projection>)(left.columns(), right.columns())
  const projected = Object.entries(projection).map(([name, e]) => ({
    name,
    expression: builderOf(e).build({ ...app.environment, offsets }),
  }))
  return createProject(join, projected)
}

// over(): aggregates of the rows around each row, in an order, as columns beside it.

import { createOver } from '../../plan/create-node.ts'
import type { FrameBound, OverFrame, PlanNode } from '../../plan/node.ts'
import { type Duration, durationMs } from '../../types/duration.ts'
import type { AppContext } from '../app-context.ts'
import type { AggregateBuilder } from '../columns/aggregates.ts'
import { ColumnScope } from '../columns/column-scope.ts'
import type { Columns, NameOf } from '../columns/sql-type.ts'

/** Which rows count for a row: of those with equal `partitionBy`, in the order of `orderBy`. */
export interface OverOptions<C extends Columns> {
  readonly partitionBy?: readonly NameOf<C>[]
  /** Of unbounded input the event time. */
  readonly orderBy: NameOf<C>
  /** The row and so many before it. */
  readonly rows?: number
  /** The rows of such a time before it, up to its own. Neither: all rows up to its own order. */
  readonly range?: Duration
}

const CURRENT: FrameBound = { kind: 'current-row' }

/** All columns, and those of the aggregates. */
export function overRows(
  app: AppContext,
  input: PlanNode,
  options: OverOptions<Columns>,
  aggregates: unknown,
): PlanNode {
  const scope = new ColumnScope(input.schema)
  const context = { ...app.environment, offsets: new Map([[scope, 0]]) }
  const selection = (
    typeof aggregates === 'function' ? aggregates(scope.columns()) : aggregates
  ) as Readonly<Record<string, AggregateBuilder>>
  const column = (name: string) => scope.column(name).build(context)
  return createOver({
    input,
    partition: (options.partitionBy ?? []).map(column),
    order: [{ expression: column(options.orderBy), descending: false, nullsFirst: true }],
    frame: frameOf(options),
    calls: Object.entries(selection).map(([name, a]) => a.build(name, scope, context)),
  })
}

function frameOf({ rows, range }: OverOptions<Columns>): OverFrame {
  const from = (offset: number | undefined): FrameBound =>
    offset === undefined ? { kind: 'unbounded-preceding' } : { kind: 'preceding', offset }
  if (rows !== undefined) return { unit: 'rows', from: from(rows), to: CURRENT }
  const ms = range === undefined ? undefined : durationMs(range, 'range')
  return { unit: 'range', from: from(ms), to: CURRENT }
}

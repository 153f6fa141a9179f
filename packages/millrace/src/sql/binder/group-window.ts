// The window that a GROUP BY names, `TUMBLE(ts, size)` and its like: assigned below the aggregation, its functions read above it.

import { createCall } from '../../plan/create-expression.ts'
import { columnAt, createProject, createWindow } from '../../plan/create-node.ts'
import { located } from '../../plan/origin.ts'
import type { Expression, NamedExpression } from '../../plan/expression.ts'
import type { WindowSpec } from '../../plan/node.ts'
import type { Call, Expression as SqlExpression } from '../ast/expression.ts'
import type { GroupItem, Select } from '../ast/query.ts'
import type { Working } from './bind-where.ts'
import type { BinderContext } from './binder-context.ts'
import { InvalidSqlError } from './binder-errors.ts'
import { functionName } from './expressions/bind-call.ts'
import type { GroupBinder } from './group-binder.ts'
import { Scope } from './scope.ts'
import { bindGroupWindow } from './tables/bind-window.ts'

export interface GroupWindowSettings {
  readonly context: BinderContext
  readonly select: Select
  /** Gets the window as a node of its plan. */
  readonly working: Working
  /** Gets the window's start and end as keys. */
  readonly group: GroupBinder
  /** Binds a key of GROUP BY, below the window. */
  readonly bindKey: (key: SqlExpression) => Expression
}

export class GroupWindow {
  readonly #settings: GroupWindowSettings
  #window:
    | { readonly start: number; readonly window: WindowSpec; readonly kind: string }
    | undefined

  constructor(settings: GroupWindowSettings) {
    this.#settings = settings
  }

  /** Positions of the keys that the window adds. */
  get keys(): readonly number[] {
    return this.#window ? [0, 1] : []
  }

  /** @throws {InvalidSqlError} when the items name two windows */
  bind(items: readonly GroupItem[]): void {
    for (const item of items)
      if (item.kind === 'expression' && isGroupWindow(item.expression))
        this.#set(item.expression, items)
  }

  #set(call: Call, items: readonly GroupItem[]): void {
    const { context, select, working, group } = this.#settings
    const { timeColumn, window: spec } = bindGroupWindow(context, working.scope, call)
    // Sessions are those of each group.
    const window = spec.kind === 'session' ? { ...spec, partition: this.#keyColumns(items) } : spec
    if (this.#window)
      throw new InvalidSqlError({
        problem: 'GROUP BY has two windows',
        remedy: 'Keep one.',
        at: call.span,
      })
    const { plan, scope } = working
    const origin = { text: context.text, at: call.span }
    const windowed = located(createWindow(plan, timeColumn, window), origin)
    this.#window = { start: plan.schema.length, window, kind: functionName(call) }
    working.plan = windowed
    working.scope = new Scope(windowed.schema, scope.relations, scope.merged)
    for (const [i, name] of ['window_start', 'window_end'].entries())
      group.addKey(name, columnAt(windowed, plan.schema.length + i))
    const parts = [
      ...select.items.map(i => i.expression),
      ...(select.having ? [select.having] : []),
    ]
    if (JSON.stringify(parts).includes('_ROWTIME"'))
      group.addKey('window_time', this.#windowColumn(2))
  }

  /** The keys of GROUP BY as columns below the aggregation; those that are computed are added to what is there. */
  #keyColumns(items: readonly GroupItem[]): readonly number[] {
    const { working, bindKey } = this.#settings
    const { plan, scope } = working
    const columns: NamedExpression[] = plan.schema.map(({ name }, i) => ({
      name,
      expression: columnAt(plan, i),
    }))
    const width = columns.length
    const positions = items.flatMap(item => {
      if (item.kind !== 'expression' || isGroupWindow(item.expression)) return []
      const expression = bindKey(item.expression)
      if (expression.kind === 'column') return [expression.index]
      return [columns.push({ name: `$key${columns.length}`, expression }) - 1]
    })
    if (columns.length > width) {
      const extended = createProject(plan, columns)
      working.plan = extended
      working.scope = new Scope(extended.schema, scope.relations, scope.merged)
    }
    return positions
  }

  /** What a call such as `TUMBLE_END(ts, size)` means above the aggregation; undefined: it is no function of the window. */
  functionOf(call: Call): Expression | undefined {
    const { context } = this.#settings
    const name = functionName(call)
    const [, kind, part] = /^(TUMBLE|HOP|SESSION)_(START|END|ROWTIME|PROCTIME)$/.exec(name) ?? []
    const window = this.#window
    if (!kind || !part || !window) return undefined
    const same = bindGroupWindow(context, this.#timeScope(), call).window
    if (!isSameWindow(same, window.window))
      throw new InvalidSqlError({
        problem: `${name} is of another window than GROUP BY has`,
        remedy: `Give it the arguments of ${window.kind} in GROUP BY.`,
        at: call.span,
      })
    if (part === 'PROCTIME') return createCall(context.environment, 'PROCTIME', [])
    return this.#windowColumn(WINDOW_PARTS[part as keyof typeof WINDOW_PARTS])
  }

  /** Start, end or time of the window of GROUP BY; the time is typed as Flink types it, as the column that it is made of. */
  #windowColumn(position: 0 | 1 | 2): Expression {
    const { plan } = this.#settings.working
    const column = columnAt(plan, (this.#window?.start ?? 0) + position)
    if (position < 2 || plan.kind !== 'window') return column
    return { ...column, type: columnAt(plan.input, plan.timeColumn).type }
  }

  /** The scope below the window, where the time column still is the event time. */
  #timeScope(): Scope {
    const { plan, scope } = this.#settings.working
    const below = plan.kind === 'window' ? plan.input.schema : plan.schema
    return new Scope(below, scope.relations, scope.merged)
  }
}

/** Whether the expression is a window, and no key by itself. */
export function isGroupWindow(e: SqlExpression): e is Call {
  return e.kind === 'call' && ['TUMBLE', 'HOP', 'SESSION'].includes(functionName(e))
}

/** Whether two windows are the same but for the partition of sessions. */
function isSameWindow(a: WindowSpec, b: WindowSpec): boolean {
  const text = (window: WindowSpec) => JSON.stringify({ ...window, partition: [] })
  return text(a) === text(b)
}

const WINDOW_PARTS = { START: 0, END: 1, ROWTIME: 2 } as const

// `v$late`: the rows that came too late for the window of a view or WITH query `v`.

import { walkPlan } from '../../../plan/children.ts'
import { createLateRows } from '../../../plan/create-node.ts'
import type { PlanNode, WindowNode } from '../../../plan/node.ts'
import type { Path } from '../../ast/expression.ts'
import type { BinderContext } from '../binder-context.ts'
import { InvalidSqlError } from '../binder-errors.ts'

const SUFFIX = '$late'

/**
 * The late rows of a query by the name of their table; `undefined` when the name is no such one.
 *
 * @throws {InvalidSqlError} when the query has no window, or several
 */
export function lateRowsOf(
  context: BinderContext,
  path: Path,
): { readonly kind: 'late'; readonly plan: PlanNode } | undefined {
  const last = path.at(-1)
  if (!last?.name.endsWith(SUFFIX)) return undefined
  const name = last.name.slice(0, -SUFFIX.length)
  const plan =
    (path.length === 1 ? context.common.get(name) : undefined) ??
    context.catalog.find([...path.slice(0, -1), { ...last, name }])?.plan()
  if (!plan) return undefined
  const windows = [...new Set(walkPlan(plan))].filter(
    (node): node is WindowNode => node.kind === 'window',
  )
  const [window, more] = windows
  if (window && !more)
    return { kind: 'late', plan: createLateRows(window.input, window.timeColumn, window.window) }
  throw new InvalidSqlError({
    problem: window
      ? `"${name}" has several windows, so "${last.name}" could be the late rows of any`
      : `"${name}" has no window, so no row is too late for it`,
    remedy: window
      ? 'Make a view of the window that is meant, and read its late rows.'
      : 'Name a view over TUMBLE, HOP, CUMULATE or SESSION.',
    at: last.span,
  })
}

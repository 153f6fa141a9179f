// A table, view or WITH query by name.

import type { PlanNode } from '../../../plan/node.ts'
import type { Path } from '../../ast/expression.ts'
import type { Hint } from '../../ast/query.ts'
import { lateRowsOf } from './late-rows.ts'
import type { BinderContext } from '../binder-context.ts'
import { InvalidSqlError } from '../binder-errors.ts'

/** The plan that reads it; every reference gets the same node. */
export function bindTablePath(
  context: BinderContext,
  path: Path,
  hints: readonly Hint[] = [],
): PlanNode {
  const [name, more] = path
  const common = name && !more ? context.common.get(name.name) : undefined
  if (common) return common
  const object =
    context.catalog.find(path) ?? lateRowsOf(context, path) ?? context.catalog.get(path)
  if (object.kind === 'late') return object.plan
  const options = new Map(
    hints
      .filter(h => h.name === 'OPTIONS')
      .flatMap(h => h.options.map(o => [o.key, o.value] as const)),
  )
  if (options.size === 0) return object.plan()
  if (object.planWith) return object.planWith(options)
  throw new InvalidSqlError({
    problem: `"${name?.name}" has no options that a hint could set`,
    remedy: 'Set the hint on a table of a connector.',
    at: hints[0]?.span,
  })
}

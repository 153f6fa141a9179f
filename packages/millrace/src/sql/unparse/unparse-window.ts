// Window table functions of the plan back to syntax.

import type { PlanNodeOf, WindowSpec } from '../../plan/node.ts'
import { assertNever } from '../../types/errors.ts'
import type { Expression } from '../ast/expression.ts'
import { distinctNames } from '../binder/output-names.ts'
import type { Block } from './block.ts'
import { noSql } from './no-sql-error.ts'
import { aliasOf, callOf, columnRef, identifier, NOWHERE as span } from './syntax.ts'
import { intervalOf } from './unparse-expression.ts'
import type { PlanUnparser } from './unparse-plan.ts'

/** `TABLE(TUMBLE(TABLE name, DESCRIPTOR(ts), …))`; the input is a table, or a query of WITH. */
export function unparseWindow(
  unparser: PlanUnparser,
  node: Pick<PlanNodeOf<'window'>, 'input' | 'timeColumn' | 'window' | 'schema'>,
): Block {
  const { window, input } = node
  // Only the windows of GROUP BY may start at odd times.
  if (isOddHop(window)) throw noSql('A hopping window whose size is no multiple of its slide')
  const names = distinctNames(input.schema.map(c => c.name))
  const nameAt = (index: number): string => names[index] as string
  const source: Expression = {
    kind: 'table-argument',
    source: unparser.nameOf(input).split('.').map(identifier),
    partitionBy: window.kind === 'session' ? window.partition.map(i => columnRef(nameAt(i))) : [],
    orderBy: [],
    span,
  }
  const time: Expression = {
    kind: 'descriptor',
    columns: [identifier(nameAt(node.timeColumn))],
    span,
  }
  const call = callOf(window.kind.toUpperCase(), [
    source,
    time,
    ...durations(window).map(intervalOf),
  ])
  const alias = unparser.freshAlias()
  const given = node.schema.map(c => c.name)
  const own = distinctNames(given)
  // A window of windows has each of the columns that windows add twice.
  const isPlain = own.every((name, i) => name === given[i])
  return {
    from: {
      kind: 'table-function',
      call,
      lateral: false,
      alias: aliasOf(alias, isPlain ? [] : own),
      span,
    },
    columns: unparser.columnsUnder(alias, own),
  }
}

/** Whether the table function HOP refuses it. */
export const isOddHop = (window: WindowSpec): boolean =>
  window.kind === 'hop' && window.sizeMs % window.slideMs !== 0

/** In the order of the function's arguments. */
export function durations(window: WindowSpec): readonly number[] {
  const offset = 'offsetMs' in window && window.offsetMs !== 0 ? [window.offsetMs] : []
  switch (window.kind) {
    case 'tumble':
      return [window.sizeMs, ...offset]
    case 'hop':
      return [window.slideMs, window.sizeMs, ...offset]
    case 'cumulate':
      return [window.stepMs, window.maxSizeMs, ...offset]
    case 'session':
      return [window.gapMs]
    default:
      return assertNever(window)
  }
}

// The frames of OVER.

import type { SortKey } from '../../plan/expression.ts'
import type { FrameBound, OverFrame } from '../../plan/node.ts'
import { formatType, isNumeric, isTimestamp } from '../../types/data-type.ts'
import type { SourceSpan } from '../../types/errors.ts'
import type { Frame, FrameBound as SqlFrameBound, WindowSpec } from '../ast/expression.ts'
import { InvalidSqlError, UnsupportedSqlError } from './binder-errors.ts'
import { bindExpression } from './expressions/bind-expression.ts'
import type { ExpressionContext } from './expressions/expression-context.ts'

/** The kinds of bounds in the order of rows. */
const EDGES: readonly FrameBound['kind'][] = [
  'unbounded-preceding',
  'preceding',
  'current-row',
  'following',
  'unbounded-following',
]

/**
 * The frame of a window: without one, all rows up to the current one and those level with it, or all when nothing orders.
 *
 * @throws {InvalidSqlError} `MR_SQL_INVALID` when it ends before it begins, or measures a distance that the order has not
 * @throws {UnsupportedSqlError} `MR_SQL_UNSUPPORTED` when it needs rows that a stream has not had yet
 */
export function bindFrame(
  context: ExpressionContext,
  spec: WindowSpec,
  order: readonly SortKey[],
  isStreaming: boolean,
): OverFrame {
  const { frame } = spec
  if (!frame) {
    const whole = spec.orderBy.length === 0
    const to = whole ? ('unbounded-following' as const) : ('current-row' as const)
    return { unit: 'range', from: { kind: 'unbounded-preceding' }, to: { kind: to } }
  }
  const made: OverFrame = {
    unit: frame.unit === 'ROWS' ? 'rows' : 'range',
    from: boundOf(context, frame, frame.start),
    to: frame.end ? boundOf(context, frame, frame.end) : { kind: 'current-row' },
  }
  if (EDGES.indexOf(made.from.kind) > EDGES.indexOf(made.to.kind))
    throw new InvalidSqlError({
      problem: 'The frame ends before it begins',
      remedy: 'Write the earlier bound first: BETWEEN 2 PRECEDING AND CURRENT ROW.',
      at: spec.span,
    })
  const follows = [made.from, made.to].some(b => b.kind.endsWith('following'))
  if (follows && isStreaming)
    throw new UnsupportedSqlError({
      what: 'A FOLLOWING frame of a stream',
      remedy: 'End the frame at CURRENT ROW, or run in batch mode.',
      at: spec.span,
    })
  requireDistance(made, frame, order, spec.span)
  return made
}

function boundOf(context: ExpressionContext, frame: Frame, bound: SqlFrameBound): FrameBound {
  switch (bound.kind) {
    case 'UNBOUNDED PRECEDING':
      return { kind: 'unbounded-preceding' }
    case 'UNBOUNDED FOLLOWING':
      return { kind: 'unbounded-following' }
    case 'CURRENT ROW':
      return { kind: 'current-row' }
    default: {
      const offset = bound.offset && bindExpression(context, bound.offset)
      const isFit =
        offset?.kind === 'literal' &&
        typeof offset.value === 'number' &&
        offset.value >= 0 &&
        (offset.type.kind === 'int' ||
          (offset.type.kind === 'interval_day' && frame.unit === 'RANGE'))
      if (!isFit)
        throw new InvalidSqlError({
          problem: `A frame of ${frame.unit} ends at a constant that is not negative`,
          remedy: "Write 5 PRECEDING for ROWS, INTERVAL '1' MINUTE PRECEDING for RANGE.",
          at: bound.offset?.span,
        })
      return {
        kind: bound.kind === 'PRECEDING' ? 'preceding' : 'following',
        offset: offset.value as number,
      }
    }
  }
}

/** The distance of a RANGE is measured on what orders: numbers by a number, times by an interval. */
function requireDistance(
  made: OverFrame,
  { start, end }: Frame,
  order: readonly SortKey[],
  at: SourceSpan,
): void {
  const offsets = [start, end].flatMap(bound => (bound?.offset ? [bound.offset] : []))
  const type = order[0]?.expression.type
  if (made.unit !== 'range' || offsets.length === 0 || !type) return
  const isTime = isTimestamp(type) || type.kind === 'date' || type.kind === 'time'
  const fits = offsets.every(offset => (offset.kind === 'interval') === isTime)
  if ((isNumeric(type) || isTime) && fits) return
  throw new InvalidSqlError({
    problem: fits
      ? `RANGE measures a distance on a ${formatType(type)}`
      : `RANGE measures the distance on a ${formatType(type)} by ${isTime ? 'a number' : 'an interval'}`,
    remedy: 'Order by a number or a time, or write ROWS.',
    at,
  })
}

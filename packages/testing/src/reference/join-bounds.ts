// Recognises in a join's condition what makes it a window join or an interval join.

import type { Expression } from 'millrace'
import type { WindowPlace } from './evaluate-plan.ts'

/** `lowerMs <= right time - left time <= upperMs`. */
export interface TimeBounds {
  readonly leftTime: number
  readonly rightTime: number
  readonly lowerMs: number
  readonly upperMs: number
}

export function conjunctsOf(condition: Expression): readonly Expression[] {
  return condition.kind === 'logical' && condition.op === 'and'
    ? condition.args.flatMap(conjunctsOf)
    : [condition]
}

/** Whether the condition equates the windows of both sides. */
export function equatesWindows(
  condition: Expression,
  width: number,
  left: WindowPlace,
  right: WindowPlace,
): boolean {
  const equates = (l: number, r: number) =>
    conjunctsOf(condition).some(part => {
      if (part.kind !== 'call' || part.name !== '=') return false
      const columns = part.args.map(a => (a.kind === 'column' ? a.index : -1))
      return columns.includes(l) && columns.includes(r + width)
    })
  return equates(left.start, right.start) && equates(left.end, right.end)
}

/** The bounds that the condition sets between the event times of both sides; undefined when it is open on either side. */
export function timeBoundsOf(condition: Expression, width: number): TimeBounds | undefined {
  let found: TimeBounds | undefined
  for (const [op, a, b] of conjunctsOf(condition).flatMap(comparisonsOf)) {
    const [x, y] = [timeOf(a), timeOf(b)]
    if (!x || !y || x.column < width === y.column < width) continue
    const [left, right, isMirrored] = x.column < width ? [x, y, false] : [y, x, true]
    const distance = left.plusMs - right.plusMs
    const strict = op === '<' || op === '>' ? 1 : 0
    // right - left >= distance for `left <= right`, <= distance for `left >= right`.
    const isLower = op.startsWith('<') !== isMirrored
    const [leftTime, rightTime] = [left.column, right.column - width]
    if (found && (found.leftTime !== leftTime || found.rightTime !== rightTime)) continue
    const { lowerMs, upperMs } = found ?? {
      lowerMs: Number.NEGATIVE_INFINITY,
      upperMs: Number.POSITIVE_INFINITY,
    }
    const isEqual = op === '='
    found = {
      leftTime,
      rightTime,
      lowerMs: isEqual || isLower ? Math.max(lowerMs, distance + strict) : lowerMs,
      upperMs: isEqual || !isLower ? Math.min(upperMs, distance - strict) : upperMs,
    }
  }
  return found && Number.isFinite(found.lowerMs) && Number.isFinite(found.upperMs)
    ? found
    : undefined
}

type Comparison = readonly [op: string, a: Expression, b: Expression]

function comparisonsOf(part: Expression): readonly Comparison[] {
  if (part.kind !== 'call') return []
  const [a, b, c] = part.args
  if (part.name === 'BETWEEN' && a && b && c)
    return [
      ['>=', a, b],
      ['<=', a, c],
    ]
  return ['<', '<=', '>', '>=', '='].includes(part.name) && a && b ? [[part.name, a, b]] : []
}

/** An event-time column, moved by a constant. */
function timeOf(expression: Expression): { column: number; plusMs: number } | undefined {
  const { type } = expression
  if (expression.kind === 'column')
    return (type.kind === 'timestamp' || type.kind === 'timestamp_ltz') &&
      type.attribute === 'rowtime'
      ? { column: expression.index, plusMs: 0 }
      : undefined
  if (expression.kind === 'cast') return timeOf(expression.arg)
  if (expression.kind !== 'call' || !['+', '-'].includes(expression.name)) return undefined
  const [time, interval] = expression.args
  const base = time && timeOf(time)
  if (!base || interval?.kind !== 'literal' || interval.type.kind !== 'interval_day')
    return undefined
  const ms = interval.value as number
  return { column: base.column, plusMs: base.plusMs + (expression.name === '+' ? ms : -ms) }
}

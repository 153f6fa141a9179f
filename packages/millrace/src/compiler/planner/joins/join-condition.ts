// Takes a join condition apart: equal keys, time bounds of an interval join, and the rest.

import { columnsRead } from '../../../plan/children.ts'
import type { Expression } from '../../../plan/expression.ts'
import { shiftColumns } from '../../../plan/transform.ts'
import { isRowtime } from '../../../types/data-type.ts'
import type { EquiKey } from '../../nodes/join-exec.ts'
import { conjunction, conjuncts } from '../collapse.ts'

export interface JoinParts {
  readonly equi: readonly EquiKey[]
  readonly residual: Expression | undefined
}

/** @param leftWidth the number of columns of the left side, which come first */
export function splitEquiKeys(condition: Expression, leftWidth: number): JoinParts {
  const equi: EquiKey[] = []
  const rest: Expression[] = []
  for (const part of conjuncts(condition)) {
    const key = equiKey(part, leftWidth)
    if (key) equi.push(key)
    else if (!isTrue(part)) rest.push(part)
  }
  return { equi, residual: conjunction(rest) }
}

const isTrue = (e: Expression): boolean => e.kind === 'literal' && e.value === true

function equiKey(part: Expression, leftWidth: number): EquiKey | undefined {
  if (part.kind !== 'call' || (part.name !== '=' && part.name !== 'IS NOT DISTINCT FROM'))
    return undefined
  const [a, b] = part.args as readonly [Expression, Expression]
  const nullSafe = part.name !== '='
  const [sideA, sideB] = [sideOf(a, leftWidth), sideOf(b, leftWidth)]
  if (sideA === 'left' && sideB === 'right')
    return { left: a, right: shiftColumns(b, -leftWidth), nullSafe }
  if (sideA === 'right' && sideB === 'left')
    return { left: b, right: shiftColumns(a, -leftWidth), nullSafe }
  return undefined
}

function sideOf(expression: Expression, leftWidth: number): 'left' | 'right' | 'both' | 'none' {
  const columns = columnsRead(expression)
  if (columns.length === 0) return 'none'
  if (columns.every(i => i < leftWidth)) return 'left'
  return columns.every(i => i >= leftWidth) ? 'right' : 'both'
}

/** `right time - left time` lies in `[lowerMs, upperMs]`. */
export interface TimeBounds {
  readonly leftTime: number
  readonly rightTime: number
  readonly lowerMs: number
  readonly upperMs: number
  readonly residual: Expression | undefined
}

/** Finds event-time bounds on both sides in what is left of a condition; undefined when it is no interval join. */
export function timeBounds(
  condition: Expression | undefined,
  leftWidth: number,
): TimeBounds | undefined {
  let leftTime = -1
  let rightTime = -1
  let lowerMs = Number.NEGATIVE_INFINITY
  let upperMs = Number.POSITIVE_INFINITY
  const rest: Expression[] = []
  for (const part of conjuncts(condition).flatMap(splitBetween)) {
    const bound = timeBound(part, leftWidth)
    const sameColumns =
      bound && (leftTime < 0 || (bound.leftTime === leftTime && bound.rightTime === rightTime))
    if (!bound || !sameColumns) {
      rest.push(part)
      continue
    }
    leftTime = bound.leftTime
    rightTime = bound.rightTime
    lowerMs = Math.max(lowerMs, bound.lowerMs)
    upperMs = Math.min(upperMs, bound.upperMs)
  }
  if (leftTime < 0 || !Number.isFinite(lowerMs) || !Number.isFinite(upperMs)) return undefined
  return { leftTime, rightTime, lowerMs, upperMs, residual: conjunction(rest) }
}

type Comparison = '<' | '<=' | '>' | '>=' | '='
interface Part {
  readonly op: Comparison
  readonly a: Expression
  readonly b: Expression
}

/** BETWEEN as two comparisons. */
function splitBetween(part: Expression): readonly Expression[] {
  if (part.kind !== 'call' || part.name !== 'BETWEEN') return [part]
  const [x, low, high] = part.args as readonly [Expression, Expression, Expression]
  // Only their shape is looked at when they are time bounds; otherwise the whole BETWEEN stays.
  const lower = comparison({ op: '>=', a: x, b: low }, part)
  const upper = comparison({ op: '<=', a: x, b: high }, part)
  return linearTime(x) && linearTime(low) && linearTime(high) ? [lower, upper] : [part]
}

function comparison({ op, a, b }: Part, like: Expression): Expression {
  return { ...(like as Extract<Expression, { kind: 'call' }>), name: op, args: [a, b] }
}

function timeBound(part: Expression, leftWidth: number): Omit<TimeBounds, 'residual'> | undefined {
  if (part.kind !== 'call' || !['<', '<=', '>', '>=', '='].includes(part.name)) return undefined
  const [x, y] = part.args as readonly [Expression, Expression]
  const [a, b] = [linearTime(x), linearTime(y)]
  if (!a || !b || a.column < leftWidth === b.column < leftWidth) return undefined
  const leftFirst = a.column < leftWidth
  const [left, right] = leftFirst ? [a, b] : [b, a]
  const op = leftFirst ? (part.name as Comparison) : MIRRORED[part.name as Comparison]
  // left + l op right + r   ⇔   right - left op' l - r
  const difference = left.offsetMs - right.offsetMs
  const range: readonly [number, number] = {
    '<=': [difference, Number.POSITIVE_INFINITY] as const,
    '<': [difference + 1, Number.POSITIVE_INFINITY] as const,
    '>=': [Number.NEGATIVE_INFINITY, difference] as const,
    '>': [Number.NEGATIVE_INFINITY, difference - 1] as const,
    '=': [difference, difference] as const,
  }[op]
  return {
    leftTime: left.column,
    rightTime: right.column - leftWidth,
    lowerMs: range[0],
    upperMs: range[1],
  }
}

const MIRRORED: Record<Comparison, Comparison> = {
  '<': '>',
  '<=': '>=',
  '>': '<',
  '>=': '<=',
  '=': '=',
}

/** `rowtime + offset`, or undefined. */
function linearTime(
  expression: Expression,
): { readonly column: number; readonly offsetMs: number } | undefined {
  if (expression.kind === 'column')
    return isRowtime(expression.type) ? { column: expression.index, offsetMs: 0 } : undefined
  if (expression.kind === 'cast') return linearTime(expression.arg)
  if (expression.kind !== 'call' || (expression.name !== '+' && expression.name !== '-'))
    return undefined
  const [a, b] = expression.args as readonly [Expression, Expression]
  const base = linearTime(a)
  if (base && b.kind === 'literal' && b.type.kind === 'interval_day' && typeof b.value === 'number')
    return {
      column: base.column,
      offsetMs: base.offsetMs + (expression.name === '+' ? b.value : -b.value),
    }
  return undefined
}

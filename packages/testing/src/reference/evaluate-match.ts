// MATCH_RECOGNIZE by search with backtracking over the whole sorted history of each partition.
//
// From each row on that no match has passed over, all ways to complete the pattern are tried; the one that is complete first is the
// match. Of several that are complete with the same row it takes any: the engine follows Flink's order of branches there.

import {
  type AggregateCall,
  compareValues,
  evaluateExpression,
  type MatchExpressions,
  type MatchPart,
  type MatchPattern,
  type PlanNode,
  type Row,
  type SortKey,
  type Value,
} from 'millrace'
import type { Evaluation, Relation } from './evaluate-plan.ts'
import { EVALUATION } from './evaluation.ts'
import { groupBy, keyOf } from './row-keys.ts'
import type { Stamped } from './timeline.ts'

type MatchPlan = Extract<PlanNode, { kind: 'match' }>

/** A row that a variable has taken. */
interface Taken {
  readonly variable: number
  readonly row: Row
}

interface Element {
  readonly variable: number
  readonly min: number
  readonly max: number
  /** What follows may not take a row that this one could take. */
  readonly keepsRows: boolean
}

export function evaluateMatch(evaluation: Evaluation, node: MatchPlan): Relation {
  const input = evaluation.evaluate(node.input)
  const { watermark } = input
  const timeOf = (row: Row) => evaluateExpression(time(node), row, EVALUATION) as number
  const rows = input.rows.filter(({ row, at }) => {
    if (watermark.before(at) < timeOf(row)) return true
    evaluation.addLate(1)
    return false
  })
  const text = keyOf(node.partition.map(e => e.type))
  const keyOfRow = (row: Row) => node.partition.map(e => evaluateExpression(e, row, EVALUATION))
  const found = [...groupBy(rows, ({ row }) => text(keyOfRow(row))).values()].flatMap(members => {
    const sorted = members.map(m => m.row).sort((a, b) => compareRows(node.order, a, b))
    return matchesOf(node, sorted, timeOf).map((match): Stamped => {
      const last = (match.at(-1) as Taken).row
      return {
        row: [...keyOfRow(last), ...valuesOf(node.measures, match)],
        at: watermark.reached(timeOf(last)),
      }
    })
  })
  return { rows: found.toSorted((a, b) => a.at - b.at), isAppend: true, watermark }
}

const time = ({ order }: MatchPlan) => (order[0] as SortKey).expression

function matchesOf(node: MatchPlan, rows: readonly Row[], timeOf: (row: Row) => number): Taken[][] {
  const { skip } = node.definition
  const matches: Taken[][] = []
  for (let start = 0; start < rows.length; start++) {
    const [match] = completions(node, rows, start, timeOf).toSorted((a, b) => a.length - b.length)
    if (!match) continue
    matches.push(match)
    if (skip.kind === 'past-last-row') start += match.length - 1
    else if ('variable' in skip) {
      const own = match.flatMap((t, i) => (t.variable === skip.variable ? [i] : []))
      start += (skip.kind === 'to-first' ? (own[0] as number) : (own.at(-1) as number)) - 1
    }
  }
  return matches
}

/** Every way in which the rows from `start` on are a match. */
function completions(
  node: MatchPlan,
  rows: readonly Row[],
  start: number,
  timeOf: (row: Row) => number,
): Taken[][] {
  const { withinMs, variables } = node.definition
  const elements = elementsOf(node.definition.pattern)
  const complete: Taken[][] = []
  const isIn = (variable: number, path: readonly Taken[], row: Row): boolean => {
    const condition = variables[variable]?.condition
    return !condition || valuesOf(condition, [...path, { variable, row }])[0] === true
  }
  /** Whether nothing that is missing is needed. */
  const isComplete = (element: number, count: number): boolean =>
    elements.every((e, i) => i < element || (i === element ? count : 0) >= e.min)
  const go = (element: number, count: number, path: readonly Taken[]): void => {
    if (path.length > 0 && isComplete(element, count)) complete.push([...path])
    const row = rows[start + path.length]
    if (!row) return
    const first = path[0]?.row ?? row
    if (withinMs > 0 && timeOf(row) - timeOf(first) >= withinMs) return
    for (let at = element; at < elements.length; at++) {
      const e = elements[at] as Element
      const had = at === element ? count : 0
      if (had < e.max && isIn(e.variable, path, row))
        go(at, had + 1, [...path, { variable: e.variable, row }])
      if (had < e.min || (e.keepsRows && isIn(e.variable, path, row))) return
    }
  }
  go(0, 0, [])
  return complete
}

function elementsOf(pattern: MatchPattern): readonly Element[] {
  switch (pattern.kind) {
    case 'variable':
      return [{ variable: pattern.variable, min: 1, max: 1, keepsRows: false }]
    case 'sequence':
      return pattern.items.flatMap(elementsOf)
    case 'repeat': {
      const { min, max, greedy } = pattern
      const isPlain = min === max || (min === 0 && max === 1)
      return elementsOf(pattern.item).map(e => ({ ...e, min, max, keepsRows: greedy && !isPlain }))
    }
  }
}

function valuesOf({ parts, columns }: MatchExpressions, taken: readonly Taken[]): Row {
  const values = parts.map(part => partOf(part, taken))
  return columns.map(c => evaluateExpression(c.expression, values, EVALUATION))
}

function partOf(part: MatchPart, taken: readonly Taken[]): Value {
  if (part.kind === 'rowtime') throw new Error('generated plans do not read MATCH_ROWTIME()')
  const { variable } = part
  const rows = taken.filter(t => variable === undefined || t.variable === variable).map(t => t.row)
  if (part.kind === 'aggregate') return aggregate(part.call, rows)
  const row = part.kind === 'first' ? rows[part.offset] : rows.at(-1 - part.offset)
  return row ? evaluateExpression(part.value, row, EVALUATION) : null
}

function aggregate(call: AggregateCall, rows: readonly Row[]): Value {
  const args = rows.map(row => call.args.map(arg => evaluateExpression(arg, row, EVALUATION)))
  return call.binding.evaluate(call.binding.skipsNulls ? args.filter(a => !a.includes(null)) : args)
}

function compareRows(order: readonly SortKey[], a: Row, b: Row): number {
  for (const { expression } of order) {
    const x = evaluateExpression(expression, a, EVALUATION)
    const y = evaluateExpression(expression, b, EVALUATION)
    const compared = x === null || y === null ? 0 : compareValues(x, y, expression.type)
    if (compared !== 0) return compared
  }
  return 0
}

// Aggregation: the rows of each group, each call's own meaning over them. Windowed, it comes when the window closes.

import {
  type AggregateCall,
  createRowKey,
  evaluateExpression,
  type Expression,
  type PlanNode,
  type Row,
  type Value,
} from 'millrace'
import { EVALUATION } from './evaluation.ts'
import type { Evaluation, Relation, WindowPlace } from './evaluate-plan.ts'
import { filterRows, projectRows } from './evaluate-rows.ts'
import { openWindows, rowInWindow, type Window, windowPlace } from './evaluate-window.ts'
import { groupBy, keyOf } from './row-keys.ts'
import type { Stamped } from './timeline.ts'

type AggregatePlan = Extract<PlanNode, { kind: 'aggregate' }>

export function evaluateAggregate(evaluation: Evaluation, node: AggregatePlan): Relation {
  const keys = node.keys.map(k => k.expression)
  const sets = node.groupingSets ?? [keys.map((_, i) => i)]
  const input = windowInput(evaluation, node, sets) ?? evaluation.evaluate(node.input)
  const place = input.isAppend ? windowAmong(keys, sets, input.window) : undefined
  const taken = place ? takeInTime(evaluation, input, sets.length) : input.rows

  const rows: Stamped[] = []
  for (const set of sets) {
    const groupOf = ({ row }: Stamped) =>
      keys.map((k, i) => (set.includes(i) ? evaluateExpression(k, row, EVALUATION) : null))
    const text = keyOf(keys.map(k => k.type))
    const groups = groupBy(taken, r => text(groupOf(r)))
    // A batch query without GROUP BY has a row even over nothing.
    if (evaluation.mode === 'batch' && keys.length === 0 && !node.groupingSets && groups.size === 0)
      groups.set('', [])
    for (const members of groups.values()) {
      const [first] = members
      const group = first ? groupOf(first) : []
      const results = node.aggregates.map(call => aggregate(call, members))
      const grouping = node.groupingSets ? [groupingOf(set, keys.length)] : []
      const at = place
        ? input.watermark.reached((group[place.end] as number) - 1)
        : Number.POSITIVE_INFINITY
      rows.push({ row: [...group, ...results, ...grouping], at })
    }
  }
  // A window that the input's end does not close has no result; of bounded input there is none.
  return {
    rows: place ? rows.toSorted((a, b) => a.at - b.at || endOf(a, place) - endOf(b, place)) : rows,
    isAppend: place !== undefined || evaluation.mode === 'batch',
    watermark: input.watermark,
    window: place,
  }
}

const endOf = ({ row }: Stamped, { end }: WindowPlace): number => row[end] as number

/** The value of `$grouping`: a bit for each key, the first key's the highest, set when the key is not in the set. */
const groupingOf = (set: readonly number[], keys: number): number =>
  Array.from({ length: keys }, (_, i) => (set.includes(i) ? 0 : 2 ** (keys - 1 - i))).reduce(
    (sum, bit) => sum + bit,
    0,
  )

type GroupingSets = readonly (readonly number[])[]

/** Where the window columns are among the keys, of each set too; undefined: it is no windowed aggregation. */
function windowAmong(
  keys: readonly Expression[],
  sets: GroupingSets,
  window: WindowPlace | undefined,
): WindowPlace | undefined {
  if (!window) return undefined
  const find = (index: number) => keys.findIndex(k => k.kind === 'column' && k.index === index)
  const found = { start: find(window.start), end: find(window.end), time: find(window.time) }
  const isWindowed = sets.every(set => set.includes(found.start) && set.includes(found.end))
  return isWindowed ? found : undefined
}

/** Rows whose window has not closed before they come; the others are counted once for each grouping set. */
function takeInTime(evaluation: Evaluation, input: Relation, sets: number): readonly Stamped[] {
  const end = input.window?.end as number
  return input.rows.filter(({ row, at }) => {
    if (input.watermark.before(at) < (row[end] as number) - 1) return true
    evaluation.addLate(sets)
    return false
  })
}

/**
 * An aggregation straight over a window function judges rows itself: what a filter between drops is not late, and a late row is
 * counted once for each grouping set.
 */
function windowInput(
  evaluation: Evaluation,
  node: AggregatePlan,
  sets: GroupingSets,
): Relation | undefined {
  const chain: Extract<PlanNode, { kind: 'filter' | 'project' }>[] = []
  let below = node.input
  for (; below.kind === 'filter' || below.kind === 'project'; below = below.input)
    chain.unshift(below)
  if (below.kind !== 'window') return undefined
  const window = below
  const input = evaluation.evaluate(window.input)
  const through = (rows: readonly Stamped[]): Relation => {
    const known: Relation = {
      rows,
      isAppend: true,
      watermark: input.watermark,
      window: windowPlace(window),
    }
    return chain.reduce(
      (at, step) => (step.kind === 'filter' ? filterRows(step, at) : projectRows(step, at)),
      known,
    )
  }
  const empty = through([])
  if (
    !windowAmong(
      node.keys.map(k => k.expression),
      sets,
      empty.window,
    )
  )
    return undefined
  const rows: Stamped[] = []
  for (const one of input.rows) {
    const open: Window[] = openWindows(window, one, input.watermark)
    const anyWindow = { start: 0, end: 0 }
    const inWindows = (open.length > 0 ? open : [anyWindow]).map(w => ({
      row: rowInWindow(one.row, w),
      at: one.at,
    }))
    const kept = through(inWindows).rows
    if (open.length > 0) rows.push(...kept)
    else if (kept.length > 0) evaluation.addLate(sets.length)
  }
  return { ...empty, rows }
}

/** A call's own meaning over some rows. */
export function aggregate(call: AggregateCall, members: readonly Stamped[]): Value {
  const accepted = members.filter(
    ({ row }) => !call.filter || evaluateExpression(call.filter, row, EVALUATION) === true,
  )
  const args = accepted.map(({ row }) =>
    call.args.map(arg => evaluateExpression(arg, row, EVALUATION)),
  )
  const counted = call.binding.skipsNulls ? args.filter(a => !a.includes(null)) : args
  return call.binding.evaluate(call.distinct ? withoutRepeats(call, counted) : counted)
}

function withoutRepeats(call: AggregateCall, rows: readonly Row[]): readonly Row[] {
  if (call.args.length === 0) return rows.slice(0, 1)
  const text = createRowKey(call.args.map(a => a.type))
  return [...new Map([...rows].toReversed().map(r => [text(r), r])).values()].toReversed()
}

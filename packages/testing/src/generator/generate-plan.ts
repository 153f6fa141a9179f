// Random plans of one to five operators over events, each shape once what a SQL statement can say.

import {
  columnAt,
  createAggregate,
  createFilter,
  createJoin,
  createLogical,
  createProject,
  createRank,
  createSort,
  createTemporalJoin,
  createUnion,
  createUnnest,
  createWindow,
  type Expression,
  type JoinKind,
  type PlanNode,
  type TableDescriptor,
  type WindowSpec,
} from 'millrace'
import type { ReferenceMode } from '../reference/evaluate-plan.ts'
import type { Choices } from './choices.ts'
import {
  aggregates,
  ascending,
  call,
  column,
  condition,
  descending,
  eventsOf,
  indexOf,
  interval,
  named,
  rightColumn,
  widened,
} from './plan-parts.ts'

type Shape = (choices: Choices, a: PlanNode, b: () => PlanNode, mode: ReferenceMode) => PlanNode

/** A plan over one table or two. The same choices give the same plan. */
export function generatePlan(
  choices: Choices,
  tables: readonly [TableDescriptor, TableDescriptor],
  mode: ReferenceMode,
): PlanNode {
  const shape = choices.pick(SHAPES)
  return shape(choices, eventsOf(choices, tables[0]), () => eventsOf(choices, tables[1]), mode)
}

const JOINS: readonly JoinKind[] = ['inner', 'left', 'right', 'full', 'semi', 'anti']

const stateless: Shape = (choices, a, b) => {
  let plan = a
  if (choices.oneIn(3)) plan = widened(choices, plan)
  if (choices.oneIn(2)) plan = createFilter(plan, condition(choices, plan))
  if (indexOf(plan, 'tags') >= 0 && choices.oneIn(2))
    plan = createUnnest(plan, column(plan, 'tags'), {
      join: choices.pick(['inner', 'left']),
      withOrdinality: choices.oneIn(2),
    })
  if (!choices.oneIn(3)) return plan
  const other = b()
  const common = (input: PlanNode) => createProject(input, named(input, 'k', 'n', 'id'))
  return createUnion([common(plan), common(other)])
}

const grouped: Shape = (choices, a) => {
  const input = choices.oneIn(3) ? createFilter(a, condition(choices, a)) : a
  const keys = named(input, ...choices.some(['k', 'n']))
  const sets = keys.length === 2 && choices.oneIn(3) ? [[0, 1], [0], []] : undefined
  const plan = createAggregate(input, keys, aggregates(choices, input), sets)
  if (choices.oneIn(3)) return again(choices, plan)
  if (keys.length === 0 || !choices.oneIn(3)) return plan
  return createFilter(plan, call('IS NOT NULL', columnAt(plan, 0)))
}

/** An aggregation of the results of another: rows are taken back. */
function again(choices: Choices, input: PlanNode): PlanNode {
  const last = input.schema.length - 1
  const keys = [{ name: 'g', expression: columnAt(input, last) }]
  return createAggregate(
    input,
    keys,
    aggregates(choices, input).map((c, i) => ({ ...c, name: `b${i}` })),
  )
}

function windowSpec(choices: Choices): WindowSpec {
  const offsetMs = choices.pick([0, 300])
  return choices.pick<() => WindowSpec>([
    () => ({ kind: 'tumble', sizeMs: choices.pick([100, 1000, 5000]), offsetMs }),
    () => ({ kind: 'hop', sizeMs: 3000, slideMs: choices.pick([500, 1000, 1500]), offsetMs }),
    () => ({ kind: 'cumulate', maxSizeMs: 4000, stepMs: 1000, offsetMs }),
  ])()
}

const windowOver = (choices: Choices, input: PlanNode): PlanNode =>
  createWindow(input, indexOf(input, 'ts'), windowSpec(choices))

const BOUNDS = ['window_start', 'window_end'] as const

const windowed: Shape = (choices, a) => {
  const input = windowOver(choices, a)
  const keys = named(input, ...choices.some(['k', 'n']), ...BOUNDS, 'window_time')
  const width = keys.length
  const sets =
    width === 5 && choices.oneIn(3)
      ? [
          [0, 1, 2, 3, 4],
          [0, 2, 3, 4],
          [2, 3, 4],
        ]
      : undefined
  const plan = createAggregate(input, keys, aggregates(choices, input), sets)
  return choices.pick([
    () => plan,
    () => attached(choices, plan),
    () => cascaded(choices, plan),
    () => topOfWindow(choices, plan),
    () => again(choices, plan),
  ])()
}

/** The same windows, over fewer keys. */
function attached(choices: Choices, input: PlanNode): PlanNode {
  return createAggregate(input, named(input, ...BOUNDS), aggregates(choices, input))
}

/** Larger windows over the results of smaller ones. */
function cascaded(choices: Choices, input: PlanNode): PlanNode {
  const columns = input.schema
    .map((c, i) => ({ name: c.name, expression: columnAt(input, i) }))
    .filter(c => !(BOUNDS as readonly string[]).includes(c.name))
  const kept = createProject(input, columns)
  const spec = { kind: 'tumble', sizeMs: choices.pick([10_000, 3000]), offsetMs: 0 } as const
  const over = createWindow(kept, indexOf(kept, 'window_time'), spec)
  const width = over.schema.length
  const keys = [width - 3, width - 2].map(i => ({
    name: over.schema[i]?.name ?? '',
    expression: columnAt(over, i),
  }))
  return createAggregate(over, keys, aggregates(choices, over))
}

function topOfWindow(choices: Choices, input: PlanNode): PlanNode {
  // Every column orders, so that ties are equal rows.
  const order = input.schema.map((_, i) => descending(columnAt(input, i)))
  return createRank(
    {
      input,
      function: choices.pick(['row_number', 'rank', 'dense_rank']),
      partition: BOUNDS.map(name => column(input, name)),
      order,
      from: 1,
      to: 1 + choices.below(3),
    },
    choices.oneIn(2) ? 'rank' : undefined,
  )
}

const windowRank: Shape = (choices, a) => {
  const input = windowOver(choices, a)
  return createRank(
    {
      input,
      function: choices.pick(['row_number', 'rank', 'dense_rank']),
      partition: [...BOUNDS, ...choices.some(['k'])].map(name => column(input, name)),
      order: [
        choices.pick([ascending, descending])(column(input, 'n')),
        ascending(column(input, 'id')),
      ],
      from: 1 + choices.below(2),
      to: 2 + choices.below(2),
    },
    choices.oneIn(2) ? 'rank' : undefined,
  )
}

const equalKeys = (choices: Choices, a: PlanNode, b: PlanNode): Expression =>
  call(choices.oneIn(4) ? 'IS NOT DISTINCT FROM' : '=', column(a, 'k'), rightColumn(a, b, 'k'))

const regularJoin: Shape = (choices, a, b) => {
  const right = b()
  const grouping = choices.below(3)
  const left = grouping === 1 ? perKey(choices, a) : a
  const other = grouping === 2 ? perKey(choices, right) : right
  const parts = [equalKeys(choices, left, other)]
  if (grouping === 0 && choices.oneIn(3))
    parts.push(call('<', column(left, 'n'), rightColumn(left, other, 'n')))
  const plan = createJoin(choices.pick(JOINS), left, other, createLogical('and', parts))
  if (!choices.oneIn(3)) return plan
  return createAggregate(
    plan,
    [{ name: 'k', expression: columnAt(plan, indexOf(plan, 'k')) }],
    aggregates(choices, plan),
  )
}

const perKey = (choices: Choices, input: PlanNode): PlanNode =>
  createAggregate(input, named(input, 'k'), aggregates(choices, input))

const intervalJoin: Shape = (choices, a, b) => {
  const right = b()
  const ts = rightColumn(a, right, 'ts')
  const lower = call('-', column(a, 'ts'), interval(choices.pick([0, 500, 4000])))
  const upper = call('+', column(a, 'ts'), interval(choices.pick([0, 500, 4000])))
  const parts = [equalKeys(choices, a, right), call('>=', ts, lower), call('<=', ts, upper)]
  if (choices.oneIn(3)) parts.push(call('<>', column(a, 'n'), rightColumn(a, right, 'n')))
  const join = choices.pick(['inner', 'left', 'right', 'full'] as const)
  const plan = createJoin(join, a, right, createLogical('and', parts))
  if (join !== 'inner' || !choices.oneIn(3)) return plan
  const over = windowOver(choices, plan)
  return createAggregate(over, named(over, ...BOUNDS), aggregates(choices, over))
}

const windowJoin: Shape = (choices, a, b) => {
  const spec = windowSpec(choices)
  const [left, right] = [a, b()].map(input => createWindow(input, indexOf(input, 'ts'), spec))
  if (!left || !right) return a
  const parts = [
    equalKeys(choices, left, right),
    ...BOUNDS.map(name => call('=', column(left, name), rightColumn(left, right, name))),
  ]
  return createJoin(choices.pick(JOINS), left, right, createLogical('and', parts))
}

const temporalJoin: Shape = (choices, a, b) => {
  const right = b()
  return createTemporalJoin({
    join: choices.pick(['inner', 'left']),
    left: a,
    right,
    timeColumn: indexOf(a, 'ts'),
    condition: call('=', column(a, 'k'), rightColumn(a, right, 'k')),
    rightKey: [indexOf(right, 'k')],
    rightTimeColumn: indexOf(right, 'ts'),
  })
}

const top: Shape = (choices, a) => {
  const input = choices.oneIn(3) ? perKey(choices, a) : a
  const isEvents = input === a
  const order = isEvents
    ? [choices.pick([ascending, descending])(column(input, 'n')), ascending(column(input, 'id'))]
    : input.schema.map((_, i) => descending(columnAt(input, i)))
  const from = 1 + choices.below(2)
  return createRank(
    {
      input,
      function: choices.pick(['row_number', 'rank', 'dense_rank']),
      partition: isEvents ? choices.some(['k']).map(name => column(input, name)) : [],
      order,
      from,
      to: from + choices.below(3),
    },
    choices.oneIn(2) ? 'rank' : undefined,
  )
}

const deduplicated: Shape = (choices, a) => {
  const order = [choices.pick([ascending, descending])(column(a, 'ts'))]
  const partition = choices.some(['k', 'n'], 1).map(name => column(a, name))
  const plan = createRank(
    { input: a, function: 'row_number', partition, order, from: 1, to: 1 },
    choices.oneIn(3) ? 'rank' : undefined,
  )
  return choices.oneIn(3) ? perKey(choices, plan) : plan
}

const sorted: Shape = (choices, a, _, mode) => {
  const byId = ascending(column(a, 'id'))
  if (mode === 'streaming' && choices.oneIn(2))
    return createSort(a, [ascending(column(a, 'ts')), byId])
  const order = [choices.pick([ascending, descending])(column(a, 'n')), byId]
  return createSort(a, order, { offset: choices.below(3), limit: 1 + choices.below(10) })
}

const SHAPES: readonly Shape[] = [
  stateless,
  grouped,
  windowed,
  windowed,
  windowRank,
  regularJoin,
  intervalJoin,
  windowJoin,
  temporalJoin,
  top,
  deduplicated,
  sorted,
]

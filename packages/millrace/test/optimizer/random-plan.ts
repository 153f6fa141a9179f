// Random plans over two small tables: every kind of node that rules rewrite, with expressions that cannot fail.

import * as fc from 'fast-check'
import { createLiteral, createLogical } from '../../src/plan/create-expression.ts'
import {
  columnAt,
  createAggregate,
  createFilter,
  createJoin,
  createProject,
  createRank,
  createScan,
  createSort,
  createUnion,
  createValues,
  createWatermark,
  createWindow,
} from '../../src/plan/create-node.ts'
import type { Expression } from '../../src/plan/expression.ts'
import type { JoinKind, PlanNode } from '../../src/plan/node.ts'
import { shiftColumns } from '../../src/plan/transform.ts'
import { types } from '../../src/types/data-type.ts'
import type { Schema } from '../../src/types/schema.ts'
import type { Row } from '../../src/types/value.ts'
import {
  aggregate,
  ascending,
  call,
  expression,
  FALSE,
  table,
  TRUE,
  UNKNOWN,
} from './plan-fixture.ts'

const pair = types.row([
  { name: 'x', type: types.int },
  { name: 'y', type: types.int },
])

const schema: Schema = [
  { name: 'a', type: types.int },
  { name: 'b', type: types.int },
  { name: 'p', type: pair },
  { name: 'at', type: types.timestamp(3) },
]

const small = fc.option(fc.integer({ min: 0, max: 3 }), { nil: null })

/** Rows in order of their times, so that none is late. */
const rows: fc.Arbitrary<readonly Row[]> = fc
  .array(fc.tuple(small, small, fc.option(fc.tuple(small, small), { nil: null })), {
    maxLength: 12,
  })
  .map(list => list.map(([a, b, p], i) => [a, b, p, i * 300]))

type Step = (plan: PlanNode, other: PlanNode) => PlanNode

/** Picks among what a plan offers; the numbers are drawn before the plan is known. */
const pick = <T>(items: readonly T[], choice: number): T => items[choice % items.length] as T

/** The INT and BIGINT values of a row, fields of nested ones among them. */
function numbers(plan: PlanNode): readonly Expression[] {
  return plan.schema.flatMap((column, i) => {
    const at = columnAt(plan, i)
    const { type } = column
    if (type.kind !== 'row') return type.kind === 'int' || type.kind === 'bigint' ? [at] : []
    return type.fields.map(
      (f, index): Expression => ({ kind: 'field', arg: at, index, name: f.name, type: types.int }),
    )
  })
}

const numberOf = (plan: PlanNode, choice: number): Expression =>
  pick([...numbers(plan), expression(1)], choice)

function condition(plan: PlanNode, [form, left, right, value]: readonly number[]): Expression {
  const [a, b] = [numberOf(plan, left ?? 0), numberOf(plan, right ?? 0)]
  const forms: readonly (() => Expression)[] = [
    () => call('>', a, value ?? 0),
    () => call('=', a, b),
    () => call('IS NOT NULL', a),
    () => createLogical('and', [call('<=', a, 2), call('>=', call('+', b, 1), value ?? 0)]),
    () => createLogical('or', [call('IS NULL', a), call('<', b, call('+', 1, 2))]),
    () => createLogical('and', [call('=', 1, 1), call('<>', a, value ?? 0)]),
    () => createLogical('and', [call('>', a, value ?? 0), call('<', a, right ?? 0)]),
    () => createLogical('and', [call('>=', a, 1), call('=', a, b), call('>', 3, a)]),
    () => call('NOT', createLogical('or', [call('<', a, b), call('NOT', call('=', b, 2))])),
    () => call('IS TRUE', chosen(call('>', a, b), TRUE, FALSE)),
    () => createLogical('or', [call('=', a, a), chosen(call('IS NULL', b), FALSE, UNKNOWN)]),
    () => call('IS NULL', call('+', a, b)),
    () => call('NOT', call((right ?? 0) % 2 === 0 ? '<' : '>=', a, value ?? 0)),
    () => call('NOT', call((right ?? 0) % 2 === 0 ? '>' : '<=', a, b)),
    () => createLogical('and', [call('IS NULL', a), call('IS NOT NULL', a)]),
  ]
  return pick(forms, form ?? 0)()
}

const chosen = (when: Expression, then: Expression, otherwise: Expression): Expression => ({
  kind: 'case',
  type: types.boolean,
  branches: [{ when, then }],
  otherwise,
})

const seeds = fc.array(fc.nat({ max: 14 }), { minLength: 8, maxLength: 8 })

const KINDS: readonly JoinKind[] = ['inner', 'left', 'right', 'full', 'semi', 'anti']

/** Filters twice: what they move past matters most. */
const STEPS: readonly ((n: readonly number[]) => Step)[] = [
  n => plan => createFilter(plan, condition(plan, n)),
  n => plan => createFilter(plan, condition(plan, n.toReversed())),
  n => plan =>
    createProject(plan, [
      { name: 'u', expression: numberOf(plan, n[0] ?? 0) },
      { name: 'v', expression: call('+', numberOf(plan, n[1] ?? 0), n[2] ?? 0) },
      { name: 'w', expression: columnAt(plan, (n[3] ?? 0) % plan.schema.length) },
    ]),
  n => plan =>
    createAggregate(
      plan,
      [{ name: 'k', expression: numberOf(plan, n[0] ?? 0) }],
      [aggregate('n', 'COUNT'), aggregate('s', 'SUM', numberOf(plan, n[1] ?? 0))],
    ),
  n => (plan, other) => {
    const equal = call(
      '=',
      numberOf(plan, n[1] ?? 0),
      shiftColumns(numberOf(other, n[2] ?? 0), plan.schema.length),
    )
    const both = { ...plan, schema: [...plan.schema, ...other.schema] } as PlanNode
    const on = (n[3] ?? 0) % 3 === 0 ? [equal, condition(both, n.slice(4))] : [equal]
    return createJoin(pick(KINDS, n[0] ?? 0), plan, other, createLogical('and', on))
  },
  n => plan => createUnion([plan, createFilter(plan, condition(plan, n))]),
  n => plan =>
    createUnion(
      [createFilter(plan, FALSE), plan, createValues(plan.schema, [])].slice(n[0] === 0 ? 0 : 1),
    ),
  n => plan => {
    const kept = [numberOf(plan, n[0] ?? 0), numberOf(plan, n[1] ?? 0)]
    return createAggregate(
      plan,
      kept.map((e, i) => ({ name: `d${i}`, expression: e })),
      [],
    )
  },
  n => plan =>
    createSort(plan, [ascending(createLiteral(1, types.int))], {
      offset: 0,
      limit: 1000 + (n[0] ?? 0),
    }),
  n => plan =>
    createAggregate(
      plan,
      [],
      [aggregate('n', 'COUNT'), aggregate('m', 'MAX', numberOf(plan, n[0] ?? 0))],
    ),
  n => plan =>
    createRank({
      input: plan,
      function: 'rank',
      partition: [numberOf(plan, n[0] ?? 0)],
      order: [ascending(numberOf(plan, n[1] ?? 0))],
      from: 1,
      to: 2,
    }),
]

/** Its `a` tells rows apart where `isKeyed`. */
function timed(name: string, data: readonly Row[], isKeyed = false): PlanNode {
  const rows = isKeyed ? distinctBy(data) : data
  const scan = createScan({ ...table(name, schema, isKeyed ? [0] : []), attachment: { rows } })
  return createWatermark(scan, 3, columnAt(scan, 3))
}

function distinctBy(data: readonly Row[]): readonly Row[] {
  const seen = new Set<unknown>([null])
  return data.filter(([a]) => !seen.has(a) && seen.add(a))
}

function windowed(plan: PlanNode, n: readonly number[]): PlanNode {
  const window = createWindow(plan, 3, { kind: 'tumble', sizeMs: 1000, offsetMs: 0 })
  const width = plan.schema.length
  const edges = [width, width + 1].map(i => ({
    name: window.schema[i]?.name ?? '',
    expression: columnAt(window, i),
  }))
  const key = { name: 'k', expression: numberOf(window, n[0] ?? 0) }
  const sum = aggregate('s', 'SUM', numberOf(window, n[1] ?? 0))
  return createAggregate(window, [...edges, key], [aggregate('n', 'COUNT'), sum])
}

/** Two statements over the same two tables. */
export const statements: fc.Arbitrary<readonly PlanNode[]> = fc
  .tuple(
    rows,
    rows,
    fc.array(
      fc.array(fc.tuple(fc.nat({ max: STEPS.length - 1 }), seeds), { minLength: 1, maxLength: 6 }),
      {
        minLength: 2,
        maxLength: 2,
      },
    ),
    fc.option(seeds, { nil: undefined }),
    fc.boolean(),
  )
  .map(([left, right, programs, window, isKeyed]) => {
    const [one, two] = [timed('one', left), timed('two', right, isKeyed)]
    const base = window ? windowed(one, window) : one
    return programs.map(steps =>
      steps.reduce<PlanNode>(
        (plan, [step, n]) => pick(STEPS, step)(n)(plan, two),
        isKeyed && (steps[0]?.[1][7] ?? 0) % 2 === 0 ? two : base,
      ),
    )
  })

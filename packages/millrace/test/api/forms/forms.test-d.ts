// What the compiler knows of the rows of each form of query, and what it refuses.

import {
  agg,
  avg,
  count,
  denseRank,
  firstValue,
  groupingId,
  jsonArrayAgg,
  lag,
  lead,
  lit,
  max,
  ntile,
  percentRank,
  rowNumber,
  sum,
  t,
  tumble,
} from '../../../src/index.ts'
import { expectTypeOf } from 'vitest'
import { createFormsApp } from './form.ts'

const { app, a, b, c } = createFormsApp()

// Groups
expectTypeOf(
  a
    .window(tumble('ts', '10s'))
    .rollup('k', 'n')
    .select({
      c: count(),
      set: groupingId('k'),
      spread: agg('STDDEV_POP', t.double().nullable(), 'n'),
      list: jsonArrayAgg('n'),
    }).Row,
).toEqualTypeOf<{
  readonly k: string | null
  readonly n: number | null
  readonly window_start: number
  readonly window_end: number
  readonly c: bigint
  readonly set: bigint
  readonly spread: number | null
  readonly list: string
}>()
expectTypeOf(a.groupingSets(['k'], []).select({ c: count() }).Row).toEqualTypeOf<{
  readonly k: string | null
  readonly c: bigint
}>()
expectTypeOf(a.groupBy('k').select({ c: count() }, { stateTtl: '1d' }).Row).toEqualTypeOf<{
  readonly k: string
  readonly c: bigint
}>()
// @ts-expect-error: there is no such column
a.rollup('kk')
// @ts-expect-error: there is no such column
a.groupingSets(['k'], ['kk'])

// Frames and positions
const placed = a
  .over(
    {
      partitionBy: ['k'],
      orderBy: ['ts', r => r.n.desc()],
      rows: { from: { preceding: 5 }, to: { preceding: 1 } },
    },
    r => ({
      total: sum('n'),
      mean: avg(r.id),
      first: firstValue('k'),
      row: rowNumber(),
      place: denseRank(),
      part: ntile(4),
      share: percentRank(),
      before: lag('k'),
      beforeOr: lag('n', 2, 0),
      beforeOther: lag('k', 1, r.k),
      behind: lead(r.ts),
    }),
  )
  .drop('id', 'k', 'n', 'tags', 'ts')
expectTypeOf(placed.Row).toEqualTypeOf<{
  readonly total: number | null
  readonly mean: number | null
  readonly first: string | null
  readonly row: bigint
  readonly place: bigint
  readonly part: bigint
  readonly share: number
  readonly before: string | null
  readonly beforeOr: number
  readonly beforeOther: string
  readonly behind: number | null
}>()
// @ts-expect-error: Unknown column "nn"
a.over({ orderBy: 'ts' }, { x: lag('nn') })
// @ts-expect-error: SUM cannot take column "k" of kind string
a.over({ orderBy: 'ts' }, { x: sum('k') })
// @ts-expect-error: frames of rows are of numbers
a.over({ orderBy: 'ts', rows: { from: { preceding: '1h' } } }, { x: count() })

// Joins
expectTypeOf(a.select('id').fullJoin(c, (l, r) => l.id.eq(r.key.cast(t.int()))).Row).toEqualTypeOf<{
  readonly id: number | null
  readonly key: string | null
  readonly label: string | null
}>()
expectTypeOf(
  a.select('id').rightJoin(c, (l, r) => l.id.eq(1).and(r.key.eq('x'))).Row,
).toEqualTypeOf<{
  readonly id: number | null
  readonly key: string
  readonly label: string
}>()
expectTypeOf(a.select('id').crossJoin(c.select('label')).Row).toEqualTypeOf<{
  readonly id: number
  readonly label: string
}>()
const looked = a.lookupJoin(
  c,
  (l, r) => l.k.eq(r.key),
  (_, r) => ({ label: r.label }),
)
expectTypeOf(looked.Row).toEqualTypeOf<{ readonly label: string | null }>()
const found = a.lookupJoin(
  c,
  (l, r) => l.k.eq(r.key),
  (_, r) => ({ label: r.label }),
  { type: 'inner' },
)
expectTypeOf(found.Row).toEqualTypeOf<{ readonly label: string }>()
const windowed = a.window(tumble('ts', '10s')).join(
  b.window(tumble('since', '10s')),
  (l, r) => l.window_start.eq(r.window_start).and(l.window_end.eq(r.window_end)),
  (l, r) => ({ id: l.id, rate: r.rate, at: l.window_end }),
)
expectTypeOf(windowed.Row).toEqualTypeOf<{
  readonly id: number
  readonly rate: bigint
  readonly at: number
}>()

// Sets
expectTypeOf(a.select('n').unionAll(a.select(r => ({ n: r.id }))).Row).toEqualTypeOf<{
  readonly n: number | null
}>()
expectTypeOf(a.select(r => ({ n: r.id })).union(a.select('n')).Row).toEqualTypeOf<{
  readonly n: number | null
}>()
expectTypeOf(a.select('id').intersect(a.select('id')).Row).toEqualTypeOf<{ readonly id: number }>()
expectTypeOf(a.select('id').exceptAll(a.select('id')).Row).toEqualTypeOf<{ readonly id: number }>()
// @ts-expect-error: the columns are others
a.select('id').except(a.select('k'))
// @ts-expect-error: the columns are of other kinds
a.select('id').intersect(a.select(r => ({ id: r.k })))

// Collections, constants, late rows
expectTypeOf(
  a.select('tags').unnest('tags', { as: ['tag'], join: 'left', ordinality: 'nth' }).Row,
).toEqualTypeOf<{
  readonly tags: readonly string[]
  readonly tag: string | null
  readonly nth: number | null
}>()
expectTypeOf(a.select('tags').unnest('tags', { as: ['tag'] }).Row).toEqualTypeOf<{
  readonly tags: readonly string[]
  readonly tag: string
}>()
expectTypeOf(app.values({ n: t.int(), s: t.string().nullable() }, []).Row).toEqualTypeOf<{
  readonly n: number
  readonly s: string | null
}>()
// @ts-expect-error: NULL is not among its values
app.values({ n: t.int() }, [{ n: null }])
expectTypeOf(a.lateRows(tumble('ts', '10s')).Row).toEqualTypeOf(a.Row)

// Row patterns
const matched = a.matchRecognize({
  partitionBy: ['k'],
  orderBy: 'ts',
  pattern: 'FIRST MIDDLE+? LAST{2,3} END?',
  define: {
    MIDDLE: v => v.MIDDLE.n.gt(v.FIRST.n),
    LAST: (v, m) => v.LAST.n.lt(m.aggregate(max(v.MIDDLE.n))),
  },
  measures: (v, m) => ({
    from: v.FIRST.id,
    count: m.aggregate(count()),
    most: m.aggregate(max(v.MIDDLE.n)),
    second: m.first(v.LAST.k, 1),
    any: m.any.tags,
    at: m.rowtime(),
  }),
  afterMatch: { last: 'MIDDLE' },
  within: '1h',
})
expectTypeOf(matched.Row).toEqualTypeOf<{
  readonly k: string
  readonly from: number | null
  readonly count: bigint
  readonly most: number | null
  readonly second: string | null
  readonly any: readonly string[] | null
  readonly at: number
}>()
a.matchRecognize({
  orderBy: 'ts',
  pattern: 'A B',
  // @ts-expect-error: the pattern has no variable C
  define: { C: () => a },
  // @ts-expect-error: the pattern has no variable D
  measures: v => ({ d: v.D.id }),
})
const afterC = { first: 'C' } as const
const measures = () => ({ one: lit(1) })
// @ts-expect-error: the pattern has no variable C
a.matchRecognize({ orderBy: 'ts', pattern: 'A B', measures, afterMatch: afterC })

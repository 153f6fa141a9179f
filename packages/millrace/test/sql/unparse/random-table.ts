// Random typed programs: tables made by chains of the forms of the Table API. Each form is one entry of `FORMS`.

import type { Choices } from '@millrace/testing'
import {
  type AnyTable,
  avg,
  count,
  cumeDist,
  cumulate,
  datagen,
  denseRank,
  groupingId,
  hop,
  lag,
  lastValue,
  lead,
  max,
  memory,
  Millrace,
  min,
  ntile,
  percentRank,
  rank,
  rowNumber,
  session,
  sum,
  t,
  tableFunction,
  tumble,
} from '../../../src/index.ts'
import {
  aggregates,
  columnsOf,
  condition,
  freshName,
  type Random,
  type RandomColumns,
  timesOf,
  value,
} from './random-column.ts'

/** An app and the tables that its programs read. */
export function createRandomApp(mode: 'streaming' | 'batch') {
  const app = new Millrace('random', { mode })
  const events = app.table('events', {
    source: datagen({ numberOfRows: 1 }),
    schema: {
      id: t.bigint(),
      k: t.string(),
      n: t.int().nullable(),
      price: t.decimal(10, 2).nullable(),
      note: t.string().nullable(),
      tags: t.array(t.string()),
      seat: t.row({ row: t.int(), letter: t.string() }),
      ts: t.timestamp(),
    },
    primaryKey: ['id'],
    watermark: { column: 'ts', delay: '1s' },
  })
  const rates = app.table('rates', {
    source: datagen({ numberOfRows: 1 }),
    schema: { k: t.string(), rate: t.double(), ts: t.timestamp() },
    primaryKey: ['k'],
    watermark: { column: 'ts' },
  })
  const names = app.table('names', {
    source: memory([{ k: 'x', name: 'ex' }]),
    schema: { k: t.string(), name: t.string() },
    primaryKey: ['k'],
  })
  const letters = tableFunction({
    args: [t.string().nullable()],
    returns: { letter: t.string() },
    *eval(text) {
      for (const letter of text ?? '') yield { letter }
    },
  })
  app.function('LETTERS', letters)
  return { mode, app, events, rates, names, letters: letters as Random }
}

export type RandomApp = ReturnType<typeof createRandomApp>

/** The table that a form makes of one; undefined where it does not apply. */
type Form = (choices: Choices, table: Random, app: RandomApp) => AnyTable | undefined

const namesOf = (table: AnyTable): readonly string[] => table.plan.schema.map(c => c.name)
const keysOf = (table: AnyTable): readonly string[] => columnsOf(table, 'text', 'number')

/** All columns of the left, those of the right under other names. */
const sideBySide =
  (prefix: string) =>
  (left: RandomColumns, right: RandomColumns): RandomColumns => ({
    ...left,
    ...Object.fromEntries(Object.entries(right).map(([name, column]) => [prefix + name, column])),
  })

function windowOf(choices: Choices, table: AnyTable): Random {
  const [time] = timesOf(table)
  if (time === undefined || namesOf(table).includes('window_start')) return undefined
  const offset = choices.pick([{}, { offset: '300ms' }])
  return choices.pick([
    () => tumble(time, choices.pick(['1s', '15m', '100 d']), offset),
    () => hop(time, '1m', '5m', offset),
    () => cumulate(time, '1m', '10m', offset),
    () => session(time, '5m', { partitionBy: choices.some(columnsOf(table, 'text')) }),
  ])()
}

/** The partition of sessions, by which groups of them go. */
const sessionKeys = (window: Random): readonly string[] => window.partition

const keyed = (choices: Choices, table: AnyTable): readonly string[] =>
  choices.some(keysOf(table)).slice(0, 2)

const joinKinds = ['join', 'leftJoin', 'rightJoin', 'fullJoin'] as const

const onKey =
  (left: string, ...more: ((l: RandomColumns, r: RandomColumns) => Random)[]) =>
  (l: RandomColumns, r: RandomColumns) =>
    more.reduce((all, condition) => all.and(condition(l, r)), l[left].eq(r['k']))

const textOf = (choices: Choices, table: AnyTable): string | undefined => {
  const texts = columnsOf(table, 'text')
  return texts.length > 0 ? choices.pick(texts) : undefined
}

/** Places that depend on rows still to come. */
const OF_BATCH = [ntile(4), cumeDist(), percentRank(), lead('ts', 2)]

/** Every form of the Table API. */
export const FORMS: Readonly<Record<string, Form>> = {
  where: (c, table) => table.where(condition(c, table)),
  select: (c, table) => {
    const made = value(c, table)
    const kept = c.some(namesOf(table), 1)
    return table.select((x: RandomColumns) => ({
      ...Object.fromEntries(kept.map(name => [name, x[name]])),
      [freshName(table, 'made')]: made(x),
    }))
  },
  'select by names': (c, table) => table.select(...c.some(namesOf(table), 1)),
  withColumns: (c, table) => {
    const made = value(c, table)
    const name = freshName(table, 'more')
    return table.withColumns((x: RandomColumns) => ({ [name]: made(x) }))
  },
  drop: (c, table) => {
    const [first, ...rest] = namesOf(table)
    return first !== undefined && rest.length > 0 ? table.drop(c.pick(rest)) : undefined
  },
  rename: (c, table) => table.rename({ [c.pick(namesOf(table))]: freshName(table, 'order') }),
  groupBy: (c, table) => {
    const keys = keyed(c, table)
    const ttl = c.pick([undefined, undefined, { stateTtl: '1d' }, { stateTtl: 0 }])
    return table.groupBy(...keys).select(aggregates(c, table), ttl)
  },
  'groupBy an expression': (c, table) => {
    const made = value(c, table)
    return table
      .groupBy((x: RandomColumns) => ({ [freshName(table, 'key')]: made(x) }))
      .select({ [freshName(table, 'rows')]: count() })
  },
  groupingSets: (c, table) => {
    const [a, b] = columnsOf(table, 'text', 'number')
    if (a === undefined || b === undefined) return undefined
    const grouped: Random = c.pick([
      () => table.rollup(a, b),
      () => table.cube(a, b),
      () => table.groupingSets([a, b], [b], []),
    ])()
    const id = c.oneIn(2) ? { [freshName(table, 'set')]: groupingId(a, b) } : {}
    return grouped.select({ [freshName(table, 'rows')]: count(), ...id })
  },
  'windows of groups': (c, table) => {
    const window = windowOf(c, table)
    if (!window) return undefined
    const keys = new Set([...sessionKeys(window), ...keyed(c, table)])
    return table
      .window(window)
      .groupBy(...[...keys])
      .select(aggregates(c, table))
  },
  'windows of grouping sets': (_, table) => {
    const [time] = timesOf(table)
    const [a, b] = columnsOf(table, 'text', 'number')
    if (time === undefined || a === undefined || b === undefined) return undefined
    if (namesOf(table).includes('window_start')) return undefined
    return table
      .window(tumble(time, '1m'))
      .rollup(a, b)
      .select({ [freshName(table, 'rows')]: count() })
  },
  window: (c, table) => {
    const window = windowOf(c, table)
    return window && table.window(window)
  },
  lateRows: (c, table) => {
    const window = windowOf(c, table)
    return window && table.lateRows(window)
  },
  over: (c, table) => {
    const [time] = timesOf(table)
    const number = columnsOf(table, 'number')[0]
    if (time === undefined || number === undefined) return undefined
    const frame = c.pick([
      {},
      { rows: 3 },
      { range: '100 s' },
      { rows: { from: { preceding: 5 }, to: { preceding: 1 } } },
      { range: { from: { preceding: '1h' } } },
    ])
    const options = { partitionBy: columnsOf(table, 'text').slice(0, 1), orderBy: time, ...frame }
    const selection = c.some(
      [
        { mean: avg(number) },
        { total: sum(number) },
        { last: lastValue(number) },
        { before: lag(number, 2, 0) },
        { extremes: max(number) },
      ],
      1,
    )
    return table.over(options, Object.assign({}, ...selection))
  },
  ranks: (c, table, app) => {
    const [time] = timesOf(table)
    if (time === undefined) return undefined
    const ofStream = [rowNumber(), rank(), denseRank()]
    const place: Random = c.pick(app.mode === 'batch' ? [...ofStream, ...OF_BATCH] : ofStream)
    const name = freshName(table, 'place')
    const options = { partitionBy: columnsOf(table, 'text').slice(0, 1), orderBy: time }
    return table.over(options, { [name]: place })
  },
  topN: (c, table) => {
    const by = c.pick(keysOf(table))
    if (by === undefined) return undefined
    const options = {
      partitionBy: c.some(columnsOf(table, 'text')).slice(0, 1),
      orderBy: (x: RandomColumns) => c.pick([x[by].desc(), x[by].asc().nullsLast()]),
      limit: 1 + c.below(3),
      offset: c.pick([0, 0, 2]),
      ...(c.oneIn(2) ? { rank: freshName(table, 'position') } : {}),
    }
    return table.topN(options)
  },
  deduplicate: (c, table) => {
    const [time] = timesOf(table)
    const by = keysOf(table).slice(0, 1)
    if (time === undefined || by.length === 0) return undefined
    return table.deduplicate({ by, orderBy: time, keep: c.pick(['first', 'last']) })
  },
  matchRecognize: (c, table) => {
    const [time] = timesOf(table)
    const number = columnsOf(table, 'number')[0]
    if (time === undefined || number === undefined) return undefined
    const options = {
      partitionBy: columnsOf(table, 'text').slice(0, 1),
      orderBy: time,
      pattern: c.pick(['A B', 'A B+ C', 'A+? B? C', 'A B{2,3} C', 'START B* C']),
      define: {
        B: (v: Random, m: Random) =>
          c.pick([
            v.B[number].gt(3),
            v.B[number].lt(m.last(v.B[number], 1).orElse(0)),
            m.aggregate(sum(v.B[number])).le(100),
          ]),
      },
      measures: (v: Random, m: Random) => ({
        least: m.aggregate(min(v.B[number])),
        times: m.aggregate(count()),
        first: m.first(v.B[number]),
        final: v.B[number],
        any: m.any[number],
        at: m.rowtime(),
      }),
      afterMatch: c.pick(['next row', 'past last row', { first: 'B' }, { last: 'B' }]),
      ...(c.oneIn(2) ? { within: '90m' } : {}),
    }
    return table.matchRecognize(options)
  },
  distinct: (_, table) => table.distinct(),
  'orderBy, limit': (c, table) => {
    const [by] = keysOf(table)
    const [time] = timesOf(table)
    if (time !== undefined && c.oneIn(2)) return table.orderBy(time)
    if (by === undefined) return table.limit(3)
    return table
      .orderBy((x: Random) => c.pick([x[by].desc().nullsFirst(), x[by]]))
      .limit(1 + c.below(5), c.below(2))
  },
  join: (c, table, { names }) => {
    const on = textOf(c, table)
    if (on === undefined) return undefined
    const kind = c.pick(joinKinds)
    const ttl = c.pick([
      {},
      {},
      { stateTtl: { left: '1d' } },
      { stateTtl: { right: '2h' } },
      { stateTtl: { left: '1d', right: 0 } },
    ])
    return table[kind](names, onKey(on), sideBySide('j_'), ttl)
  },
  'self join': (c, table) => {
    const on = textOf(c, table)
    if (on === undefined) return undefined
    const equal = (l: RandomColumns, r: RandomColumns) => l[on].eq(r[on])
    return table[c.pick(joinKinds)](table, equal, sideBySide('s_'))
  },
  crossJoin: (_, table, { names }) =>
    table.crossJoin(names.groupBy().select({ all: count() }), sideBySide('c_')),
  'interval join': (c, table, { rates }) => {
    const [time] = timesOf(table)
    const on = textOf(c, table)
    if (time === undefined || on === undefined) return undefined
    const within = (l: RandomColumns, r: RandomColumns) =>
      r['ts'].between(l[time].minus('1h'), l[time].plus('100 s'))
    return table[c.pick(joinKinds)](rates, onKey(on, within), sideBySide('i_'))
  },
  'window join': (c, table, { events }) => {
    const [time] = timesOf(table)
    const on = textOf(c, table)
    if (time === undefined || on === undefined || namesOf(table).includes('window_start'))
      return undefined
    const bounds = ['window_start', 'window_end'].map(
      name => (l: RandomColumns, r: RandomColumns) => l[name].eq(r[name]),
    )
    return table
      .window(tumble(time, '1m'))
      [c.pick(joinKinds)](events.window(tumble('ts', '1m')), onKey(on, ...bounds), sideBySide('w_'))
  },
  temporalJoin: (c, table, { rates }) => {
    const [time] = timesOf(table)
    const on = textOf(c, table)
    if (time === undefined || on === undefined) return undefined
    const options = {
      asOf: time,
      type: c.pick(['inner', 'left']),
      on: onKey(on),
      select: sideBySide('v_'),
    }
    return table.temporalJoin(rates, options)
  },
  lookupJoin: (c, table, { names }) => {
    const on = textOf(c, table)
    if (on === undefined) return undefined
    const options = c.pick([
      {},
      { type: 'inner' },
      { async: false, capacity: 7 },
      { timeout: '9s', retry: { delay: '1s', attempts: 2 } },
    ])
    return table.lookupJoin(names, onKey(on), sideBySide('l_'), options)
  },
  'semi join, anti join': (c, table, { names }) => {
    const on = textOf(c, table)
    if (on === undefined) return undefined
    return table[c.pick(['semiJoin', 'antiJoin'])](names, onKey(on))
  },
  'set operations': (c, table, { names }) => {
    const on = textOf(c, table)
    if (on === undefined) return undefined
    const left: Random = table.select((x: RandomColumns) => ({ k: x[on], one: x[on] }))
    const right = names.select(x => ({ k: x.k, one: x.name }))
    const name = c.pick(['unionAll', 'union', 'intersect', 'intersectAll', 'except', 'exceptAll'])
    return left[name](right)
  },
  'union with itself': (c, table) => table.unionAll(table.where(condition(c, table))),
  unnest: (c, table) => {
    const [array] = columnsOf(table, 'array')
    if (array === undefined) return undefined
    const options = {
      as: [freshName(table, 'tag')],
      join: c.pick(['inner', 'left']),
      ...(c.oneIn(2) ? { ordinality: freshName(table, 'nth') } : {}),
    }
    return table.unnest(array, options)
  },
  joinLateral: (c, table, { letters }) => {
    const on = textOf(c, table)
    if (on === undefined || namesOf(table).includes('letter')) return undefined
    return table[c.pick(['joinLateral', 'leftJoinLateral'])]((x: RandomColumns) => letters(x[on]))
  },
  values: (c, table, { app }) => {
    const on = textOf(c, table)
    if (on === undefined) return undefined
    const rows = app.values({ k: t.string(), weight: t.int().nullable() }, [
      { k: 'x', weight: 1 },
      { k: "it's", weight: null },
    ])
    return table.join(rows, onKey(on), sideBySide('u_'))
  },
}

/** A table, and the names of the forms that made it of its first. */
export function randomTable(
  choices: Choices,
  app: RandomApp,
): { readonly table: AnyTable; readonly forms: readonly string[] } {
  let table: AnyTable = choices.pick<AnyTable>([app.events, app.events, app.events, app.rates])
  const forms: string[] = []
  const length = 1 + choices.below(4)
  while (forms.length < length) {
    const [name, form] = choices.pick(Object.entries(FORMS)) as [string, Form]
    const next = form(choices, table, app)
    if (!next) continue
    table = next
    forms.push(name)
  }
  return { table, forms }
}

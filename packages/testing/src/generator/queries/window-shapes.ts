// Random queries over windows: tumbling, hopping, cumulating, sessions; aggregated, ranked, joined, larger ones over smaller ones.

import { aggregateCall } from './aggregates.ts'
import type { JoinShape } from './join-shapes.ts'
import { type QueryBuilder, type Relation, references } from './query-builder.ts'
import { named, plainly, type Shape, where } from './select-shapes.ts'
import { totalOrder } from './scalar.ts'
import { dialects, joinTexts, type SqlText, sql } from './sql-text.ts'
import { equality } from './subqueries.ts'

const BOUNDS = ['window_start', 'window_end'] as const

/** A window table function over a relation with a name. */
interface WindowCall {
  readonly source: SqlText
  readonly isSession: boolean
}

function windowCall(builder: QueryBuilder, { name = '', time = '' }: Relation): WindowCall {
  const { choices } = builder
  const [size, steps] = [choices.pick([1000, 3000, 10_000]), choices.pick([1, 2, 4])]
  const offset = choices.oneIn(4) ? 500 : 0
  const step = size / steps
  const ms = `epoch_ms(${time})`
  const floor = (by: number) => `(((${ms} - ${offset}) // ${by}) * ${by} + ${offset})`
  const flink = (fn: string, ...sizes: readonly number[]) =>
    `TABLE(${fn}(TABLE ${name}, DESCRIPTOR(${time}), ${[...sizes, ...(offset > 0 ? [offset] : [])].map(seconds).join(', ')}))`
  // `ws` and `we` in ms; the columns are made of them.
  const duck = (inner: string) =>
    `(SELECT * EXCLUDE (ws, we), make_timestamp(ws * 1000) AS window_start, make_timestamp(we * 1000) AS window_end, make_timestamp((we - 1) * 1000) AS window_time FROM (${inner}))`
  return builder.choose<WindowCall>([
    () => ({
      source: dialects(
        flink('TUMBLE', size),
        duck(`SELECT *, ${floor(size)} AS ws, ws + ${size} AS we FROM ${name}`),
      ),
      isSession: false,
    }),
    () => ({
      source: dialects(
        flink('HOP', step, size),
        duck(
          `SELECT *, ${floor(step)} - i * ${step} AS ws, ws + ${size} AS we FROM ${name}, range(0, ${steps}) AS hops(i)`,
        ),
      ),
      isSession: false,
    }),
    () => ({
      source: dialects(
        flink('CUMULATE', step, size),
        duck(
          `SELECT * FROM (SELECT * EXCLUDE (i), ${floor(size)} AS ws, ws + (i + 1) * ${step} AS we FROM ${name}, range(0, ${steps}) AS steps(i)) WHERE ${ms} < we`,
        ),
      ),
      isSession: false,
    }),
    () => ({ source: sessionText(builder, name, time), isSession: true }),
  ])
}

const seconds = (ms: number): string => `INTERVAL '${ms / 1000}' SECOND(2, 3)`

/** Rows that are no further than the gap apart are in one session. */
function sessionText(builder: QueryBuilder, name: string, time: string): SqlText {
  const gap = builder.choices.pick([500, 1000, 3000])
  const ms = `epoch_ms(${time})`
  const begins = `coalesce(${ms} - lag(${ms}) OVER (ORDER BY ${time}) > ${gap}, TRUE)`
  const numbered = `SELECT *, sum(begins::INT) OVER (ORDER BY ${time}) AS session FROM (SELECT *, ${begins} AS begins FROM ${name})`
  const bounded = `SELECT * EXCLUDE (begins, session), min(${ms}) OVER (PARTITION BY session) AS ws, max(${ms}) OVER (PARTITION BY session) + ${gap} AS we FROM (${numbered})`
  return dialects(
    `TABLE(SESSION(TABLE ${name}, DESCRIPTOR(${time}), ${seconds(gap)}))`,
    `(SELECT * EXCLUDE (ws, we), make_timestamp(ws * 1000) AS window_start, make_timestamp(we * 1000) AS window_end, make_timestamp((we - 1) * 1000) AS window_time FROM (${bounded}))`,
  )
}

/** The relation as window functions take it: without windows of its own, whose columns would have the same names. */
function unwindowed(builder: QueryBuilder, input: Relation): Relation {
  const columns = input.columns.filter(c => !BOUNDS.some(b => b === c.name))
  if (columns.length === input.columns.length) return input
  const visible = columns.map(c => c.name).join(', ')
  return builder.view(sql`SELECT ${visible} FROM ${input.source}`, { columns, time: input.time })
}

/** Aggregates of windows, perhaps in grouping sets, perhaps again over larger windows. */
export const windowed: Shape = (builder, relation) => {
  if (relation.time === undefined) return relation
  const input = unwindowed(builder, relation)
  const { choices } = builder
  const { source, isSession } = windowCall(builder, input)
  const columns = references(input, 'a').filter(c => c.type !== 'time')
  const keys = choices.some(columns).slice(0, 2)
  const calls = Array.from({ length: 1 + choices.below(2) }, () => aggregateCall(builder, columns))
  const { list, columns: kept } = named(builder, [...keys.map(plainly), ...calls])
  const bounds = BOUNDS.map(name => `a.${name}`).join(', ')
  const texts = keys.map(k => k.text)
  const isSet = !isSession && keys.length > 0 && choices.oneIn(4)
  const time = isSet || !choices.oneIn(2) ? undefined : builder.fresh('t')
  const group = isSet
    ? `${bounds}, ${choices.pick(['ROLLUP', 'CUBE'])} (${texts.join(', ')})`
    : [bounds, ...(time === undefined ? [] : ['a.window_time']), ...texts].join(', ')
  // A condition over sessions that are aggregated decides which sessions there are; in DuckDB it would not.
  const condition = isSession ? sql`` : where(builder, columns)
  const timed = time === undefined ? sql`` : sql`, a.window_time AS ${time}`
  const query = sql`SELECT ${bounds}, ${list}${timed} FROM ${source} AS a${condition} GROUP BY ${group}`
  const shape = {
    columns: [
      ...BOUNDS.map(name => ({ name, type: 'time' as const })),
      ...kept,
      ...(time === undefined ? [] : [{ name: time, type: 'time' as const }]),
    ],
  }
  if (time === undefined) return { ...builder.relation(query, shape), isWindowed: !isSession }
  const plain = builder.view(query, { ...shape, time })
  return choices.oneIn(2) ? windowed(builder, plain) : plain
}

/** The best few rows of each window. */
export const windowTop: Shape = (builder, relation) => {
  if (relation.time === undefined) return relation
  const input = unwindowed(builder, relation)
  const { choices } = builder
  const { source } = windowCall(builder, input)
  const columns = references(input, 'a')
  const partition = [
    'a.window_start',
    'a.window_end',
    ...choices
      .some(columns)
      .slice(0, 1)
      .map(c => c.text),
  ]
  const number = builder.fresh('rn')
  const order = joinTexts(totalOrder(builder, columns))
  const shown = [
    ...BOUNDS,
    ...input.columns.map(c => c.name),
    ...(choices.oneIn(2) ? [number] : []),
  ]
  const { list, columns: kept } = named(
    builder,
    shown.map(name => ({
      text: sql`b.${name}`,
      type:
        input.columns.find(c => c.name === name)?.type ?? (name === number ? 'integer' : 'time'),
    })),
  )
  return builder.relation(
    sql`SELECT ${list} FROM (SELECT a.*, ROW_NUMBER() OVER (PARTITION BY ${partition.join(', ')} ORDER BY ${order}) AS ${number} FROM ${source} AS a) AS b WHERE ${number} <= ${1 + choices.below(3)}`,
    { columns: kept },
  )
}

/** Rows of the same window. */
export const windowJoined: JoinShape = (builder, leftRelation, rightRelation) => {
  if (leftRelation.time === undefined || rightRelation.time === undefined) return leftRelation
  const [left, right] = [unwindowed(builder, leftRelation), unwindowed(builder, rightRelation)]
  const { choices } = builder
  const [size, steps] = [choices.pick([1000, 3000, 10_000]), choices.pick([1, 2])]
  const side = ({ name = '', time = '' }: Relation) => {
    const floor = `((epoch_ms(${time}) // ${size / steps}) * ${size / steps})`
    return dialects(
      steps === 1
        ? `(SELECT * FROM TABLE(TUMBLE(TABLE ${name}, DESCRIPTOR(${time}), ${seconds(size)})))`
        : `(SELECT * FROM TABLE(HOP(TABLE ${name}, DESCRIPTOR(${time}), ${seconds(size / steps)}, ${seconds(size)})))`,
      `(SELECT *, make_timestamp((${floor} - i * ${size / steps}) * 1000) AS window_start, window_start + INTERVAL ${size} MILLISECOND AS window_end FROM ${name}, range(0, ${steps}) AS hops(i))`,
    )
  }
  const keys = (of: Relation, alias: string) => references(of, alias).filter(c => c.type !== 'time')
  const [lefts, rights] = [keys(left, 'a'), keys(right, 'b')]
  const windows = 'a.window_start = b.window_start AND a.window_end = b.window_end'
  const on = sql`${equality(builder, lefts, rights)} AND ${windows}`
  if (choices.oneIn(3)) {
    const { list, columns } = named(builder, choices.some(lefts, 1).map(plainly))
    const not = choices.pick(['', 'NOT '])
    return builder.relation(
      sql`SELECT ${list}, a.window_end AS we FROM ${side(left)} AS a WHERE ${not}EXISTS (SELECT * FROM ${side(right)} AS b WHERE ${on})`,
      { columns: [...columns, { name: 'we', type: 'time' }] },
    )
  }
  const kind = choices.pick(['JOIN', 'LEFT JOIN', 'RIGHT JOIN', 'FULL JOIN'])
  const { list, columns } = named(builder, [
    ...choices.some(lefts, 1).map(plainly),
    ...choices.some(rights).map(plainly),
    { text: sql`COALESCE(a.window_end, b.window_end)`, type: 'time' },
  ])
  return builder.relation(
    sql`SELECT ${list} FROM ${side(left)} AS a ${kind} ${side(right)} AS b ON ${on}`,
    { columns },
  )
}

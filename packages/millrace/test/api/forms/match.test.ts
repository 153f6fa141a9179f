// matchRecognize(): the plan of MATCH_RECOGNIZE, its rows, and its mistakes.

import { describe, expect, it } from 'vitest'
import { avg, count, memory, Millrace, sum, t, tumble } from '../../../src/index.ts'
import { testForms } from './form.ts'

const app = new Millrace('matches')
const ticker = app.table('ticker', {
  source: memory(
    [12, 17, 13, 15, 20, 24, 25, 19, 16, 12, 21].map((price, i) => ({
      symbol: i % 4 === 3 ? 'B' : 'A',
      price,
      at: i * 1000,
    })),
  ),
  schema: { symbol: t.string(), price: t.int(), at: t.timestamp() },
  watermark: { column: 'at' },
})

describe('matchRecognize', () => {
  testForms(app, {
    'a fall and a rise': () => ({
      typed: ticker.matchRecognize({
        partitionBy: ['symbol'],
        orderBy: 'at',
        pattern: 'START DOWN+ UP',
        define: {
          DOWN: (v, m) => v.DOWN.price.lt(m.last(v.DOWN.price, 1).orElse(v.START.price)),
          UP: v => v.UP.price.gt(v.DOWN.price),
        },
        measures: (v, m) => ({
          from: v.START.price,
          lowest: v.DOWN.price,
          firstDown: m.first(v.DOWN.price),
          end: m.rowtime(),
        }),
        afterMatch: { last: 'UP' },
      }),
      sql: `SELECT * FROM ticker MATCH_RECOGNIZE (PARTITION BY symbol ORDER BY \`at\`
        MEASURES \`START\`.price AS \`from\`, DOWN.price AS lowest, FIRST(DOWN.price) AS firstDown, MATCH_ROWTIME() AS \`end\`
        ONE ROW PER MATCH AFTER MATCH SKIP TO LAST UP PATTERN (\`START\` DOWN+ UP)
        DEFINE DOWN AS DOWN.price < COALESCE(LAST(DOWN.price, 1), \`START\`.price), UP AS UP.price > DOWN.price)`,
      rows: [
        ['A', 17, 13, 13, 4000],
        ['A', 25, 12, 16, 10_000],
      ],
    }),
    'aggregates of a variable, within a time': () => ({
      typed: ticker.matchRecognize({
        orderBy: 'at',
        pattern: 'A{2,3}? B',
        define: {
          A: (v, m) => m.aggregate(avg(v.A.price)).lt(18),
          B: v => v.B.price.ge(20),
        },
        measures: (v, m) => ({
          n: m.aggregate(count(v.A.price)),
          total: m.aggregate(sum(v.A.price)),
          all: m.aggregate(count()),
          last: m.any.price,
        }),
        afterMatch: 'past last row',
        within: '10s',
      }),
      sql: `SELECT * FROM ticker MATCH_RECOGNIZE (ORDER BY \`at\`
        MEASURES COUNT(A.price) AS n, SUM(A.price) AS total, COUNT(*) AS \`all\`, price AS \`last\`
        AFTER MATCH SKIP PAST LAST ROW PATTERN (A{2,3}? B) WITHIN INTERVAL '10' SECOND
        DEFINE A AS AVG(A.price) < 18, B AS B.price >= 20)`,
      rows: [
        [3n, 45, 4n, 20],
        [2n, 28, 3n, 21],
      ],
    }),
    'then in windows': () => ({
      typed: ticker
        .matchRecognize({
          orderBy: 'at',
          pattern: 'A B',
          define: { B: v => v.B.price.gt(v.A.price) },
          measures: (v, m) => ({ rise: v.B.price.sub(v.A.price), at: m.rowtime() }),
          afterMatch: { first: 'B' },
        })
        .window(tumble('at', '5s'))
        .groupBy()
        .select({ rises: count() }),
      sql: `WITH m AS (SELECT * FROM ticker MATCH_RECOGNIZE (ORDER BY \`at\`
          MEASURES B.price - A.price AS rise, MATCH_ROWTIME() AS \`at\`
          AFTER MATCH SKIP TO FIRST B PATTERN (A B) DEFINE B AS B.price > A.price))
        SELECT window_start, window_end, COUNT(*) AS rises
        FROM TABLE(TUMBLE(TABLE m, DESCRIPTOR(\`at\`), INTERVAL '5' SECOND)) GROUP BY window_start, window_end`,
      rows: [
        [0, 5000, 3n],
        [5000, 10_000, 2n],
        [10_000, 15_000, 1n],
      ],
    }),
  })

  const options = { orderBy: 'at', pattern: 'A B', measures: () => ({}) } as const

  it('names the variables when a definition is of none', () => {
    const define = { C: () => true } as object
    expect(() => ticker.matchRecognize({ ...options, define })).toThrow(
      'The pattern has no variable "C".',
    )
  })

  it('refuses the rows of several variables in one call', () => {
    expect(() =>
      ticker.matchRecognize({
        ...options,
        measures: (v, m) => ({ x: m.first(v.A.price.add(v.B.price)) }),
      }),
    ).toThrow('FIRST reads rows of several pattern variables.')
    expect(() =>
      ticker.matchRecognize({
        ...options,
        measures: (v, m) => ({ x: m.aggregate(sum(v.A.price.add(v.B.price))) }),
      }),
    ).toThrow('SUM reads rows of several pattern variables.')
  })

  it('refuses a function of a match inside of another, and modified aggregates', () => {
    expect(() =>
      ticker.matchRecognize({
        ...options,
        measures: (v, m) => ({ x: m.aggregate(sum(m.first(v.A.price))) }),
      }),
    ).toThrow('A function of a match stands where there is none, or inside of another.')
    expect(() =>
      ticker.matchRecognize({
        ...options,
        measures: (v, m) => ({ x: m.aggregate(sum(v.A.price).distinct()) }),
      }),
    ).toThrow('SUM of a match takes neither distinct() nor where().')
  })

  it('shows the place in a pattern that is not one', () => {
    expect(() => ticker.matchRecognize({ ...options, pattern: 'A (B' })).toThrow(/1 \| A \(B/)
    expect(() => ticker.matchRecognize({ ...options, pattern: 'A B+' })).toThrow(
      /A greedy quantifier of "B", the last variable/,
    )
  })
})

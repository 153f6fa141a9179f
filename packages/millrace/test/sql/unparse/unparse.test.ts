// Plans as Flink SQL: what is printed, and that it is read back to the same plan.

import { describe, expect, it } from 'vitest'
import {
  count,
  createConnectors,
  datagen,
  embeddedRunner,
  explainQueryPlan,
  loadFunctionModules,
  loadScript,
  max,
  Millrace,
  scalarFunction,
  t,
  tableFunction,
  tumble,
} from '../../../src/index.ts'
import { fromSql, isSayable, optimized, randomPlan, toSql } from './round-trip.ts'

const SQL = /== SQL ==\n([\s\S]*)$/

const flights = {
  source: datagen(),
  schema: {
    id: t.bigint(),
    origin: t.string(),
    delay: t.int().nullable(),
    tags: t.array(t.string()),
    at: t.timestamp(),
  },
  watermark: { column: 'at', delay: '5m' },
} as const

describe('explain({ sql: true })', () => {
  it('prints tables and queries of a typed program', () => {
    const app = new Millrace('printed')
    const departures = app.table('departures', flights)
    const worst = departures
      .where(d => d.delay.gt(10).and(d.origin.ne("O'Hare")))
      .window(tumble('at', '15m'))
      .groupBy('origin')
      .select({ flights: count(), worst: max('delay') })
    expect(SQL.exec(worst.explain({ sql: true }))?.[1]).toMatchInlineSnapshot(`
      "CREATE TABLE departures (
        id BIGINT NOT NULL,
        origin STRING NOT NULL,
        delay INT,
        tags ARRAY<STRING NOT NULL> NOT NULL,
        \`at\` TIMESTAMP(3) NOT NULL,
        WATERMARK FOR \`at\` AS \`at\` - INTERVAL '5' MINUTE
      ) WITH (
        'connector' = 'datagen'
      );
      WITH q1 AS (SELECT t1.id, t1.origin, t1.delay, t1.tags, t1.\`at\` FROM departures AS t1 WHERE t1.delay > 10 AND t1.origin <> 'O''Hare')
      SELECT t2.origin, t2.window_start, t2.window_end, COUNT(*) AS flights, MAX(t2.delay) AS worst
      FROM TABLE(TUMBLE(TABLE q1, DESCRIPTOR(\`at\`), INTERVAL '15' MINUTE)) AS t2
      GROUP BY t2.origin, t2.window_start, t2.window_end;
      "
    `)
  })

  it('writes an instant as the function that makes it of a number', () => {
    const app = new Millrace('instant')
    const events = app.table('events', {
      source: datagen(),
      schema: { at: t.timestampLtz() },
    })
    const late = events.where(e => e.at.gt(new Date('2024-01-01T00:00:00.123Z')))
    expect(late.explain({ sql: true })).toContain(
      'WHERE t1.`at` > TO_TIMESTAMP_LTZ(1704067200123, 3);',
    )
  })

  it('writes an instant of any precision, unless it has parts of a millisecond', () => {
    const app = new Millrace('instants')
    const columns = { six: t.timestampLtz(6), zero: t.timestampLtz(0) }
    const whole = app.values(columns, [{ six: 1500, zero: 2000 }])
    expect(whole.explain({ sql: true })).toContain(
      '(VALUES (CAST(TO_TIMESTAMP_LTZ(1500, 3) AS TIMESTAMP_LTZ(6)), CAST(TO_TIMESTAMP_LTZ(2000, 3) AS TIMESTAMP_LTZ(0))))',
    )
    const parts = app.values(columns, [{ six: 1500.25, zero: 0 }])
    expect(parts.explain({ sql: true })).toContain(
      '-- A constant of type TIMESTAMP_LTZ with parts of a millisecond cannot be written in SQL.',
    )
  })

  it('says of an order that SQL would lose that it is one', () => {
    const app = new Millrace('ordered')
    const departures = app.table('departures', flights)
    const ranked = departures
      .orderBy('at')
      .topN({ orderBy: d => d.delay.desc(), limit: 3 })
      .select('id')
    expect(ranked.explain({ sql: true })).toContain(
      '-- The order of a query inside of another cannot be written in SQL.',
    )
    // Who takes rows in any order does without.
    const counted = departures.orderBy('at').groupBy('origin').select({ flights: count() })
    expect(counted.explain({ sql: true })).toContain(
      'SELECT t1.origin, COUNT(*) AS flights\nFROM departures AS t1\nGROUP BY t1.origin;',
    )
  })

  it('says of a part that SQL has not what it is', () => {
    const app = new Millrace('lambda')
    const ids = app
      .table('departures', flights)
      .stream()
      .filter(d => d.id > 1n)
      .toTable()
    expect(ids.explain({ sql: true })).toMatch(
      /-- The TypeScript function .* cannot be written in SQL/,
    )
  })
})

const TABLES = `
CREATE TABLE e (
  id BIGINT NOT NULL, k STRING, n INT, price DECIMAL(10, 2), tags ARRAY<STRING>,
  seat ROW<\`row\` INT, letter STRING>, ts TIMESTAMP(3), x AS n * 2, WATERMARK FOR ts AS ts - INTERVAL '1' SECOND
) WITH ('connector' = 'datagen');
CREATE TABLE v (k STRING, rate DOUBLE, ts TIMESTAMP(3), PRIMARY KEY (k) NOT ENFORCED, WATERMARK FOR ts AS ts)
  WITH ('connector' = 'datagen');
CREATE TABLE z (id INT, at_ltz TIMESTAMP_LTZ(3), WATERMARK FOR at_ltz AS at_ltz) WITH ('connector' = 'datagen');
CREATE TABLE d (k STRING, name STRING, PRIMARY KEY (k) NOT ENFORCED)
  WITH ('connector' = 'filesystem', 'path' = 'd', 'format' = 'json');
CREATE VIEW v2 AS SELECT COALESCE(k, '') AS k, n FROM e;
`

/** The SQL that explain gives for a script, and its plans. */
function explained(
  script: string,
  more: Partial<Parameters<typeof loadScript>[1]> = {},
): { readonly sql: string; readonly plans: string } {
  const environment = { name: 'x', connectors: createConnectors(), ...more }
  const { program, query } = loadScript(script, environment)
  const whole = query ? explainQueryPlan(program, query.plan) : program
  const text = embeddedRunner.explain(whole, { sql: true })
  const plans = /== Optimized plan ==\n([\s\S]*?)\n\n==/.exec(text)?.[1] ?? ''
  return { sql: SQL.exec(text)?.[1] ?? '', plans }
}

const QUERIES: Readonly<Record<string, string>> = {
  projection:
    "SELECT id, k || '!' AS k2, CAST(n AS BIGINT) + 1 AS m, seat.letter, tags[1] AS tag FROM e",
  'no table':
    "SELECT 1 AS a, 'x' AS b, DATE '2024-01-02' AS c, INTERVAL '3' HOUR AS d, 1.50 AS f, -2 AS g",
  conditions: `SELECT id FROM e WHERE (n BETWEEN 1 AND 3 OR k LIKE 'a!_%' ESCAPE '!') AND n NOT IN (4, 5)
    AND k IS NOT NULL AND (n > 1) IS NOT FALSE AND NOT k SIMILAR TO 'x+'`,
  'case and functions': `SELECT CASE WHEN n > 1 THEN 'many' WHEN n = 1 THEN 'one' ELSE k END AS c, UPPER(k) AS u,
    EXTRACT(HOUR FROM ts) AS h, TRIM(LEADING 'x' FROM k) AS tr, FLOOR(ts TO DAY) AS fl, COALESCE(k, '-') AS co,
    TIMESTAMPDIFF(MINUTE, ts, ts) AS td, TRY_CAST(k AS INT) AS tc, SUBSTRING(k FROM 2 FOR 1) AS su FROM e`,
  groups:
    'SELECT k, COUNT(*) AS c, SUM(DISTINCT n) FILTER (WHERE id > 3) AS s FROM e GROUP BY k HAVING COUNT(*) > 1',
  'grouping sets': 'SELECT k, n, COUNT(*) AS c FROM e GROUP BY ROLLUP (k, n)',
  distinct: 'SELECT DISTINCT k, n FROM e',
  'hopping windows': `SELECT k, window_start, COUNT(*) AS c FROM TABLE(HOP(TABLE e, DESCRIPTOR(ts), INTERVAL '1' MINUTE, INTERVAL '5' MINUTE))
    GROUP BY k, window_start, window_end`,
  'windows of windows': `WITH small AS (SELECT window_time AS wt, COUNT(*) AS c FROM TABLE(TUMBLE(TABLE e, DESCRIPTOR(ts), INTERVAL '1' MINUTE))
    GROUP BY window_start, window_end, window_time)
    SELECT window_end, SUM(c) AS s FROM TABLE(CUMULATE(TABLE small, DESCRIPTOR(wt), INTERVAL '2' MINUTE, INTERVAL '10' MINUTE)) GROUP BY window_start, window_end`,
  'Top-N':
    'SELECT * FROM (SELECT id, k, ROW_NUMBER() OVER (PARTITION BY k ORDER BY price DESC, id) AS r FROM e) WHERE r <= 3',
  deduplication:
    'SELECT id, k FROM (SELECT *, ROW_NUMBER() OVER (PARTITION BY k ORDER BY ts) AS r FROM e) WHERE r = 1',
  OVER: `SELECT id, SUM(n) OVER (PARTITION BY k ORDER BY ts RANGE BETWEEN INTERVAL '10' SECOND PRECEDING AND CURRENT ROW) AS s FROM e`,
  'OVER rows':
    'SELECT id, COUNT(*) OVER (PARTITION BY k ORDER BY ts ROWS BETWEEN 3 PRECEDING AND CURRENT ROW) AS c FROM e',
  positions: 'SELECT id, LAG(n, 1) OVER (PARTITION BY k ORDER BY ts) AS p FROM e',
  'long intervals':
    "SELECT ts + INTERVAL '93784' SECOND(5) AS a, INTERVAL '100' MINUTE(3) AS b FROM e",
  joins: `SELECT a.id, b.rate FROM e AS a LEFT JOIN v AS b ON a.k = b.k AND a.n > 1`,
  'three tables':
    'SELECT a.id, c.rate FROM e AS a JOIN v AS b ON a.k = b.k JOIN v AS c ON b.k = c.k',
  'interval join': `SELECT a.id, b.rate FROM e a JOIN v b ON a.k = b.k AND b.ts BETWEEN a.ts - INTERVAL '1' MINUTE AND a.ts`,
  'temporal join':
    'SELECT a.id, b.rate FROM e AS a LEFT JOIN v FOR SYSTEM_TIME AS OF a.ts AS b ON a.k = b.k',
  semi: 'SELECT id FROM e WHERE k IN (SELECT k FROM v WHERE rate > 1)',
  anti: 'SELECT id FROM e WHERE NOT EXISTS (SELECT 1 FROM v WHERE v.k = e.k)',
  unnest: 'SELECT id, tag FROM e CROSS JOIN UNNEST(tags) AS u (tag)',
  'unnest with ordinality':
    'SELECT id, tag, o FROM e LEFT JOIN UNNEST(tags) WITH ORDINALITY AS u (tag, o) ON TRUE',
  union: 'SELECT k FROM e UNION ALL SELECT k FROM v UNION ALL SELECT k FROM e WHERE n > 1',
  values: "SELECT a, b FROM (VALUES (1, 'x'), (2, 'yy')) AS t (a, b)",
  'JSON functions': `SELECT JSON_OBJECT(KEY 'a' VALUE n, KEY 'b' VALUE JSON_ARRAY(k, n NULL ON NULL) ABSENT ON NULL) AS o,
    JSON_VALUE(k, '$.a' RETURNING INT DEFAULT 1 ON EMPTY ERROR ON ERROR) AS v, JSON_VALUE(k, '$.b') AS w,
    JSON_QUERY(k, '$.c' RETURNING ARRAY<STRING> WITH CONDITIONAL ARRAY WRAPPER EMPTY ARRAY ON EMPTY) AS q,
    JSON_EXISTS(k, '$.d' TRUE ON ERROR) AS x, JSON_EXISTS(k, '$.e') AS y FROM e`,
  'JSON aggregates':
    'SELECT JSON_ARRAYAGG(n NULL ON NULL) AS a, JSON_OBJECTAGG(KEY k VALUE n ABSENT ON NULL) AS o FROM v2 GROUP BY n',
  'points on the time line':
    "SELECT id FROM z WHERE at_ltz > CAST(TIMESTAMP '2024-01-02 03:04:05' AS TIMESTAMP_LTZ(3))",
  'all forms of constants': `SELECT TIMESTAMP '2024-01-02 03:04:05.123456' AS a, TIME '10:11:12' AS b, X'0aff' AS c, 1e3 AS d, -1.5 AS f,
    INTERVAL '2-3' YEAR TO MONTH AS g, INTERVAL '1 02:03:04.5' DAY TO SECOND AS h, TRUE AS i, 9999999999 AS j,
    ARRAY[1, 2] AS l, MAP['a', 1] AS m, ROW(1, 'x') AS o, CAST(NULL AS DECIMAL(5, 2)) AS p, 'it''s ☃' AS q, '' AS r`,
  'grouping functions': `SELECT k, GROUPING(k) AS g, GROUPING_ID(n, k) + 1 AS i, COUNT(*) AS c FROM e
    GROUP BY CUBE (k, n) HAVING GROUPING(n) = 0 AND COUNT(*) > 1`,
  'grouping sets in windows': `SELECT k, window_end, GROUPING(k) AS g, SUM(n) AS s FROM TABLE(TUMBLE(TABLE e, DESCRIPTOR(ts), INTERVAL '1' MINUTE))
    GROUP BY GROUPING SETS ((window_start, window_end, k), (window_start, window_end))`,
  'session windows': `SELECT k, window_start, COUNT(*) AS c FROM TABLE(SESSION(TABLE e PARTITION BY k, DESCRIPTOR(ts), INTERVAL '5' MINUTE))
    GROUP BY k, window_start, window_end`,
  'late rows': `WITH w AS (SELECT k, COUNT(*) AS c FROM TABLE(TUMBLE(TABLE e, DESCRIPTOR(ts), INTERVAL '1' MINUTE)) GROUP BY k, window_start, window_end)
    SELECT id, k FROM w$late WHERE n > 1`,
  'state that lives as hinted': `SELECT /*+ STATE_TTL('a' = '1 d', 'c' = '2 h') */ a.id, c.rate FROM e a LEFT JOIN v b ON a.k = b.k JOIN v c ON b.k = c.k`,
  'groups that live as hinted':
    "SELECT /*+ STATE_TTL('e' = '3 h') */ k, COUNT(*) AS c FROM e GROUP BY k",
  'groups of a join that live as hinted':
    "SELECT /*+ STATE_TTL('j' = '0 s') */ rate, COUNT(*) AS c FROM (SELECT rate FROM e JOIN v ON e.k = v.k) AS j GROUP BY rate",
  'row patterns': `SELECT * FROM e MATCH_RECOGNIZE (PARTITION BY k ORDER BY ts
    MEASURES A.n AS a, LAST(B.n, 1) AS b, FIRST(B.n) + 1 AS b0, COUNT(*) AS c, SUM(B.n * 2) AS s, B.seat.letter AS l, MATCH_ROWTIME() AS t
    ONE ROW PER MATCH AFTER MATCH SKIP TO FIRST B PATTERN (A B+? \`c d\`{2,3}?) WITHIN INTERVAL '1' HOUR
    DEFINE B AS B.n > A.n AND price > 1.5, \`c d\` AS AVG(\`c d\`.price) < 2)`,
  'row patterns of a query': `SELECT T.x, T.k FROM (SELECT k, ts, n + 1 AS x FROM e WHERE n > 1) MATCH_RECOGNIZE (PARTITION BY k ORDER BY ts
    MEASURES A.x AS x PATTERN (A B) DEFINE B AS B.x > A.x) AS T WHERE T.x > 3`,
  'lookup join': `SELECT /*+ LOOKUP('table' = 'd', 'async' = 'false') */ l.id, d.name FROM (SELECT *, PROCTIME() AS p FROM e) AS l JOIN d FOR SYSTEM_TIME AS OF l.p ON l.k = d.k`,
  'legacy group windows': `SELECT k, TUMBLE_START(ts, INTERVAL '1' MINUTE) AS s, COUNT(*) AS c FROM e GROUP BY k, TUMBLE(ts, INTERVAL '1' MINUTE)`,
  'legacy group windows of odd sizes': `SELECT k, HOP_START(ts, INTERVAL '20' SECOND, INTERVAL '50' SECOND) AS s,
    HOP_ROWTIME(ts, INTERVAL '20' SECOND, INTERVAL '50' SECOND) AS r, 1 + SUM(n) AS c FROM e WHERE n > 1
    GROUP BY k, HOP(ts, INTERVAL '20' SECOND, INTERVAL '50' SECOND) HAVING COUNT(*) > 1`,
  'named windows':
    'SELECT id, SUM(n) OVER w AS s, COUNT(*) OVER w AS c FROM e WINDOW w AS (PARTITION BY k ORDER BY ts)',
  'set operations':
    '(SELECT k FROM e EXCEPT SELECT k FROM v) INTERSECT ALL SELECT k FROM e EXCEPT ALL SELECT k FROM v',
  'a scalar subquery': 'SELECT id FROM e WHERE n > (SELECT COUNT(*) FROM v)',
  'a correlated subquery':
    'SELECT id, (SELECT MAX(rate) FROM v WHERE v.k = e.k) AS m FROM e WHERE n NOT IN (SELECT CAST(rate AS INT) FROM v)',
  'a lateral Top-N':
    'SELECT a.id, b.rate FROM e AS a, LATERAL (SELECT rate FROM v WHERE v.k = a.k ORDER BY rate DESC LIMIT 2) AS b',
  'window functions of columns':
    "SELECT id, CURRENT_WATERMARK(ts) AS w, IF(n > 1, 'a', 'b') AS i, k IS JSON AS j, k SIMILAR TO 'a%' AS s, ts BETWEEN SYMMETRIC ts AND ts AS b FROM e",
  'rows in order, of a union': 'SELECT k FROM e UNION SELECT k FROM v ORDER BY k LIMIT 3',
  order: 'SELECT id, n FROM e ORDER BY n DESC NULLS FIRST, id LIMIT 5 OFFSET 2',
}

describe('a script', () => {
  it.each(Object.entries(QUERIES))(
    'is the same plan again after it was printed: %s',
    (_, query) => {
      const first = explained(`${TABLES}${query};`)
      expect(first.sql).not.toContain('--')
      const again = explained(first.sql)
      expect(again.plans).toBe(first.plans)
    },
  )

  it('prints its inserts as one set', () => {
    const sinks = ['a', 'b'].map(
      name => `CREATE TABLE ${name} (k STRING, n INT) WITH ('connector' = 'blackhole');
        INSERT INTO ${name} SELECT k, n FROM e WHERE k = '${name}';`,
    )
    const first = explained(TABLES + sinks.join(''))
    expect(first.sql).toContain('EXECUTE STATEMENT SET BEGIN\nINSERT INTO a\n')
    expect(explained(first.sql).plans).toBe(first.plans)
  })

  it('prints its settings, catalogs and databases, and keeps a time to live as it was written', () => {
    const first =
      explained(`SET 'table.local-time-zone' = 'Europe/Berlin'; SET 'table.exec.state.ttl' = '1 d';
      SET 'execution.runtime-mode' = 'batch'; CREATE CATALOG c WITH ('type' = 'generic_in_memory');
      CREATE DATABASE c.s; CREATE TABLE c.s.t (x INT) WITH ('connector' = 'datagen', 'number-of-rows' = '1');
      SELECT x, CAST(TIMESTAMP '2024-07-01 00:00:00' AS TIMESTAMP_LTZ(3)) AS at_ltz FROM c.s.t;`)
    expect(first.sql).toMatchInlineSnapshot(`
      "SET 'execution.runtime-mode' = 'batch';
      SET 'table.exec.state.ttl' = '1 d';
      SET 'table.local-time-zone' = 'Europe/Berlin';
      CREATE CATALOG IF NOT EXISTS c WITH (
        'type' = 'generic_in_memory'
      );
      CREATE DATABASE IF NOT EXISTS c.s;
      CREATE TABLE c.s.t (
        x INT
      ) WITH (
        'connector' = 'datagen',
        'number-of-rows' = '1'
      );
      SELECT t1.x, CAST(TIMESTAMP '2024-07-01 00:00:00' AS TIMESTAMP_LTZ(3)) AS at_ltz
      FROM c.s.t AS t1;
      "
    `)
    expect(explained(first.sql)).toEqual(first)
  })

  it('prints the functions that it calls', async () => {
    const create = (name: string) =>
      `CREATE FUNCTION ${name} AS 'scalarFunction({ args: [t.int()], returns: t.int(), eval: x => x * 2 })' LANGUAGE TYPESCRIPT;`
    const script = `${create('TWICE')}${create('UNUSED')}${TABLES}SELECT TWICE(n) AS m FROM e;`
    const functionModules = await loadFunctionModules(script, '.')
    const first = explained(script, { functionModules })
    expect(first.sql.split('\n')[0]).toBe(create('TWICE'))
    expect(first.sql).not.toContain('UNUSED')
    expect(explained(first.sql, { functionModules })).toEqual(first)
  })

  it('prints a table that is read with other options as a table of its own', () => {
    const { sql } = explained(
      `${TABLES}SELECT a.id FROM e /*+ OPTIONS('number-of-rows' = '5') */ AS a JOIN e AS b ON a.k = b.k;`,
    )
    expect(sql).toContain("'connector' = 'datagen',\n  'number-of-rows' = '5'\n);")
    expect(sql.match(/^CREATE TABLE \S+/gm)).toEqual(['CREATE TABLE e', 'CREATE TABLE e_2'])
    expect(explained(sql).sql).toBe(sql)
  })

  it('prints what becomes of conflicts', () => {
    const first = explained(`${TABLES}
      CREATE TABLE a (k STRING, n BIGINT, PRIMARY KEY (n) NOT ENFORCED) WITH ('connector' = 'filesystem',
        'path' = 'a', 'format' = 'changelog-json', 'changelog-json.mode' = 'I,UA,D');
      INSERT INTO a SELECT k, COUNT(*) FROM e GROUP BY k ON CONFLICT DO DEDUPLICATE;`)
    expect(first.sql).toContain('ON CONFLICT DO DEDUPLICATE;')
    expect(explained(first.sql).plans).toBe(first.plans)
  })
})

describe('a typed program', () => {
  it('prints registered functions by their names', () => {
    const app = new Millrace('named')
    const departures = app.table('departures', flights)
    const twice = scalarFunction({ args: [t.int()], returns: t.int(), eval: n => n * 2 })
    const letters = tableFunction({
      args: [t.string()],
      returns: { letter: t.string() },
      *eval(text) {
        for (const letter of text) yield { letter }
      },
    })
    const made = departures
      .joinLateral(d => letters(d.origin))
      .select(d => ({ letter: d.letter, n: twice(d.delay) }))
    expect(made.explain({ sql: true })).toMatch(
      /-- The TypeScript function FUNCTION .*app\.function/,
    )
    app.function('TWICE', twice).function('LETTERS', letters)
    const again = departures
      .joinLateral(d => letters(d.origin))
      .select(d => ({ letter: d.letter, n: twice(d.delay) }))
    const sql = SQL.exec(again.explain({ sql: true }))?.[1] ?? ''
    expect(sql).toMatch(/TWICE\(t1\.delay\)/)
    expect(sql).toMatch(/^-- The program registers the function TWICE\.\n/)
    const query = sql.slice(sql.indexOf('SELECT')).replace(/;\s*$/, '')
    expect(app.sql([query] as never).explain()).toBe(again.explain())
  })
})

describe('a random plan', () => {
  it('is the same plan again after it was printed as SQL', () => {
    let checked = 0
    for (let seed = 0; seed < 1500; seed++) {
      const plan = randomPlan(seed)
      if (!isSayable(plan)) continue
      const sql = toSql(plan)
      expect(optimized(fromSql(sql, plan)), `seed ${seed}\n${sql}`).toBe(optimized(plan))
      checked++
    }
    expect(checked).toBeGreaterThan(1300)
  })
})

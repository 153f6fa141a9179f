// Old rows of updates are made only for those who need them: physical plans as text.

import { describe, expect, it } from 'vitest'
import { createConnectors, embeddedRunner, loadScript } from '../../../src/index.ts'

const file = (format: string, more = '') =>
  `WITH ('connector' = 'filesystem', 'path' = 'f', 'format' = '${format}'${more})`
const UPSERTS = file('changelog-json', ", 'changelog-json.mode' = 'I,UA,D'")

const TABLES = `
CREATE TABLE prices (id INT, price INT, ts TIMESTAMP(3), PRIMARY KEY (id) NOT ENFORCED, WATERMARK FOR ts AS ts) ${UPSERTS};
CREATE TABLE stock (id INT, n INT, PRIMARY KEY (id) NOT ENFORCED) ${UPSERTS};
CREATE TABLE orders (id INT, qty INT, ts TIMESTAMP(3), WATERMARK FOR ts AS ts) ${file('json')};
CREATE TABLE upserted (id INT, n BIGINT, PRIMARY KEY (id) NOT ENFORCED) ${UPSERTS};
CREATE TABLE retracted (id INT, n BIGINT) ${file('changelog-json')};
`

const BATCH = "SET 'execution.runtime-mode' = 'batch';"

/** The changes that the nodes of some kind give, from the sink down. */
function changesOf(kind: string, query: string, table = 'upserted', more = ''): readonly string[] {
  const script = `${TABLES}${more}INSERT INTO ${table} ${query};`
  const { program } = loadScript(script, { name: 'x', connectors: createConnectors() })
  const [, plan = ''] = embeddedRunner.explain(program).split('== Physical plan ==\n')
  const nodes = plan.split('\n\n')[0]?.split('\n') ?? []
  return nodes
    .filter(line => line.trimStart().startsWith(`${kind} `))
    .map(line => /\[(\w+)\]$/.exec(line)?.[1] ?? line)
}

describe('an upsert source', () => {
  const query = 'SELECT id, CAST(n AS BIGINT) FROM stock'

  it('is completed without old rows for a sink of the same key', () => {
    const timed = 'SELECT id, CAST(price AS BIGINT) FROM prices'
    expect(changesOf('normalize', timed)).toEqual(['upsert'])
    expect(changesOf('watermark', timed)).toEqual(['upsert'])
    expect(changesOf('normalize', `${query} WHERE id > 3`)).toEqual(['upsert'])
  })

  it('gives them to a sink that takes whole changes, to aggregates, and past conditions', () => {
    expect(changesOf('normalize', query, 'retracted')).toEqual(['retract'])
    expect(changesOf('normalize', `${query} WHERE n > 3`)).toEqual(['retract'])
    const counted = 'SELECT n, COUNT(*) FROM stock GROUP BY n'
    expect(changesOf('normalize', counted)).toEqual(['retract'])
  })

  it('gives none to the versions of a temporal join', () => {
    const joined = `SELECT o.id, CAST(p.price AS BIGINT) FROM orders AS o
      JOIN prices FOR SYSTEM_TIME AS OF o.ts AS p ON o.id = p.id`
    expect(changesOf('normalize', joined, 'retracted')).toEqual(['upsert'])
  })

  it('gives none to a join by its key', () => {
    const joined = (kind: string, on: string) =>
      changesOf(
        'normalize',
        `SELECT s.id, SUM(p.price) FROM stock AS s ${kind} JOIN prices AS p ON ${on} GROUP BY s.id`,
      )
    expect(joined('', 's.id = p.id')).toEqual(['upsert', 'upsert'])
    expect(joined('FULL', 's.id = p.id')).toEqual(['upsert', 'upsert'])
    expect(joined('', 's.n = p.id')).toEqual(['retract', 'upsert'])
    expect(joined('', 's.id = p.id AND s.n = p.price')).toEqual(['retract', 'retract'])
  })

  it('gives them when one of several readers needs them', () => {
    const both = `SELECT id, CAST(n AS BIGINT) FROM stock; INSERT INTO retracted ${query}`
    const set = (inserts: string) => changesOf('normalize', inserts)
    expect(set(both)).toContain('retract')
    expect(set(both)).not.toContain('upsert')
  })
})

describe('a result that is given anew', () => {
  it('is not taken back from windows that take late rows, for a sink of their keys', () => {
    const counted = `SELECT id, COUNT(*), window_start, window_end FROM TUMBLE(TABLE orders, DESCRIPTOR(ts), INTERVAL '1' MINUTE)
      GROUP BY id, window_start, window_end`
    const more = (key: string) => `SET 'table.allowed-lateness' = '1 min';
      CREATE TABLE ended (id INT, n BIGINT, starts TIMESTAMP(3), ends TIMESTAMP(3)${key}) ${file('changelog-json')};`
    const keyed = more(', PRIMARY KEY (id, starts, ends) NOT ENFORCED').replace(
      "-json')",
      "-json', 'changelog-json.mode' = 'I,UA,D')",
    )
    expect(changesOf('window-aggregate', counted, 'ended', keyed)).toEqual(['upsert'])
    expect(changesOf('window-aggregate', counted, 'ended', more(''))).toEqual(['retract'])
  })

  it('is found by its key where all rows are held until the end', () => {
    const top = 'SELECT id, CAST(n AS BIGINT) AS n FROM stock ORDER BY n LIMIT 3'
    expect(changesOf('normalize', top, 'retracted', BATCH)).toEqual(['upsert'])
    // Ranks are given out once.
    expect(changesOf('rank', top, 'retracted', BATCH)).toEqual(['append'])
    expect(changesOf('normalize', top, 'retracted')).toEqual(['retract'])
  })
})

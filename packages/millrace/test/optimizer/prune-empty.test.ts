// What cannot have a row is not planned, nor its tables read.

import { describe, expect, it } from 'vitest'
import { optimized } from './sql-plan.ts'

const NONE = '(SELECT * FROM items WHERE 1 = 0)'

describe('pruneEmpty', () => {
  it.each([
    ['a filter', `SELECT id FROM orders WHERE FALSE`],
    ['UNKNOWN', `SELECT id FROM orders WHERE note = CAST(NULL AS STRING) AND id > 1`],
    ['a contradiction', `SELECT id FROM orders WHERE id > 5 AND id < 3`],
    ['a limit', `SELECT id FROM orders LIMIT 0`],
    ['a group', `SELECT id, COUNT(*) FROM ${NONE} GROUP BY id`],
    ['an inner join', `SELECT o.id FROM orders o JOIN ${NONE} n ON o.id = n.id`],
    ['a semi-join', `SELECT id FROM orders WHERE id IN (SELECT id FROM ${NONE})`],
    ['a left join of none', `SELECT n.id FROM ${NONE} n LEFT JOIN orders o ON o.id = n.id`],
    ['a union', `SELECT id FROM ${NONE} UNION ALL SELECT a FROM ${NONE}`],
    ['an intersection', `SELECT id FROM orders INTERSECT ALL SELECT id FROM ${NONE}`],
    [
      'a window',
      `SELECT window_end, COUNT(*) FROM TUMBLE(TABLE timed, DESCRIPTOR(ts), INTERVAL '1' MINUTE)
       WHERE 1 = 2 GROUP BY window_start, window_end`,
    ],
    [
      'a rank',
      `SELECT id FROM (SELECT *, ROW_NUMBER() OVER (PARTITION BY id ORDER BY a) AS n FROM ${NONE}) WHERE n < 3`,
    ],
  ])('gives no rows of %s', (_of, query) => {
    expect(optimized(query)).toEqual(['Values'])
  })

  it('keeps an aggregation without keys: of no rows it is one row', () => {
    expect(optimized(`SELECT COUNT(*) AS n FROM ${NONE}`)).toEqual([
      'Aggregate: COUNT(*) AS n',
      '  Values',
    ])
  })

  it('leaves out empty inputs of a union', () => {
    expect(
      optimized(
        `SELECT id FROM orders UNION ALL SELECT id FROM ${NONE} UNION ALL SELECT a FROM items`,
      ),
    ).toEqual(['Union all', '  Scan orders (id)', '  Scan items (a)'])
    expect(optimized(`SELECT id FROM ${NONE} UNION ALL SELECT customer FROM orders`)).toEqual([
      'Project customer AS id',
      '  Scan orders (customer)',
    ])
  })

  it('gives the rows of an outer join with NULLs for the side that is empty', () => {
    const join = (kind: string, left: string, right: string) =>
      optimized(`SELECT o.id, n.a FROM ${left} o ${kind} JOIN ${right} n ON o.id = n.id`)
    expect(join('LEFT', 'orders', NONE)).toEqual(['Project id, NULL AS a', '  Scan orders (id)'])
    expect(join('FULL', 'orders', NONE)).toEqual(['Project id, NULL AS a', '  Scan orders (id)'])
    expect(join('FULL', NONE, 'items')).toEqual(['Project NULL AS id, a', '  Scan items (a)'])
    expect(join('RIGHT', NONE, 'items')).toEqual(['Project NULL AS id, a', '  Scan items (a)'])
  })

  it('takes away what is subtracted from, or by, nothing', () => {
    expect(optimized(`SELECT id FROM orders EXCEPT ALL SELECT a FROM ${NONE}`)).toEqual([
      'Scan orders (id)',
    ])
    expect(
      optimized(
        `SELECT id FROM orders WHERE NOT EXISTS (SELECT 1 FROM ${NONE} n WHERE n.id = orders.id)`,
      ),
    ).toEqual(['Scan orders (id)'])
  })
})

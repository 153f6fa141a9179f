// DISTINCT of rows that are distinct goes away.

import { describe, expect, it } from 'vitest'
import { removeDistinct } from '../../src/optimizer/remove-distinct.ts'
import { afterRule, bound, optimized } from './sql-plan.ts'

describe('removeDistinct', () => {
  it.each([
    ['a primary key', 'SELECT DISTINCT customer, name FROM customers'],
    ['a group', 'SELECT DISTINCT id, n FROM (SELECT id, COUNT(*) AS n FROM items GROUP BY id)'],
    [
      'the first row of each key',
      'SELECT DISTINCT id, b FROM (SELECT *, ROW_NUMBER() OVER (PARTITION BY id ORDER BY b) AS n FROM items) WHERE n = 1',
    ],
    [
      'a join that repeats no row',
      'SELECT DISTINCT customer, country FROM customers JOIN cities ON customers.city = cities.city',
    ],
    [
      'a left join that repeats no row',
      'SELECT DISTINCT customer, country FROM customers LEFT JOIN cities ON customers.city = cities.city',
    ],
    [
      'a semi-join',
      'SELECT DISTINCT customer FROM customers WHERE city IN (SELECT city FROM cities)',
    ],
    ['a single row', 'SELECT DISTINCT n FROM (SELECT COUNT(*) AS n FROM items)'],
  ])('removes that of %s', (_of, query) => {
    expect(bound(query)[0]).toMatch(/^Aggregate by [^:]*$/)
    expect(afterRule(removeDistinct, query)[0]).toMatch(/^Project /)
  })

  it.each([
    ['part of a key', 'SELECT DISTINCT name FROM customers'],
    [
      'rows that a join repeats',
      'SELECT DISTINCT customers.customer FROM customers JOIN orders ON customers.customer = orders.customer',
    ],
    [
      'rows of a union',
      'SELECT DISTINCT customer FROM (SELECT customer FROM customers UNION ALL SELECT id FROM items)',
    ],
  ])('keeps that of %s', (_of, query) => {
    expect(optimized(query).join('\n')).toMatch(/Aggregate by/)
  })

  it('keeps an aggregation that computes something', () => {
    expect(optimized('SELECT customer, COUNT(*) AS n FROM customers GROUP BY customer')[0]).toBe(
      'Aggregate by customer: COUNT(*) AS n',
    )
  })

  it.each([
    ['a primary key', 'SELECT COUNT(DISTINCT customer) AS n FROM customers'],
    [
      'what tells the rows of a group apart',
      'SELECT a, COUNT(DISTINCT id) AS n FROM (SELECT a, id, SUM(b) AS s FROM items GROUP BY a, id) GROUP BY a',
    ],
    [
      'a key in windows',
      `SELECT window_start, COUNT(DISTINCT id) AS n FROM HOP(TABLE keyed, DESCRIPTOR(ts), INTERVAL '1' MINUTE, INTERVAL '5' MINUTE)
        GROUP BY window_start, window_end`,
    ],
  ])('counts %s without DISTINCT', (_of, query) => {
    expect(bound(query).join()).toContain('DISTINCT')
    expect(optimized(query).join()).not.toContain('DISTINCT')
  })

  it.each([
    ['no key', 'SELECT COUNT(DISTINCT a) AS n FROM items'],
    ['part of a key', 'SELECT name, COUNT(DISTINCT city) AS n FROM customers GROUP BY name'],
    [
      'a key within groups only, in sets of fewer keys',
      'SELECT a, COUNT(DISTINCT id) AS n FROM (SELECT a, id, SUM(b) AS s FROM items GROUP BY a, id) GROUP BY ROLLUP (a)',
    ],
    ['an expression', 'SELECT COUNT(DISTINCT customer % 2) AS n FROM customers'],
    [
      'a key that is in several windows',
      `SELECT COUNT(DISTINCT id) AS n FROM HOP(TABLE keyed, DESCRIPTOR(ts), INTERVAL '1' MINUTE, INTERVAL '5' MINUTE)`,
    ],
  ])('keeps the DISTINCT of %s', (_of, query) => {
    expect(optimized(query).join()).toContain('COUNT(DISTINCT')
  })

  it('keeps one for a chain of unions', () => {
    expect(
      optimized('SELECT id FROM orders UNION SELECT id FROM items UNION SELECT a FROM items'),
    ).toEqual([
      'Aggregate by id',
      '  Union all',
      '    Scan orders (id)',
      '    Project id',
      '      Scan items (id, a)',
      '    Project a',
      '      Scan items (id, a)',
    ])
  })

  it('keeps that of windows: it drops late rows', () => {
    const query = `SELECT DISTINCT id FROM (
      SELECT DISTINCT window_start, window_end, id
      FROM TUMBLE(TABLE timed, DESCRIPTOR(ts), INTERVAL '1' MINUTE))`
    expect(optimized(query).filter(l => l.includes('Aggregate by'))).toHaveLength(2)
  })
})

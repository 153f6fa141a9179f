// Outer joins become narrower where the rows without a partner are dropped above.

import { describe, expect, it } from 'vitest'
import { optimized } from '../sql-plan.ts'

const join = (kind: string, where: string): string | undefined =>
  optimized(`SELECT o.note, i.b FROM orders o ${kind} JOIN items i ON o.id = i.id WHERE ${where}`)
    .find(l => l.includes('Join'))
    ?.trim()
    .split(' ')[1]

describe('an outer join', () => {
  it.each([
    ['LEFT', 'i.a > 3', 'inner'],
    ['LEFT', 'i.a = o.amount', 'inner'],
    ['LEFT', 'i.a IS NOT NULL', 'inner'],
    ['LEFT', 'i.a > 3 OR i.b < i.a', 'inner'],
    ['LEFT', "i.a > 3 AND o.note = 'x'", 'inner'],
    ['LEFT', 'NOT (i.a > 3)', 'inner'],
    ['LEFT', 'i.a IN (1, 2)', 'inner'],
    ['LEFT', 'i.a BETWEEN 1 AND o.amount', 'inner'],
    ['RIGHT', 'o.amount > 3', 'inner'],
    ['FULL', 'o.amount > 3', 'left'],
    ['FULL', 'i.a > 3', 'right'],
    ['FULL', 'i.a > o.amount', 'inner'],
  ])('%s above which %s is %s', (kind, where, narrower) => {
    expect(join(kind, where)).toBe(narrower)
  })

  it.each([
    ['LEFT', 'o.amount > 3'],
    ['LEFT', 'i.a IS NULL'],
    ['LEFT', 'i.a > 3 OR o.amount > 3'],
    ['LEFT', 'COALESCE(i.a, 1) = 1'],
    ['LEFT', 'i.a IS DISTINCT FROM 3'],
    ['LEFT', '(i.a > 3) IS NOT TRUE'],
    ['FULL', 'i.a > 3 OR o.amount > 3'],
  ])('%s stays above which %s', (kind, where) => {
    expect(join(kind, where)).toBe(kind.toLowerCase())
  })

  const kinds = (from: string): readonly string[] =>
    optimized(`SELECT o.note FROM ${from}`).flatMap(l => /Join (\w+)/.exec(l)?.[1] ?? [])

  it.each([
    ['LEFT', 'JOIN', ['inner', 'inner']],
    ['FULL', 'JOIN', ['inner', 'right']],
    ['LEFT', 'LEFT JOIN', ['left', 'left']],
    ['LEFT', 'RIGHT JOIN', ['right', 'inner']],
    ['FULL', 'FULL JOIN', ['full', 'full']],
  ])('%s below a %s by its columns become %s', (inner, outer, expected) => {
    expect(
      kinds(
        `orders o ${inner} JOIN items i ON o.id = i.id ${outer} customers c ON i.a = c.customer`,
      ),
    ).toEqual(expected)
  })

  it('on the right side of a left join is narrowed too', () => {
    const right = '(SELECT i.a AS k FROM items i LEFT JOIN items j ON i.id = j.id AND j.a > 1)'
    expect(kinds(`orders o LEFT JOIN ${right} r ON o.id = r.k`)).toEqual(['left', 'left'])
    const byOther = 'items i LEFT JOIN items j ON i.id = j.id'
    expect(kinds(`orders o LEFT JOIN (${byOther}) ON o.id = j.b`)).toEqual(['left', 'inner'])
  })
})

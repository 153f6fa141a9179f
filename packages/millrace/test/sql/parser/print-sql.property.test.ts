// Whatever expression is printed parses to itself, and none of its parentheses can go.

import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { parseExpression } from '../../../src/sql/parse.ts'
import { printSqlExpression } from '../../../src/sql/print-sql.ts'
import { SqlSyntaxError } from '../../../src/sql/sql-syntax-error.ts'
import { arbitraryExpression } from './support/arbitrary-expression.ts'
import { withoutSpans } from './support/without-spans.ts'

describe('a printed expression', () => {
  it('parses to the tree that it was printed from', () => {
    fc.assert(
      fc.property(arbitraryExpression, tree => {
        const text = printSqlExpression(tree)
        expect(withoutSpans(parseExpression(text))).toEqual(withoutSpans(tree))
      }),
      { numRuns: 2000 },
    )
  })

  it('takes blanks, comments and line breaks between its tokens', () => {
    fc.assert(
      fc.property(arbitraryExpression, tree => {
        const text = ` -- x\n ${printSqlExpression(tree)} /* y\n */ `
        expect(withoutSpans(parseExpression(text))).toEqual(withoutSpans(tree))
      }),
      { numRuns: 200 },
    )
  })
})

/** Texts that differ from `text` by one pair of parentheses less. */
function withoutOnePair(text: string): string[] {
  const shorter: string[] = []
  const open: number[] = []
  for (let i = 0; i < text.length; i++) {
    if (text[i] === '(') open.push(i)
    else if (text[i] === ')') {
      const start = open.pop() as number
      shorter.push(`${text.slice(0, start)} ${text.slice(start + 1, i)} ${text.slice(i + 1)}`)
    }
  }
  return shorter
}

describe('the parentheses of an operator', () => {
  it.each([
    '(a OR b) AND NOT (c AND d)',
    'a - (b - c) * (d + e)',
    '(a LIKE b) + (c BETWEEN d AND e)',
    'a = (b = c)',
    'a BETWEEN (b AND c) AND (d OR e)',
    '-(a * b)',
    'a IN (b, (SELECT c))',
  ])('are all needed in %s', text => {
    expect(printSqlExpression(parseExpression(text))).toBe(text)
    const tree = withoutSpans(parseExpression(text))
    for (const shorter of withoutOnePair(text)) {
      let other: unknown
      try {
        other = withoutSpans(parseExpression(shorter))
      } catch (error) {
        expect(error).toBeInstanceOf(SqlSyntaxError)
      }
      expect(other).not.toEqual(tree)
    }
  })
})

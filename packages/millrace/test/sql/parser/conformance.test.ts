// The parser reads all that the conformance suite holds, and the printer writes it again.

import { describe, expect, it } from 'vitest'
import { parseExpression, parseScript } from '../../../src/sql/parse.ts'
import { printScript, printSqlExpression } from '../../../src/sql/print-sql.ts'
import { EXPRESSIONS, INVALID_CASES, VALID_CASES } from './support/conformance-texts.ts'
import { syntaxErrorOf } from './support/syntax-error-of.ts'
import { withoutSpans } from './support/without-spans.ts'

describe('the conformance suite', () => {
  it.each(VALID_CASES)('$id: its printed statements parse to the same tree', ({ text }) => {
    const tree = parseScript(text)
    expect(withoutSpans(parseScript(printScript(tree)))).toEqual(withoutSpans(tree))
  })

  it('has its expressions printed to texts of the same tree', () => {
    expect(EXPRESSIONS.length).toBeGreaterThan(300)
    for (const { text } of EXPRESSIONS) {
      const tree = parseExpression(text)
      expect(withoutSpans(parseExpression(printSqlExpression(tree)))).toEqual(withoutSpans(tree))
    }
  })

  it('prints what it has printed once in the same way', () => {
    for (const { text } of VALID_CASES) {
      const printed = printScript(parseScript(text))
      expect(printScript(parseScript(printed))).toBe(printed)
    }
  })

  it('has two cases of bad syntax, which are refused with the words they name', () => {
    const messages = INVALID_CASES.map(({ id, text }) => [id, syntaxErrorOf(text).message])
    expect(Object.fromEntries(messages)).toEqual({
      'errors/syntax-missing-paren': expect.stringContaining('found FROM, expected ) or ,'),
      'errors/syntax-unclosed-string': expect.stringContaining('an unclosed string'),
    })
  })
})

// Cuts SQL text into tokens: one pass over character codes, without backtracking.

import { SqlSyntaxError } from './sql-syntax-error.ts'
import type { Token, TokenKind } from './tokens.ts'
import { decodeUnicode, escapeClause } from './unicode-string.ts'

const isDigit = (c: number) => c >= 48 && c <= 57
const isWordStart = (c: number) =>
  (c >= 65 && c <= 90) || (c >= 97 && c <= 122) || c === 95 || c > 127
const isWordPart = (c: number) => isWordStart(c) || isDigit(c) || c === 36
const isSpace = (c: number) => c === 32 || (c >= 9 && c <= 13) || c === 0xa0 || c === 0xfeff
/** Before a string, without a blank: `N'…'`, `_UTF8'…'`; all strings are Unicode. */
const CHARACTER_SET = /^(?:n|_(?:utf_?8|utf_?16(?:le|be)?|latin1|iso_?8859_?1|us_?ascii|ascii))$/i
const CURLY_QUOTES = '‘’“”'
const LONG_OPERATORS = ['<=', '>=', '<>', '!=', '||', '=>', '->', '{-', '-}']
const SINGLE = '()[]{},;.+-*/%=<>:?|^$'

/**
 * The tokens of `text`, ending with one of kind `end`.
 *
 * @throws {SqlSyntaxError} `MR_SQL_SYNTAX` on unclosed strings, names and comments, and on
 *   characters outside SQL
 */
export function tokenize(text: string): Token[] {
  const tokens: Token[] = []
  let i = 0
  let line = 1
  let lineStart = 0
  let start = 0
  let startLine = 1
  let startColumn = 1

  const mark = () => {
    start = i
    startLine = line
    startColumn = i - lineStart + 1
  }
  const fail: (found: string, expected: string, remedy?: string) => never = (
    found,
    expected,
    remedy,
  ) => {
    const at = { start, end: start + 1, line: startLine, column: startColumn }
    throw new SqlSyntaxError({ text, at, found, expected, remedy })
  }
  const push = (kind: TokenKind, content: string, key = '') => {
    tokens.push({ kind, text: content, key, start, end: i, line: startLine, column: startColumn })
  }
  /** Moves behind `to`, counting lines. */
  const advanceTo = (to: number) => {
    for (let n = text.indexOf('\n', i); n >= 0 && n < to; n = text.indexOf('\n', n + 1)) {
      line++
      lineStart = n + 1
    }
    i = to
  }
  /** Reads from behind the opening quote past the closing one; a doubled quote stands for one. */
  const readQuoted = (quote: string, what: string): string => {
    let end = i
    for (;;) {
      end = text.indexOf(quote, end)
      if (end < 0)
        fail(`an unclosed ${what}`, `a closing ${quote}`, `Close the ${what} with ${quote}.`)
      if (text[end + 1] !== quote) break
      end += 2
    }
    const content = text.slice(i, end).replaceAll(quote + quote, quote)
    advanceTo(end + 1)
    return content
  }

  while (i < text.length) {
    const c = text.charCodeAt(i)
    if (c === 10) {
      i++
      line++
      lineStart = i
      continue
    }
    if (isSpace(c)) {
      i++
      continue
    }
    mark()
    const next = text.charCodeAt(i + 1)
    if (c === 45 && next === 45) {
      const end = text.indexOf('\n', i)
      i = end < 0 ? text.length : end
    } else if (c === 47 && next === 42) {
      if (text[i + 2] === '+') {
        i += 3
        push('hint', '/*+', '/*+')
        continue
      }
      const end = text.indexOf('*/', i + 2)
      if (end < 0) fail('an unclosed comment', 'a closing */', 'Close the comment with */.')
      advanceTo(end + 2)
    } else if (c === 42 && next === 47) {
      i += 2
      push('operator', '*/', '*/')
    } else if (c === 39) {
      i++
      push('string', readQuoted("'", 'string'))
    } else if (c === 96) {
      i++
      push('quoted', readQuoted('`', 'name'))
    } else if ((c === 88 || c === 120) && next === 39) {
      i += 2
      const hex = readQuoted("'", 'binary string')
      if (!/^(?:[0-9a-fA-F]{2})*$/.test(hex)) fail(`X'${hex}'`, 'pairs of hexadecimal digits')
      push('binary', hex.toLowerCase())
    } else if ((c === 85 || c === 117) && next === 38 && text[i + 2] === "'") {
      i += 3
      const body = i
      readQuoted("'", 'string')
      const raw = text.slice(body, i - 1)
      const escape = escapeClause(text, i)
      if (escape) advanceTo(escape.end)
      const decoded = decodeUnicode(raw, escape?.character ?? '\\')
      if (typeof decoded === 'number') {
        i = start
        line = startLine
        lineStart = start - startColumn + 1
        advanceTo(body + decoded)
        mark()
        fail(text.slice(i, i + 5), 'the escape character and four hexadecimal digits')
      } else push('string', decoded)
    } else if (CURLY_QUOTES.includes(text[i] as string)) {
      fail(text[i] as string, 'a straight quote', "Strings take ' on both sides.")
    } else if (isWordStart(c)) {
      do i++
      while (isWordPart(text.charCodeAt(i)))
      const word = text.slice(start, i)
      if (text.charCodeAt(i) === 39 && CHARACTER_SET.test(word)) {
        i++
        push('string', readQuoted("'", 'string'))
      } else push('word', word, word.toUpperCase())
    } else if (isDigit(c) || (c === 46 && isDigit(next))) {
      i = endOfNumber(text, i)
      push('number', text.slice(start, i))
    } else {
      const two = text.slice(i, i + 2)
      const one = text[i] as string
      if (LONG_OPERATORS.includes(two)) i += 2
      else if (SINGLE.includes(one)) i++
      else if (one === '"')
        fail(
          '"',
          'a name or a value',
          "Names take backquotes (`name`), strings single quotes ('text').",
        )
      else fail(`the character ${JSON.stringify(one)}`, 'SQL')
      const operator = text.slice(start, i)
      push('operator', operator, operator === '!=' ? '<>' : operator)
    }
  }
  mark()
  push('end', '')
  return tokens
}

function endOfNumber(text: string, from: number): number {
  let i = from
  while (isDigit(text.charCodeAt(i))) i++
  if (text[i] === '.') {
    i++
    while (isDigit(text.charCodeAt(i))) i++
  }
  if (text[i] === 'e' || text[i] === 'E') {
    let e = i + 1
    if (text[e] === '+' || text[e] === '-') e++
    if (isDigit(text.charCodeAt(e))) {
      i = e
      while (isDigit(text.charCodeAt(i))) i++
    }
  }
  return i
}

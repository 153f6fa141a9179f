// Cuts SQL text into tokens: one pass over character codes, without backtracking.

import { isDigit, isSpace, isWordPart, isWordStart } from './character-classes.ts'
import { SqlSyntaxError } from './sql-syntax-error.ts'
import type { Token, TokenKind } from './tokens.ts'
import { decodeEscaped, endOfEscaped } from './escaped-string.ts'
import { decodeUnicode, escapeClause } from './unicode-string.ts'

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
  return new Lexer(text).tokenize()
}

class Lexer {
  readonly #text: string
  readonly #tokens: Token[] = []
  #at = 0
  #line = 1
  #lineStart = 0
  /** Where the token at hand starts. */
  #start = 0
  #startLine = 1
  #startColumn = 1

  constructor(text: string) {
    this.#text = text
  }

  tokenize(): Token[] {
    const { length } = this.#text
    while (this.#at < length) {
      const c = this.#text.charCodeAt(this.#at)
      if (c === 10) {
        this.#line++
        this.#lineStart = ++this.#at
      } else if (isSpace(c)) this.#at++
      else this.#token(c)
    }
    this.#mark()
    this.#push('end', '')
    return this.#tokens
  }

  /** Reads what begins with the character `c`: a token or a comment. */
  #token(c: number): void {
    this.#mark()
    const next = this.#text.charCodeAt(this.#at + 1)
    if (isWordStart(c)) {
      if (next === 39 && (c === 88 || c === 120)) this.#binary()
      else if (next === 39 && (c === 69 || c === 101)) this.#escaped()
      else if (next === 38 && (c === 85 || c === 117) && this.#text[this.#at + 2] === "'")
        this.#unicode()
      else if (c > 127 && CURLY_QUOTES.includes(this.#text[this.#at] as string)) this.#curlyQuote()
      else this.#word()
    } else if (c === 39) this.#push('string', this.#quoted("'", 'string', 1))
    else if (c === 96) this.#push('quoted', this.#quoted('`', 'name', 1))
    else if (isDigit(c) || (c === 46 && isDigit(next))) this.#number()
    else if ((c === 45 || c === 47) && next === c) this.#lineComment()
    else if (c === 47 && next === 42) this.#blockComment()
    else this.#operator(c, next)
  }

  #mark(): void {
    this.#start = this.#at
    this.#startLine = this.#line
    this.#startColumn = this.#at - this.#lineStart + 1
  }

  #push(kind: TokenKind, text: string, key = ''): void {
    this.#tokens.push({
      kind,
      text,
      key,
      start: this.#start,
      end: this.#at,
      line: this.#startLine,
      column: this.#startColumn,
    })
  }

  #fail(found: string, expected: string, remedy?: string): never {
    const at = {
      start: this.#start,
      end: this.#start + 1,
      line: this.#startLine,
      column: this.#startColumn,
    }
    throw new SqlSyntaxError({ text: this.#text, at, found, expected, remedy })
  }

  /** Moves behind `to`, counting lines. */
  #advanceTo(to: number): void {
    const text = this.#text
    for (let n = text.indexOf('\n', this.#at); n >= 0 && n < to; n = text.indexOf('\n', n + 1)) {
      this.#line++
      this.#lineStart = n + 1
    }
    this.#at = to
  }

  #lineComment(): void {
    const end = this.#text.indexOf('\n', this.#at)
    this.#at = end < 0 ? this.#text.length : end
  }

  #blockComment(): void {
    if (this.#text[this.#at + 2] === '+') {
      this.#at += 3
      this.#push('hint', '/*+', '/*+')
      return
    }
    const end = this.#text.indexOf('*/', this.#at + 2)
    if (end < 0) this.#fail('an unclosed comment', 'a closing */', 'Close the comment with */.')
    this.#advanceTo(end + 2)
  }

  /** Reads what is quoted behind the opening of `width` characters; a doubled quote stands for one. */
  #quoted(quote: string, what: string, width: number): string {
    const text = this.#text
    const from = this.#at + width
    let end = from
    for (;;) {
      end = text.indexOf(quote, end)
      if (end < 0)
        this.#fail(`an unclosed ${what}`, `a closing ${quote}`, `Close the ${what} with ${quote}.`)
      if (text[end + 1] !== quote) break
      end += 2
    }
    const content = text.slice(from, end).replaceAll(quote + quote, quote)
    this.#advanceTo(end + 1)
    return content
  }

  /** `X'0aff'` */
  #binary(): void {
    const hex = this.#quoted("'", 'binary string', 2)
    if (!/^(?:[0-9a-fA-F]{2})*$/.test(hex)) this.#fail(`X'${hex}'`, 'pairs of hexadecimal digits')
    this.#push('binary', hex.toLowerCase())
  }

  /** `U&'\00e9'`, with its UESCAPE. */
  #unicode(): void {
    const body = this.#at + 3
    this.#quoted("'", 'string', 3)
    const raw = this.#text.slice(body, this.#at - 1)
    const escape = escapeClause(this.#text, this.#at)
    if (escape) this.#advanceTo(escape.end)
    const decoded = decodeUnicode(raw, escape?.character ?? '\\')
    if (typeof decoded === 'string') this.#push('string', decoded)
    else this.#failAt(body + decoded, 'the escape character and four hexadecimal digits')
  }

  /** `E'line\nnext'` */
  #escaped(): void {
    const body = this.#at + 2
    const end = endOfEscaped(this.#text, body)
    if (end < 0) this.#fail('an unclosed string', "a closing '")
    this.#advanceTo(end + 1)
    this.#push('string', decodeEscaped(this.#text.slice(body, end)))
  }

  /** Fails at a place within the token at hand. */
  #failAt(place: number, expected: string): never {
    this.#at = this.#start
    this.#line = this.#startLine
    this.#lineStart = this.#start - this.#startColumn + 1
    this.#advanceTo(place)
    this.#mark()
    this.#fail(this.#text.slice(place, place + 5), expected)
  }

  #curlyQuote(): never {
    this.#fail(this.#text[this.#at] as string, 'a straight quote', "Strings take ' on both sides.")
  }

  #word(): void {
    const text = this.#text
    let at = this.#at + 1
    while (isWordPart(text.charCodeAt(at))) at++
    const word = text.slice(this.#at, at)
    this.#at = at
    if (text.charCodeAt(at) === 39 && CHARACTER_SET.test(word))
      this.#push('string', this.#quoted("'", 'string', 1))
    else this.#push('word', word, word.toUpperCase())
  }

  #number(): void {
    this.#at = endOfNumber(this.#text, this.#at)
    this.#push('number', this.#text.slice(this.#start, this.#at))
  }

  #operator(c: number, next: number): void {
    if (c === 42 && next === 47) {
      this.#at += 2
      this.#push('operator', '*/', '*/')
      return
    }
    const one = this.#text[this.#at] as string
    const two = this.#text.slice(this.#at, this.#at + 2)
    if (LONG_OPERATORS.includes(two)) this.#at += 2
    else if (SINGLE.includes(one)) this.#at++
    else if (one === '"')
      this.#fail(
        '"',
        'a name or a value',
        "Names take backquotes (`name`), strings single quotes ('text').",
      )
    else this.#fail(`the character ${JSON.stringify(one)}`, 'SQL')
    const operator = this.#text.slice(this.#start, this.#at)
    this.#push('operator', operator, operator === '!=' ? '<>' : operator)
  }
}

function endOfNumber(text: string, from: number): number {
  let i = endOfDigits(text, from)
  if (text[i] === '.') i = endOfDigits(text, i + 1)
  if (text[i] !== 'e' && text[i] !== 'E') return i
  const sign = text[i + 1]
  const digits = sign === '+' || sign === '-' ? i + 2 : i + 1
  return isDigit(text.charCodeAt(digits)) ? endOfDigits(text, digits) : i
}

function endOfDigits(text: string, from: number): number {
  let i = from
  while (isDigit(text.charCodeAt(i))) i++
  return i
}

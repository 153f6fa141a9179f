// The parser's view of the tokens: look ahead, accept, expect; spans and errors.

import type { SourceSpan } from '../../types/errors.ts'
import { withoutSecrets } from '../../types/text/sensitive-names.ts'
import type { Identifier, Path } from '../ast/expression.ts'
import { RESERVED } from '../keywords.ts'
import { tokenize } from '../lexer.ts'
import { SqlSyntaxError } from '../sql-syntax-error.ts'
import type { Token } from '../tokens.ts'
import { proposeRemedy } from './propose-remedy.ts'

const MAX_DEPTH = 400

export class TokenStream {
  readonly text: string
  readonly #tokens: readonly Token[]
  #at = 0
  #depth = 0
  #closing: ReadonlyMap<number, number> | undefined

  constructor(text: string) {
    this.text = text
    this.#tokens = tokenize(text)
  }

  get token(): Token {
    return this.peek(0)
  }

  get isAtEnd(): boolean {
    return this.token.kind === 'end'
  }

  get position(): number {
    return this.#at
  }

  peek(ahead: number): Token {
    return (this.#tokens[this.#at + ahead] ?? this.#tokens.at(-1)) as Token
  }

  next(): Token {
    const token = this.token
    if (token.kind !== 'end') this.#at++
    return token
  }

  backTo(position: number): void {
    this.#at = position
  }

  /** How far ahead the parenthesis is closed that opens `ahead`; undefined when it never is. */
  closing(ahead: number): number | undefined {
    this.#closing ??= matchParentheses(this.#tokens)
    const close = this.#closing.get(this.#at + ahead)
    return close === undefined ? undefined : close - this.#at
  }

  /** Whether the coming tokens are these keywords or operators. */
  is(...keys: string[]): boolean {
    for (let n = 0; n < keys.length; n++) if (this.peek(n).key !== keys[n]) return false
    return true
  }

  accept(...keys: string[]): boolean {
    if (!this.is(...keys)) return false
    this.#at += keys.length
    return true
  }

  expect(...keys: string[]): void {
    for (const key of keys) if (!this.accept(key)) this.fail(key)
  }

  /** Takes one of the keywords, or fails naming them all. */
  oneOf<K extends string>(...keys: K[]): K {
    for (const key of keys) if (this.accept(key)) return key
    return this.fail(keys.join(' or '))
  }

  fail(expected: string, remedy?: string, at: Token = this.token): never {
    const [line] = withoutSecrets(this.text).slice(at.start, at.end).split('\n', 1)
    const found = at.kind === 'end' ? 'the end of the text' : (line as string).slice(0, 40)
    throw new SqlSyntaxError({
      text: this.text,
      at: at.kind === 'end' ? this.#endOfLast() : at,
      found,
      expected,
      remedy: remedy ?? proposeRemedy(this.#tokens, at, expected),
    })
  }

  /** The end of the text, for people: behind its last token. */
  #endOfLast(): SourceSpan {
    const start = this.#tokens.at(-2)?.end ?? 0
    const lineStart = this.text.lastIndexOf('\n', start - 1) + 1
    const line = this.text.slice(0, start).split('\n').length
    return { start, end: start, line, column: start - lineStart + 1 }
  }

  /** Guards recursion: deeply nested text is a syntax error, not a stack overflow. */
  nested<T>(parse: () => T): T {
    if (++this.#depth > MAX_DEPTH) this.fail(`at most ${MAX_DEPTH} levels of nesting`)
    const result = parse()
    this.#depth--
    return result
  }

  /** The span from `start` to the token just taken. */
  spanFrom(start: SourceSpan): SourceSpan {
    const end = this.#at > 0 ? (this.#tokens[this.#at - 1] as Token).end : start.end
    return { start: start.start, end, line: start.line, column: start.column }
  }

  isIdentifier(ahead = 0): boolean {
    const token = this.peek(ahead)
    return token.kind === 'quoted' || (token.kind === 'word' && !RESERVED.has(token.key))
  }

  identifier(what = 'a name'): Identifier {
    const token = this.token
    if (!this.isIdentifier()) {
      const word = token.kind === 'word'
      this.fail(
        what,
        word
          ? `${token.key} is a reserved word; as a name write it in backquotes: \`${token.text}\`.`
          : undefined,
      )
    }
    this.next()
    return { kind: 'identifier', name: token.text, span: this.spanFrom(token) }
  }

  path(what = 'a name'): Path {
    const path = [this.identifier(what)]
    while (this.accept('.')) path.push(this.identifier(what))
    return path
  }

  string(what = 'a string in single quotes'): string {
    if (this.token.kind !== 'string') this.fail(what)
    return this.next().text
  }

  integer(what = 'a whole number'): number {
    if (this.token.kind !== 'number' || !/^\d+$/.test(this.token.text)) this.fail(what)
    return Number(this.next().text)
  }

  /** One or more items between commas. */
  list<T>(item: () => T): T[] {
    const items = [item()]
    while (this.accept(',')) items.push(item())
    return items
  }

  /** Items in parentheses without commas between them. */
  parenthesizedSequence<T>(item: () => T): T[] {
    this.expect('(')
    const items: T[] = []
    while (!this.accept(')')) items.push(item())
    return items
  }

  /** A list in parentheses. */
  parenthesized<T>(item: () => T): T[] {
    this.expect('(')
    const items = this.list(item)
    if (!this.accept(')')) this.fail(') or ,', 'Close the parenthesis.')
    return items
  }
}

/** From the place of each opening parenthesis to that of its closing one. */
function matchParentheses(tokens: readonly Token[]): ReadonlyMap<number, number> {
  const closing = new Map<number, number>()
  const open: number[] = []
  for (const [i, { key }] of tokens.entries()) {
    if (key === '(') open.push(i)
    else if (key === ')') {
      const start = open.pop()
      if (start !== undefined) closing.set(start, i)
    }
  }
  return closing
}

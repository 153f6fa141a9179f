// The conditions of JSON paths, `[?(@.price < 10 && @.kind == 'a')]`, as the JsonPath library that Flink uses reads them.

import { regexOf } from '../string/java-regex.ts'
import { type JsonNode, JsonNumber } from './json-value.ts'

/** Whether an element passes. */
export type JsonFilter = (element: JsonNode) => boolean

/** Reads a path below an element; `undefined` when it leads nowhere. */
export type ReadBelow = (path: string) => (element: JsonNode) => JsonNode | undefined

type Operand = (element: JsonNode) => JsonNode | undefined

const TOKEN =
  /\s*(?:(&&|\|\||==|!=|<=|>=|=~|[<>!()])|('(?:[^'\\]|\\.)*'|"(?:[^"\\]|\\.)*")|(\/(?:[^/\\]|\\.)+\/i?)|(-?\d+(?:\.\d+)?(?:[eE][+-]?\d+)?)|(true|false|null)\b|(@(?:\.[\w-]+|\[(?:\d+|'[^']*')\])*))/y

/** The condition between `?(` and `)`; `undefined` when it is malformed. */
export function compileFilter(text: string, readBelow: ReadBelow): JsonFilter | undefined {
  const tokens = tokensOf(text)
  return tokens && new FilterParser(tokens, readBelow).parse()
}

function tokensOf(text: string): string[] | undefined {
  const tokens: string[] = []
  let at = 0
  while (at < text.trimEnd().length) {
    TOKEN.lastIndex = at
    const match = TOKEN.exec(text)
    if (match === null) return undefined
    tokens.push(match[0].trim())
    at = TOKEN.lastIndex
  }
  return tokens
}

class FilterParser {
  readonly #tokens: readonly string[]
  readonly #readBelow: ReadBelow
  #at = 0

  constructor(tokens: readonly string[], readBelow: ReadBelow) {
    this.#tokens = tokens
    this.#readBelow = readBelow
  }

  parse(): JsonFilter | undefined {
    const filter = this.#any()
    return this.#at === this.#tokens.length ? filter : undefined
  }

  #accept(token: string): boolean {
    if (this.#tokens[this.#at] !== token) return false
    this.#at++
    return true
  }

  #any(): JsonFilter | undefined {
    let left = this.#all()
    while (left && this.#accept('||')) {
      const [a, b] = [left, this.#all()]
      left = b && (x => a(x) || b(x))
    }
    return left
  }

  #all(): JsonFilter | undefined {
    let left = this.#test()
    while (left && this.#accept('&&')) {
      const [a, b] = [left, this.#test()]
      left = b && (x => a(x) && b(x))
    }
    return left
  }

  #test(): JsonFilter | undefined {
    if (this.#accept('!')) {
      const negated = this.#test()
      return negated && (x => !negated(x))
    }
    if (this.#accept('(')) {
      const inner = this.#any()
      return this.#accept(')') ? inner : undefined
    }
    const left = this.#operand()
    const operator = this.#tokens[this.#at]
    if (left === undefined) return undefined
    if (operator === '=~') {
      this.#at++
      const pattern = /^\/([\s\S]+)\/(i?)$/.exec(this.#tokens[this.#at++] ?? '')
      if (!pattern) return undefined
      // All of the text must match, as in Java's Matcher.matches().
      const regex = regexOf(`${pattern[2] === '' ? '' : '(?i)'}^(?:${pattern[1]})$`)
      return regex && (x => regex.test(String(plain(left(x)) ?? '')))
    }
    const compare = COMPARISONS[operator ?? '']
    if (compare === undefined) return x => left(x) !== undefined
    this.#at++
    const right = this.#operand()
    return right && (x => compare(plain(left(x)), plain(right(x))))
  }

  #operand(): Operand | undefined {
    const token = this.#tokens[this.#at++]
    if (token === undefined) return undefined
    if (token.startsWith('@')) return this.#readBelow(token.slice(1))
    if (/^['"]/.test(token)) {
      const text = token.slice(1, -1).replace(/\\(.)/g, '$1')
      return () => text
    }
    if (token === 'null') return () => null
    if (token === 'true' || token === 'false') return () => token === 'true'
    return /^-?\d/.test(token) ? () => new JsonNumber(token) : undefined
  }
}

type Plain = string | number | boolean | null | undefined | object

const plain = (node: JsonNode | undefined): Plain =>
  node instanceof JsonNumber ? Number(node.text) : node

const ordered =
  (test: (a: number | string, b: number | string) => boolean) =>
  (a: Plain, b: Plain): boolean =>
    (typeof a === 'number' && typeof b === 'number') ||
    (typeof a === 'string' && typeof b === 'string')
      ? test(a, b)
      : false

const COMPARISONS: Readonly<Record<string, (a: Plain, b: Plain) => boolean>> = {
  '==': (a, b) => a === b,
  '!=': (a, b) => a !== b,
  '<': ordered((a, b) => a < b),
  '<=': ordered((a, b) => a <= b),
  '>': ordered((a, b) => a > b),
  '>=': ordered((a, b) => a >= b),
}

// JSON as a tree that keeps numbers exactly as Jackson does, with its reader and its writer.

/** A number: `source` as written, `text` as Java prints it. */
export class JsonNumber {
  readonly text: string
  readonly source: string

  constructor(text: string, source: string = text) {
    this.text = text
    this.source = source
  }
}

export type JsonObject = Map<string, JsonNode>
export type JsonNode = null | boolean | string | JsonNumber | JsonNode[] | JsonObject

/** The text is not JSON. */
export class JsonSyntaxError extends Error {}

export const isContainer = (node: JsonNode): node is JsonNode[] | JsonObject =>
  Array.isArray(node) || node instanceof Map

const MAX_DEPTH = 1000
const NUMBER = /-?(?:0|[1-9]\d*)(\.\d+)?([eE][+-]?\d+)?/y
// biome-ignore lint/suspicious/noControlCharactersInRegex: JSON strings must not have them
const PLAIN_STRING = /"([^"\\\u0000-\u001f]*)"/y
// biome-ignore lint/suspicious/noControlCharactersInRegex: JSON strings must not have them
const STRING = /"(?:[^"\\\u0000-\u001f]|\\(?:["\\/bfnrt]|u[0-9a-fA-F]{4}))*"/y

/**
 * Reads the first JSON value of a text; what follows it is ignored, as Jackson does (after a number it must be spaces).
 *
 * @throws {JsonSyntaxError}
 */
export function parseJson(text: string): JsonNode {
  return new JsonReader(text).read()
}

class JsonReader {
  readonly #text: string
  #at = 0

  constructor(text: string) {
    this.#text = text
  }

  read(): JsonNode {
    const value = this.#value(0)
    const next = this.#text.charAt(this.#at)
    if (value instanceof JsonNumber && next !== '' && !' \t\n\r'.includes(next)) this.#fail()
    return value
  }

  #fail(): never {
    const near = this.#text.slice(this.#at, this.#at + 20)
    throw new JsonSyntaxError(near === '' ? 'the JSON text ends too early' : `no JSON at '${near}'`)
  }

  #skipSpace(): void {
    for (;;) {
      const code = this.#text.charCodeAt(this.#at)
      if (code !== 32 && code !== 10 && code !== 13 && code !== 9) return
      this.#at++
    }
  }

  #match(pattern: RegExp): RegExpExecArray | null {
    pattern.lastIndex = this.#at
    const match = pattern.exec(this.#text)
    if (match !== null) this.#at = pattern.lastIndex
    return match
  }

  #value(depth: number): JsonNode {
    if (depth > MAX_DEPTH) throw new JsonSyntaxError(`JSON nested deeper than ${MAX_DEPTH}`)
    this.#skipSpace()
    const c = this.#text.charAt(this.#at)
    if (c === '{') return this.#object(depth)
    if (c === '[') return this.#array(depth)
    if (c === '"') return this.#string()
    const literal = LITERALS[c]
    if (literal !== undefined) return this.#literal(...literal)
    const number = this.#match(NUMBER)
    if (number === null || /\d/.test(this.#text.charAt(this.#at))) this.#fail()
    const isReal = number[1] !== undefined || number[2] !== undefined
    return new JsonNumber(javaNumber(number[0], isReal), number[0])
  }

  #literal(word: string, value: JsonNode): JsonNode {
    if (!this.#text.startsWith(word, this.#at)) this.#fail()
    if (/[\w$]/.test(this.#text.charAt(this.#at + word.length))) this.#fail()
    this.#at += word.length
    return value
  }

  #string(): string {
    const plain = this.#match(PLAIN_STRING)
    if (plain !== null) return plain[1] as string
    const quoted = this.#match(STRING)
    if (quoted === null) this.#fail()
    return JSON.parse(quoted[0])
  }

  #separator(close: string): boolean {
    this.#skipSpace()
    const c = this.#text.charAt(this.#at)
    if (c !== ',' && c !== close) this.#fail()
    this.#at++
    return c === ','
  }

  #isClosed(close: string): boolean {
    this.#at++
    this.#skipSpace()
    if (this.#text.charAt(this.#at) !== close) return false
    this.#at++
    return true
  }

  #array(depth: number): JsonNode[] {
    const items: JsonNode[] = []
    if (this.#isClosed(']')) return items
    do items.push(this.#value(depth + 1))
    while (this.#separator(']'))
    return items
  }

  #object(depth: number): JsonObject {
    const object: JsonObject = new Map()
    if (this.#isClosed('}')) return object
    do {
      this.#skipSpace()
      if (this.#text.charAt(this.#at) !== '"') this.#fail()
      const key = this.#string()
      this.#skipSpace()
      if (this.#text.charAt(this.#at++) !== ':') this.#fail()
      object.set(key, this.#value(depth + 1))
    } while (this.#separator('}'))
    return object
  }
}

/** By first letter. */
const LITERALS: Readonly<Record<string, readonly [word: string, value: JsonNode]>> = {
  t: ['true', true],
  f: ['false', false],
  n: ['null', null],
}

/** How Java prints a JSON number: an integer's digits, else `BigDecimal.toString`. */
export function javaNumber(text: string, isReal: boolean): string {
  if (!isReal) return text === '-0' ? '0' : text
  const [mantissa = '', exponent = '0'] = text.toLowerCase().split('e')
  const sign = mantissa.startsWith('-') ? '-' : ''
  const [whole = '', fraction = ''] = mantissa.replace('-', '').split('.')
  const digits = (whole + fraction).replace(/^0+(?=\d)/, '')
  const scale = fraction.length - Number(exponent)
  const isZero = /^0*$/.test(digits)
  const adjusted = digits.length - 1 - scale
  const shownSign = isZero ? '' : sign
  if (scale >= 0 && adjusted >= -6) {
    if (scale === 0) return shownSign + digits
    const padded = digits.padStart(scale + 1, '0')
    return `${shownSign}${padded.slice(0, -scale)}.${padded.slice(-scale)}`
  }
  const point = digits.length > 1 ? `${digits[0]}.${digits.slice(1)}` : digits
  return `${shownSign}${point}E${adjusted < 0 ? '' : '+'}${adjusted}`
}

/** Writes a tree without spaces, object keys sorted as Flink does. */
export function writeJson(node: JsonNode): string {
  if (node === null) return 'null'
  if (typeof node === 'string') return JSON.stringify(node)
  if (typeof node === 'boolean') return String(node)
  if (node instanceof JsonNumber) return node.text
  if (Array.isArray(node)) return `[${node.map(writeJson).join(',')}]`
  const keys = [...node.keys()].sort()
  return `{${keys.map(k => `${JSON.stringify(k)}:${writeJson(node.get(k) as JsonNode)}`).join(',')}}`
}

/** A scalar as text without quotes. */
export function scalarText(node: JsonNode): string {
  if (node instanceof JsonNumber) return node.text
  return typeof node === 'string' ? node : writeJson(node)
}

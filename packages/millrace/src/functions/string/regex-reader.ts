// A cursor over the text of a regular expression.

import { RegexSyntaxError } from './regex-node.ts'

export class RegexReader {
  readonly #text: string
  #at = 0

  constructor(text: string) {
    this.#text = text
  }

  get isAtEnd(): boolean {
    return this.#at >= this.#text.length
  }

  /** The UTF-16 unit that comes next, or the one `ahead` of it; empty beyond the end. */
  peek(ahead = 0): string {
    return this.#text.charAt(this.#at + ahead)
  }

  skip(): void {
    this.#at++
  }

  take(expected: string): boolean {
    if (!this.#text.startsWith(expected, this.#at)) return false
    this.#at += expected.length
    return true
  }

  /** @throws {RegexSyntaxError} when something else comes */
  expect(expected: string): void {
    if (!this.take(expected)) throw new RegexSyntaxError(`missing ${expected}`)
  }

  /** What matches here is passed over; `pattern` starts with `^`. */
  match(pattern: RegExp): RegExpExecArray | null {
    const match = pattern.exec(this.#text.slice(this.#at))
    this.#at += match?.[0].length ?? 0
    return match
  }

  /** The next code point. @throws {RegexSyntaxError} at the end */
  point(): number {
    const point = this.#text.codePointAt(this.#at)
    if (point === undefined) throw new RegexSyntaxError('unexpected end')
    this.#at += point > 0xffff ? 2 : 1
    return point
  }

  /** The code points after `\Q`, up to `\E` or the end. */
  quoted(): number[] {
    const end = this.#text.indexOf('\\E', this.#at)
    const literal = this.#text.slice(this.#at, end < 0 ? undefined : end)
    this.#at = end < 0 ? this.#text.length : end + 2
    return [...literal].map(c => c.codePointAt(0) as number)
  }
}

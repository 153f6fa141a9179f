// Java's regular expressions in bounded time: V8's engine where backtracking is provably cheap, RE2's automaton elsewhere.

import { RE2JS } from 're2js'
import { EvaluationError } from '../evaluation-error.ts'
import { memoize } from '../scalar-function.ts'
import { type RegexNode, RegexSyntaxError } from './regex-node.ts'
import { parseRegex } from './regex-parser.ts'
import { backtrackingDegree, writeRegex } from './regex-text.ts'

/** Steps that V8 may at worst be asked to take for one text: some ten milliseconds. */
const MAX_STEPS = 20_000_000

/** A match: UTF-16 offsets and the text of each group (group 0 is all of it), `null` for one that took no part. */
export interface RegexMatch {
  readonly start: number
  readonly end: number
  readonly groups: readonly (string | null)[]
}

/** The compiled pattern, or `undefined` when Java would not compile it either. */
export const regexOf: (pattern: string) => JavaRegex | undefined = memoize(pattern => {
  try {
    return new JavaRegex(pattern)
  } catch (error) {
    if (error instanceof RegexSyntaxError) return undefined
    throw error
  }
})

/**
 * A compiled regular expression with Java's syntax and character classes.
 *
 * Limits: possessive quantifiers and atomic groups are greedy; patterns with nested quantifiers run on RE2, without lookaround and
 * back references. V8 is 10 to 40 times faster than re2js on short texts, hence the two engines.
 *
 * @throws {RegexSyntaxError}
 */
export class JavaRegex {
  readonly groupCount: number
  readonly #pattern: string
  readonly #root: RegexNode
  readonly #fast: RegExp
  /** Up to which length V8 is used. */
  readonly #maxFastLength: number
  #linear: RE2JS | undefined

  constructor(pattern: string) {
    const { root, groupCount } = parseRegex(pattern)
    this.#pattern = pattern
    this.#root = root
    this.groupCount = groupCount
    try {
      this.#fast = new RegExp(writeRegex(root, 'javascript'), 'gu')
    } catch {
      throw new RegexSyntaxError(pattern) // V8 refuses: a reference to no group, a quantified lookbehind
    }
    const degree = backtrackingDegree(root)
    this.#maxFastLength = degree === undefined ? -1 : Math.floor(MAX_STEPS ** (1 / (1 + degree)))
  }

  /** Whether a part of the text matches. */
  test(text: string): boolean {
    if (text.length > this.#maxFastLength) return this.#slow().matcher(text).find()
    this.#fast.lastIndex = 0
    return this.#fast.test(text)
  }

  /** The first match. */
  find(text: string): RegexMatch | undefined {
    if (text.length > this.#maxFastLength) {
      for (const match of this.#slowMatches(text)) return match
      return undefined
    }
    this.#fast.lastIndex = 0
    const match = this.#fast.exec(text)
    return match === null ? undefined : asMatch(match)
  }

  /** All matches from left to right, none overlapping. */
  *matches(text: string): Generator<RegexMatch> {
    if (text.length > this.#maxFastLength) {
      yield* this.#slowMatches(text)
      return
    }
    // matchAll begins where its regular expression stopped last.
    this.#fast.lastIndex = 0
    for (const match of text.matchAll(this.#fast)) yield asMatch(match)
  }

  /** The text with every match replaced by a literal text. */
  replaceAll(text: string, replacement: string): string {
    if (text.length <= this.#maxFastLength) return text.replace(this.#fast, () => replacement)
    let result = ''
    let last = 0
    for (const { start, end } of this.#slowMatches(text)) {
      result += text.slice(last, start) + replacement
      last = end
    }
    return result + text.slice(last)
  }

  *#slowMatches(text: string): Generator<RegexMatch> {
    const matcher = this.#slow().matcher(text)
    while (matcher.find()) {
      const groups = Array.from({ length: this.groupCount + 1 }, (_, i) => matcher.group(i) ?? null)
      yield { start: matcher.start(), end: matcher.end(), groups }
    }
  }

  #slow(): RE2JS {
    if (this.#linear === undefined) {
      try {
        this.#linear = RE2JS.compile(writeRegex(this.#root, 're2'))
      } catch {
        throw new EvaluationError(
          `the regular expression ${this.#pattern} could take exponentially long here`,
          'Write it without lookaround and back references, or without nested repetitions.',
        )
      }
    }
    return this.#linear
  }
}

function asMatch(match: RegExpExecArray): RegexMatch {
  const groups: (string | null)[] = []
  for (let i = 0; i < match.length; i++) groups.push(match[i] ?? null)
  return { start: match.index, end: match.index + match[0].length, groups }
}

// LIKE patterns: `%` any run of characters, `_` one character (code point), no regular expressions.

import { EvaluationError } from '../evaluation-error.ts'

/** A pattern's elements: a character, or one of the two wildcards. */
type Element = string | typeof ANY_RUN | typeof ANY_ONE
const ANY_RUN = 0
const ANY_ONE = 1

export type LikeMatcher = (text: string) => boolean

/** Compiles a pattern, in linear time and to a matcher of worst case O(text × pattern), usually linear. */
export function compileLike(pattern: string, escape?: string): LikeMatcher {
  const elements = parsePattern(pattern, escape)
  return simpleMatcher(elements) ?? (text => matches(text, elements))
}

function parsePattern(pattern: string, escape: string | undefined): Element[] {
  if (escape !== undefined && [...escape].length !== 1)
    throw new EvaluationError(`invalid escape character '${escape}'`, 'Use exactly one character.')
  const characters = [...pattern]
  const elements: Element[] = []
  for (let i = 0; i < characters.length; i++) {
    const c = characters[i] as string
    if (c === escape) {
      const next = characters[++i]
      if (next === undefined || (next !== '%' && next !== '_' && next !== escape))
        throw new EvaluationError(
          `invalid escape sequence in '${pattern}' at position ${i}`,
          `After '${escape}' only '%', '_' or '${escape}' may follow.`,
        )
      elements.push(next)
    } else if (c === '%') {
      if (elements.at(-1) !== ANY_RUN) elements.push(ANY_RUN)
    } else elements.push(c === '_' ? ANY_ONE : c)
  }
  return elements
}

/** `abc`, `abc%`, `%abc`, `%abc%` need no loop of ours. */
function simpleMatcher(elements: readonly Element[]): LikeMatcher | undefined {
  const starts = elements[0] === ANY_RUN
  const ends = elements.length > 1 && elements.at(-1) === ANY_RUN
  const middle = elements.slice(starts ? 1 : 0, ends ? -1 : undefined)
  if (!middle.every(e => typeof e === 'string')) return undefined
  const part = middle.join('')
  if (starts && ends) return text => text.includes(part)
  if (starts) return text => text.endsWith(part)
  if (ends) return text => text.startsWith(part)
  return text => text === part
}

/** Two pointers: on a mismatch go back to the last `%` and let it take one character more. */
function matches(text: string, elements: readonly Element[]): boolean {
  let t = 0
  let e = 0
  let runElement = -1
  let runText = 0
  while (t < text.length) {
    const element = elements[e]
    if (element === ANY_RUN) {
      runElement = e++
      runText = t
    } else if (element === ANY_ONE) {
      t += (text.codePointAt(t) as number) > 0xffff ? 2 : 1
      e++
    } else if (element !== undefined && text.startsWith(element as string, t)) {
      t += (element as string).length
      e++
    } else if (runElement >= 0) {
      runText += (text.codePointAt(runText) as number) > 0xffff ? 2 : 1
      t = runText
      e = runElement + 1
    } else return false
  }
  while (elements[e] === ANY_RUN) e++
  return e === elements.length
}

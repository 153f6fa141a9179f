// LIKE and ILIKE of SHOW: `%` for any text, `_` for one character.

import type { ShowPattern } from '../ast/statement.ts'

/** Whether a name is to be shown. */
export function matchesPattern(name: string, like: ShowPattern | undefined): boolean {
  if (!like) return true
  const [text, pattern] = like.ignoreCase
    ? [name.toLowerCase(), like.pattern.toLowerCase()]
    : [name, like.pattern]
  return matches([...text], [...pattern]) !== like.negated
}

/** Linear in the product of both: on a mismatch, only the last `%` takes one character more. */
function matches(text: readonly string[], pattern: readonly string[]): boolean {
  let t = 0
  let p = 0
  let star = -1
  let starText = 0
  while (t < text.length) {
    if (pattern[p] === '%') {
      star = p++
      starText = t
    } else if (pattern[p] === '_' || (pattern[p] === text[t] && p < pattern.length)) {
      t++
      p++
    } else if (star >= 0) {
      p = star + 1
      t = ++starText
    } else return false
  }
  while (pattern[p] === '%') p++
  return p === pattern.length
}

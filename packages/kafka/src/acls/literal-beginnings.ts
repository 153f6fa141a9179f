// What the names that a regular expression matches begin with: an ACL knows literal names and prefixes, no expressions.

import { patternText } from '../options/source-options.ts'

/** A name, or what names begin with. */
export interface NamePattern {
  readonly name: string
  readonly pattern: 'Literal' | 'Prefixed'
}

/** Characters that may stand in a name of Kafka, and mean themselves in an expression. */
const PLAIN = /[A-Za-z0-9_-]/
/** Makes what stands before it optional, or repeats it. */
const QUANTIFIER = /[*+?{]/

/**
 * The literal names and beginnings that cover all names which the whole of an expression matches; `*`, literal, where it may match any.
 *
 * Alternatives at the top are looked at one by one; of each what stands before the first part that is not literal.
 */
export function literalBeginnings(pattern: RegExp): readonly NamePattern[] {
  const found = alternativesOf(patternText(pattern)).map(beginningOf)
  if (found.some(f => f.name === '')) return [{ name: '*', pattern: 'Literal' }]
  const prefixes = found.filter(f => f.pattern === 'Prefixed')
  const isCovered = (f: NamePattern): boolean =>
    prefixes.some(
      p => p !== f && f.name.startsWith(p.name) && (p.name !== f.name || f.pattern === 'Literal'),
    )
  const unique = new Map(found.map(f => [`${f.pattern} ${f.name}`, f]))
  return [...unique.values()].filter(f => !isCovered(f))
}

/** Parts between the bars that are in no group and no class. */
function alternativesOf(source: string): readonly string[] {
  const parts: string[] = []
  let [start, depth, isInClass] = [0, 0, false]
  for (let i = 0; i < source.length; i++) {
    const c = source[i]
    if (c === '\\') i++
    else if (c === '[') isInClass = true
    else if (c === ']') isInClass = false
    else if (isInClass) continue
    else if (c === '(') depth++
    else if (c === ')') depth--
    else if (c === '|' && depth === 0) {
      parts.push(source.slice(start, i))
      start = i + 1
    }
  }
  return [...parts, source.slice(start)]
}

function beginningOf(source: string): NamePattern {
  let name = ''
  for (let i = 0; i < source.length; ) {
    const isEscaped = source[i] === '\\' && /[^A-Za-z0-9]/.test(source[i + 1] ?? '')
    const c = source[i + (isEscaped ? 1 : 0)] as string
    if (!isEscaped && !PLAIN.test(c)) return { name, pattern: 'Prefixed' }
    i += isEscaped ? 2 : 1
    if (QUANTIFIER.test(source[i] ?? '')) return { name, pattern: 'Prefixed' }
    name += c
  }
  return { name, pattern: 'Literal' }
}

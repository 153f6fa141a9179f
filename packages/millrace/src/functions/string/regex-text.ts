// Writes a parsed regular expression for JavaScript's RegExp and for RE2, and judges how long a backtracking engine may take.

import { assertNever } from '../../types/errors.ts'
import { type CodePointSet, isDisjoint } from './code-point-set.ts'
import { type Anchor, type RegexNode, RegexSyntaxError } from './regex-node.ts'

export type Dialect = 'javascript' | 're2'

const ANCHORS: Readonly<Record<Dialect, Readonly<Record<Anchor, string>>>> = {
  javascript: {
    start: '^',
    end: '$',
    'line-start': '(?<![^\\n\\r\\u0085\\u2028\\u2029])',
    'line-end': '(?![^\\n\\r\\u0085\\u2028\\u2029])',
    'last-line-end': '(?=(?:\\r\\n|[\\n\\r\\u0085\\u2028\\u2029])?$)',
    word: '\\b',
    'inside-word': '\\B',
  },
  re2: {
    start: '\\A',
    end: '\\z',
    'line-start': '(?m:^)',
    'line-end': '(?m:$)',
    'last-line-end': '\\z', // RE2 cannot look ahead: a final line terminator is not stepped over
    word: '\\b',
    'inside-word': '\\B',
  },
}

/** @throws {RegexSyntaxError} when the dialect has no such construct */
export function writeRegex(node: RegexNode, dialect: Dialect): string {
  switch (node.kind) {
    case 'set':
      return writeSet(node.set, dialect)
    case 'sequence':
      return node.items.map(item => writeItem(item, dialect)).join('')
    case 'choice':
      return node.options.map(option => writeRegex(option, dialect)).join('|')
    case 'group':
      return `(${node.capture === undefined ? '?:' : ''}${writeRegex(node.body, dialect)})`
    case 'repeat': {
      const wraps = node.body.kind !== 'set' && node.body.kind !== 'group'
      const body = writeRegex(node.body, dialect)
      return (
        (wraps ? `(?:${body})` : body) + quantifier(node.min, node.max) + (node.lazy ? '?' : '')
      )
    }
    case 'anchor':
      return ANCHORS[dialect][node.at]
    case 'look': {
      if (dialect === 're2') throw new RegexSyntaxError('lookaround')
      const body = writeRegex(node.body, dialect)
      return `(?${node.behind ? '<' : ''}${node.negative ? '!' : '='}${body})`
    }
    case 'reference':
      if (dialect === 're2') throw new RegexSyntaxError('back reference')
      return `(?:\\${node.group})`
    default:
      return assertNever(node)
  }
}

function writeItem(node: RegexNode, dialect: Dialect): string {
  const text = writeRegex(node, dialect)
  return node.kind === 'choice' ? `(?:${text})` : text
}

function quantifier(min: number, max: number): string {
  if (max === Number.POSITIVE_INFINITY) return min === 0 ? '*' : min === 1 ? '+' : `{${min},}`
  return min === 0 && max === 1 ? '?' : min === max ? `{${min}}` : `{${min},${max}}`
}

function writeSet(set: CodePointSet, dialect: Dialect): string {
  if (set.length === 0) return dialect === 'javascript' ? '[]' : '[^\\x{0}-\\x{10FFFF}]'
  const [only] = set
  if (set.length === 1 && only && only[0] === only[1]) return writePoint(only[0], dialect)
  const ranges = set.map(([from, to]) =>
    from === to
      ? writePoint(from, dialect)
      : `${writePoint(from, dialect)}-${writePoint(to, dialect)}`,
  )
  return `[${ranges.join('')}]`
}

function writePoint(point: number, dialect: Dialect): string {
  const isPlain =
    (point >= 48 && point <= 57) || (point >= 65 && point <= 90) || (point >= 97 && point <= 122)
  if (isPlain) return String.fromCharCode(point)
  return `${dialect === 'javascript' ? '\\u' : '\\x'}{${point.toString(16)}}`
}

/**
 * How many unbounded repetitions may each try several lengths: a backtracking engine takes at most about
 * `length ^ (1 + result)` steps. `undefined` when it may take exponentially many.
 *
 * A repetition of a class that is followed by something outside the class (`[^,]*,`) has one length to try, so it adds nothing.
 */
export function backtrackingDegree(node: RegexNode): number | undefined {
  return degree(node, undefined)
}

/** `next`: the characters with which what follows must start; `undefined` when anything may follow. */
function degree(node: RegexNode, next: CodePointSet | undefined): number | undefined {
  switch (node.kind) {
    case 'set':
    case 'anchor':
      return 0
    case 'reference':
      return 1
    case 'group':
    case 'look':
      return degree(node.body, node.kind === 'group' ? next : undefined)
    case 'choice':
      return sum(node.options.map(option => degree(option, next)))
    case 'sequence':
      return sum(node.items.map((item, i) => degree(item, startOf(node.items, i + 1, next))))
    case 'repeat': {
      if (node.max <= 1) return degree(node.body, next)
      const width = fixedSets(node.body)
      if (width === undefined) return undefined
      const [first] = width
      return first !== undefined && next !== undefined && isDisjoint(first, next) ? 0 : 1
    }
    default:
      return assertNever(node)
  }
}

function sum(degrees: readonly (number | undefined)[]): number | undefined {
  let total = 0
  for (const d of degrees) {
    if (d === undefined) return undefined
    total += d
  }
  return total
}

/** The characters with which `items[from…]` must start, when that is certain. */
function startOf(
  items: readonly RegexNode[],
  from: number,
  after: CodePointSet | undefined,
): CodePointSet | undefined {
  if (from >= items.length) return after
  const item = items[from] as RegexNode
  if (item.kind === 'set') return item.set
  if (item.kind === 'group') return startOf([item.body], 0, undefined)
  if (item.kind === 'sequence' && item.items.length > 0) return startOf(item.items, 0, undefined)
  if (item.kind === 'repeat' && item.min > 0) return startOf([item.body], 0, undefined)
  return undefined
}

/** The sets of a body that matches one way only (a string of classes), else `undefined`. */
function fixedSets(node: RegexNode): readonly CodePointSet[] | undefined {
  if (node.kind === 'set') return [node.set]
  if (node.kind === 'group') return fixedSets(node.body)
  if (node.kind !== 'sequence' || node.items.length === 0) return undefined
  const sets: CodePointSet[] = []
  for (const item of node.items) {
    const own = fixedSets(item)
    if (own === undefined) return undefined
    sets.push(...own)
  }
  return sets
}

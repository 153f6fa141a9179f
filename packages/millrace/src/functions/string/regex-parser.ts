// Parses Java's regular expressions (java.util.regex.Pattern) into a tree.

import {
  type CodePointSet,
  complement,
  ESCAPE_CLASSES,
  ignoringCase,
  intersection,
  LINE_TERMINATORS,
  NAMED_CLASSES,
  setOf,
  unicodeClass,
  union,
} from './code-point-set.ts'

export type RegexNode =
  | { readonly kind: 'set'; readonly set: CodePointSet }
  | { readonly kind: 'sequence'; readonly items: readonly RegexNode[] }
  | { readonly kind: 'choice'; readonly options: readonly RegexNode[] }
  | { readonly kind: 'group'; readonly capture: number | undefined; readonly body: RegexNode }
  | {
      readonly kind: 'repeat'
      readonly body: RegexNode
      readonly min: number
      readonly max: number
      readonly lazy: boolean
    }
  | { readonly kind: 'anchor'; readonly at: Anchor }
  | {
      readonly kind: 'look'
      readonly behind: boolean
      readonly negative: boolean
      readonly body: RegexNode
    }
  | { readonly kind: 'reference'; readonly group: number }

export type Anchor =
  | 'start'
  | 'end'
  | 'line-start'
  | 'line-end'
  | 'last-line-end'
  | 'word'
  | 'inside-word'

export interface ParsedRegex {
  readonly root: RegexNode
  readonly groupCount: number
}

interface Flags {
  readonly ignoreCase: boolean
  readonly dotAll: boolean
  readonly multiline: boolean
  readonly comments: boolean
}

/** The text is not a regular expression, or uses what is not supported. */
export class RegexSyntaxError extends Error {}

/** @throws {RegexSyntaxError} */
export function parseRegex(pattern: string): ParsedRegex {
  return new RegexParser(pattern).parse()
}

class RegexParser {
  readonly #text: string
  #at = 0
  #groups = 0
  readonly #names = new Map<string, number>()
  #flags: Flags = { ignoreCase: false, dotAll: false, multiline: false, comments: false }

  constructor(text: string) {
    this.#text = text
  }

  parse(): ParsedRegex {
    const root = this.#choice()
    if (this.#at < this.#text.length) throw new RegexSyntaxError('unmatched )')
    return { root, groupCount: this.#groups }
  }

  #peek(): string {
    return this.#text.charAt(this.#at)
  }

  #take(expected: string): boolean {
    if (!this.#text.startsWith(expected, this.#at)) return false
    this.#at += expected.length
    return true
  }

  #expect(expected: string): void {
    if (!this.#take(expected)) throw new RegexSyntaxError(`missing ${expected}`)
  }

  #point(): number {
    const point = this.#text.codePointAt(this.#at)
    if (point === undefined) throw new RegexSyntaxError('unexpected end')
    this.#at += point > 0xffff ? 2 : 1
    return point
  }

  #choice(): RegexNode {
    const outer = this.#flags
    const options = [this.#sequence()]
    while (this.#take('|')) options.push(this.#sequence())
    this.#flags = outer
    return options.length === 1 ? (options[0] as RegexNode) : { kind: 'choice', options }
  }

  #sequence(): RegexNode {
    const items: RegexNode[] = []
    while (this.#at < this.#text.length && this.#peek() !== '|' && this.#peek() !== ')') {
      if (this.#flags.comments && this.#skipComment()) continue
      if (this.#take('\\Q')) {
        items.push(...this.#quoted())
        continue
      }
      const atom = this.#atom()
      if (atom !== undefined) items.push(this.#repeats(atom))
    }
    return items.length === 1 ? (items[0] as RegexNode) : { kind: 'sequence', items }
  }

  #skipComment(): boolean {
    if (/\s/.test(this.#peek())) {
      this.#at++
      return true
    }
    if (!this.#take('#')) return false
    while (this.#at < this.#text.length && this.#peek() !== '\n') this.#at++
    return true
  }

  #quoted(): RegexNode[] {
    const end = this.#text.indexOf('\\E', this.#at)
    const literal = this.#text.slice(this.#at, end < 0 ? undefined : end)
    this.#at = end < 0 ? this.#text.length : end + 2
    return [...literal].map(c => this.#literal(c.codePointAt(0) as number))
  }

  #literal(point: number): RegexNode {
    return this.#set([[point, point]])
  }

  #set(set: CodePointSet): RegexNode {
    return { kind: 'set', set: this.#flags.ignoreCase ? ignoringCase(set) : set }
  }

  #atom(): RegexNode | undefined {
    const { multiline, dotAll } = this.#flags
    const c = this.#peek()
    switch (c) {
      case '(':
        this.#at++
        return this.#group()
      case '[':
        this.#at++
        return this.#set(this.#characterClass())
      case '.':
        this.#at++
        return { kind: 'set', set: dotAll ? complement([]) : complement(LINE_TERMINATORS) }
      case '^':
        this.#at++
        return { kind: 'anchor', at: multiline ? 'line-start' : 'start' }
      case '$':
        this.#at++
        return { kind: 'anchor', at: multiline ? 'line-end' : 'last-line-end' }
      case '\\':
        this.#at++
        return this.#escape()
      case '*':
      case '+':
      case '?':
        throw new RegexSyntaxError(`dangling ${c}`)
      default:
        return this.#literal(this.#point())
    }
  }

  #repeats(atom: RegexNode): RegexNode {
    let node = atom
    for (;;) {
      const bounds = this.#bounds()
      if (bounds === undefined) return node
      const lazy = this.#take('?')
      // A possessive quantifier is taken as a greedy one: it finds a match at least where Java does.
      if (!lazy) this.#take('+')
      node = { kind: 'repeat', body: node, min: bounds[0], max: bounds[1], lazy }
    }
  }

  #bounds(): readonly [number, number] | undefined {
    if (this.#take('*')) return [0, Number.POSITIVE_INFINITY]
    if (this.#take('+')) return [1, Number.POSITIVE_INFINITY]
    if (this.#take('?')) return [0, 1]
    if (this.#peek() !== '{') return undefined
    const match = /^\{(\d+)(,(\d*))?\}/.exec(this.#text.slice(this.#at))
    if (match === null) throw new RegexSyntaxError('illegal repetition')
    this.#at += match[0].length
    const min = Number(match[1])
    const max =
      match[2] === undefined ? min : match[3] ? Number(match[3]) : Number.POSITIVE_INFINITY
    if (max < min) throw new RegexSyntaxError('illegal repetition range')
    return [min, max]
  }

  #group(): RegexNode | undefined {
    if (!this.#take('?')) return this.#closed(++this.#groups)
    if (this.#take(':') || this.#take('>')) return this.#closed(undefined)
    for (const [opening, behind, negative] of LOOKS) {
      if (!this.#take(opening)) continue
      const body = this.#choice()
      this.#expect(')')
      return { kind: 'look', behind, negative, body }
    }
    if (this.#take('<')) {
      const name = /^[a-zA-Z][a-zA-Z0-9]*/.exec(this.#text.slice(this.#at))?.[0]
      if (name === undefined) throw new RegexSyntaxError('group without a name')
      this.#at += name.length
      this.#expect('>')
      const index = ++this.#groups
      this.#names.set(name, index)
      return this.#closed(index)
    }
    return this.#inlineFlags()
  }

  #closed(capture: number | undefined): RegexNode {
    const body = this.#choice()
    this.#expect(')')
    return { kind: 'group', capture, body }
  }

  #inlineFlags(): RegexNode | undefined {
    const match = /^([a-zA-Z]*)(?:-([a-zA-Z]+))?([:)])/.exec(this.#text.slice(this.#at))
    if (match === null) throw new RegexSyntaxError('unknown inline modifier')
    this.#at += match[0].length
    const outer = this.#flags
    this.#flags = withFlags(withFlags(outer, match[1] ?? '', true), match[2] ?? '', false)
    if (match[3] === ')') return undefined // until the end of the enclosing group
    const group = this.#closed(undefined)
    this.#flags = outer
    return group
  }

  #escape(): RegexNode {
    const c = this.#peek()
    const anchor = ANCHORS[c]
    if (anchor !== undefined) {
      this.#at++
      return { kind: 'anchor', at: anchor }
    }
    if (c === 'R') {
      this.#at++
      return LINE_BREAK
    }
    if (/[1-9]/.test(c)) {
      this.#at++
      let group = Number(c)
      while (/\d/.test(this.#peek()) && group * 10 + Number(this.#peek()) <= this.#groups) {
        group = group * 10 + Number(this.#peek())
        this.#at++
      }
      return { kind: 'reference', group }
    }
    if (this.#take('k<')) {
      const end = this.#text.indexOf('>', this.#at)
      const group = this.#names.get(this.#text.slice(this.#at, end))
      if (end < 0 || group === undefined) throw new RegexSyntaxError('unknown group')
      this.#at = end + 1
      return { kind: 'reference', group }
    }
    return this.#set(this.#escapedSet())
  }

  /** What follows a backslash, in or out of a class. */
  #escapedSet(): CodePointSet {
    const point = this.#point()
    const c = String.fromCodePoint(point)
    const known = ESCAPE_CLASSES[c] ?? ESCAPE_CLASSES[c.toLowerCase()]
    if (known !== undefined && /[a-zA-Z]/.test(c)) {
      return c === c.toLowerCase() ? known : complement(known)
    }
    if (c === 'p' || c === 'P') {
      const set = this.#property()
      return c === 'p' ? set : complement(set)
    }
    const code = CONTROLS[c] ?? this.#coded(c)
    if (code !== undefined) return [[code, code]]
    if (/[a-zA-Z]/.test(c)) throw new RegexSyntaxError(`illegal escape \\${c}`)
    return [[point, point]]
  }

  #property(): CodePointSet {
    const match = /^(?:\{([^}]+)\}|([A-Z]))/.exec(this.#text.slice(this.#at))
    if (match === null) throw new RegexSyntaxError('unknown property')
    this.#at += match[0].length
    const name = match[1] ?? match[2] ?? ''
    const set = NAMED_CLASSES[name] ?? unicodeClass(name)
    if (set === undefined) throw new RegexSyntaxError(`unknown property ${name}`)
    return set
  }

  #coded(c: string): number | undefined {
    const rest = this.#text.slice(this.#at)
    const match =
      c === 'x'
        ? /^(?:\{([0-9a-fA-F]+)\}|([0-9a-fA-F]{2}))/.exec(rest)
        : c === 'u'
          ? /^()([0-9a-fA-F]{4})/.exec(rest)
          : c === '0'
            ? /^()([0-3]?[0-7]{1,2})/.exec(rest)
            : c === 'c'
              ? /^()(.)/.exec(rest)
              : null
    if (match === null) return undefined
    this.#at += match[0].length
    const digits = match[1] || match[2] || ''
    if (c === 'c') return digits.charCodeAt(0) ^ 64
    return Number.parseInt(digits, c === '0' ? 8 : 16)
  }

  /** After `[`: members, ranges, nested classes, `&&` intersections. */
  #characterClass(): CodePointSet {
    const negative = this.#take('^')
    let total: CodePointSet | undefined
    let set: CodePointSet = []
    let isFirst = true
    for (;;) {
      if (this.#at >= this.#text.length) throw new RegexSyntaxError('unclosed character class')
      if (!isFirst && this.#take(']')) break
      if (this.#take('&&')) {
        total = total === undefined ? set : intersection(total, set)
        set = []
        continue
      }
      if (this.#take('[')) set = union(set, this.#characterClass())
      else if (this.#take('\\Q')) {
        for (const node of this.#quoted()) if (node.kind === 'set') set = union(set, node.set)
      } else set = union(set, this.#member())
      isFirst = false
    }
    const found = total === undefined ? set : intersection(total, set)
    const folded = this.#flags.ignoreCase ? ignoringCase(found) : found
    return negative ? complement(folded) : folded
  }

  #member(): CodePointSet {
    const first = this.#take('\\') ? this.#escapedSet() : single(this.#point())
    const from = first[0]
    const isSingle = first.length === 1 && from !== undefined && from[0] === from[1]
    const next = this.#text.charAt(this.#at + 1)
    if (!isSingle || this.#peek() !== '-' || next === ']' || next === '[' || next === '')
      return first
    this.#at++
    const last = this.#take('\\') ? this.#escapedSet() : single(this.#point())
    const to = last[0]?.[1]
    if (to === undefined || to < from[0]) throw new RegexSyntaxError('illegal character range')
    return setOf([from[0], to])
  }
}

const single = (point: number): CodePointSet => [[point, point]]

const LOOKS: readonly (readonly [opening: string, behind: boolean, negative: boolean])[] = [
  ['=', false, false],
  ['!', false, true],
  ['<=', true, false],
  ['<!', true, true],
]

const ANCHORS: Readonly<Record<string, Anchor>> = {
  A: 'start',
  z: 'end',
  Z: 'last-line-end',
  b: 'word',
  B: 'inside-word',
}

const CONTROLS: Readonly<Record<string, number>> = { t: 9, n: 10, r: 13, f: 12, a: 7, e: 27 }

const LINE_BREAK: RegexNode = {
  kind: 'group',
  capture: undefined,
  body: {
    kind: 'choice',
    options: [
      { kind: 'sequence', items: [13, 10].map(p => ({ kind: 'set', set: single(p) })) },
      { kind: 'set', set: ESCAPE_CLASSES.v as CodePointSet },
    ],
  },
}

function withFlags(flags: Flags, letters: string, on: boolean): Flags {
  let { ignoreCase, dotAll, multiline, comments } = flags
  for (const letter of letters) {
    if (letter === 'i') ignoreCase = on
    else if (letter === 's') dotAll = on
    else if (letter === 'm') multiline = on
    else if (letter === 'x') comments = on
    else if (!'udU'.includes(letter)) throw new RegexSyntaxError(`unknown flag ${letter}`)
  }
  return { ignoreCase, dotAll, multiline, comments }
}

// Parses Java's regular expressions (java.util.regex.Pattern) into a tree.

import {
  type CodePointSet,
  complement,
  ESCAPE_CLASSES,
  ignoringCase,
  LINE_TERMINATORS,
} from './code-point-set.ts'
import { readCharacterClass, readEscapedSet, single } from './regex-class.ts'
import { type Anchor, type ParsedRegex, type RegexNode, RegexSyntaxError } from './regex-node.ts'
import { RegexReader } from './regex-reader.ts'

interface Flags {
  readonly ignoreCase: boolean
  readonly dotAll: boolean
  readonly multiline: boolean
  readonly comments: boolean
}

/** @throws {RegexSyntaxError} */
export function parseRegex(pattern: string): ParsedRegex {
  return new RegexParser(pattern).parse()
}

class RegexParser {
  readonly #reader: RegexReader
  #groups = 0
  readonly #names = new Map<string, number>()
  #flags: Flags = { ignoreCase: false, dotAll: false, multiline: false, comments: false }

  constructor(text: string) {
    this.#reader = new RegexReader(text)
  }

  parse(): ParsedRegex {
    const root = this.#choice()
    if (!this.#reader.isAtEnd) throw new RegexSyntaxError('unmatched )')
    return { root, groupCount: this.#groups }
  }

  #choice(): RegexNode {
    const outer = this.#flags
    const options = [this.#sequence()]
    while (this.#reader.take('|')) options.push(this.#sequence())
    this.#flags = outer
    return options.length === 1 ? (options[0] as RegexNode) : { kind: 'choice', options }
  }

  #sequence(): RegexNode {
    const items: RegexNode[] = []
    while (!this.#reader.isAtEnd && this.#reader.peek() !== '|' && this.#reader.peek() !== ')') {
      if (this.#flags.comments && this.#skipComment()) continue
      if (this.#reader.take('\\Q')) {
        items.push(...this.#reader.quoted().map(point => this.#literal(point)))
        continue
      }
      const atom = this.#atom()
      if (atom !== undefined) items.push(this.#repeats(atom))
    }
    return items.length === 1 ? (items[0] as RegexNode) : { kind: 'sequence', items }
  }

  #skipComment(): boolean {
    if (/\s/.test(this.#reader.peek())) {
      this.#reader.skip()
      return true
    }
    if (!this.#reader.take('#')) return false
    while (!this.#reader.isAtEnd && this.#reader.peek() !== '\n') this.#reader.skip()
    return true
  }

  #literal(point: number): RegexNode {
    return this.#set(single(point))
  }

  #set(set: CodePointSet): RegexNode {
    return { kind: 'set', set: this.#flags.ignoreCase ? ignoringCase(set) : set }
  }

  #atom(): RegexNode | undefined {
    const { multiline, dotAll } = this.#flags
    const c = this.#reader.peek()
    switch (c) {
      case '(':
        this.#reader.skip()
        return this.#group()
      case '[':
        this.#reader.skip()
        return this.#set(readCharacterClass(this.#reader, this.#flags.ignoreCase))
      case '.':
        this.#reader.skip()
        return { kind: 'set', set: dotAll ? complement([]) : complement(LINE_TERMINATORS) }
      case '^':
        this.#reader.skip()
        return { kind: 'anchor', at: multiline ? 'line-start' : 'start' }
      case '$':
        this.#reader.skip()
        return { kind: 'anchor', at: multiline ? 'line-end' : 'last-line-end' }
      case '\\':
        this.#reader.skip()
        return this.#escape()
      case '*':
      case '+':
      case '?':
        throw new RegexSyntaxError(`dangling ${c}`)
      default:
        return this.#literal(this.#reader.point())
    }
  }

  #repeats(atom: RegexNode): RegexNode {
    let node = atom
    for (;;) {
      const bounds = this.#bounds()
      if (bounds === undefined) return node
      const lazy = this.#reader.take('?')
      // A possessive quantifier is taken as a greedy one: it finds a match at least where Java does.
      if (!lazy) this.#reader.take('+')
      node = { kind: 'repeat', body: node, min: bounds[0], max: bounds[1], lazy }
    }
  }

  #bounds(): readonly [number, number] | undefined {
    if (this.#reader.take('*')) return [0, Number.POSITIVE_INFINITY]
    if (this.#reader.take('+')) return [1, Number.POSITIVE_INFINITY]
    if (this.#reader.take('?')) return [0, 1]
    if (this.#reader.peek() !== '{') return undefined
    const match = this.#reader.match(/^\{(\d+)(,(\d*))?\}/)
    if (match === null) throw new RegexSyntaxError('illegal repetition')
    const min = Number(match[1])
    const max =
      match[2] === undefined ? min : match[3] ? Number(match[3]) : Number.POSITIVE_INFINITY
    if (max < min) throw new RegexSyntaxError('illegal repetition range')
    return [min, max]
  }

  #group(): RegexNode | undefined {
    if (!this.#reader.take('?')) return this.#closed(++this.#groups)
    if (this.#reader.take(':') || this.#reader.take('>')) return this.#closed(undefined)
    for (const [opening, behind, negative] of LOOKS) {
      if (!this.#reader.take(opening)) continue
      const body = this.#choice()
      this.#reader.expect(')')
      return { kind: 'look', behind, negative, body }
    }
    if (this.#reader.take('<')) {
      const name = this.#reader.match(/^[a-zA-Z][a-zA-Z0-9]*/)?.[0]
      if (name === undefined) throw new RegexSyntaxError('group without a name')
      this.#reader.expect('>')
      const index = ++this.#groups
      this.#names.set(name, index)
      return this.#closed(index)
    }
    return this.#inlineFlags()
  }

  #closed(capture: number | undefined): RegexNode {
    const body = this.#choice()
    this.#reader.expect(')')
    return { kind: 'group', capture, body }
  }

  #inlineFlags(): RegexNode | undefined {
    const match = this.#reader.match(/^([a-zA-Z]*)(?:-([a-zA-Z]+))?([:)])/)
    if (match === null) throw new RegexSyntaxError('unknown inline modifier')
    const outer = this.#flags
    this.#flags = withFlags(withFlags(outer, match[1] ?? '', true), match[2] ?? '', false)
    if (match[3] === ')') return undefined // until the end of the enclosing group
    const group = this.#closed(undefined)
    this.#flags = outer
    return group
  }

  #escape(): RegexNode {
    const c = this.#reader.peek()
    const anchor = ANCHORS[c]
    if (anchor !== undefined) {
      this.#reader.skip()
      return { kind: 'anchor', at: anchor }
    }
    if (c === 'R') {
      this.#reader.skip()
      return LINE_BREAK
    }
    if (/[1-9]/.test(c)) {
      this.#reader.skip()
      let group = Number(c)
      while (
        /\d/.test(this.#reader.peek()) &&
        group * 10 + Number(this.#reader.peek()) <= this.#groups
      ) {
        group = group * 10 + Number(this.#reader.peek())
        this.#reader.skip()
      }
      return { kind: 'reference', group }
    }
    if (this.#reader.take('k<')) {
      const name = this.#reader.match(/^([^>]*)>/)?.[1]
      const group = name === undefined ? undefined : this.#names.get(name)
      if (group === undefined) throw new RegexSyntaxError('unknown group')
      return { kind: 'reference', group }
    }
    return this.#set(readEscapedSet(this.#reader))
  }
}

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

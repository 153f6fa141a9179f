// SIMILAR TO patterns of the SQL standard, matched by simulating a non-deterministic automaton: linear in the text.

import { EvaluationError } from '../evaluation-error.ts'

/** Compiles a pattern: `%`, `_`, `|`, `*`, `+`, `?`, `{m,n}`, `(…)`, `[…]`, `[[:alpha:]]`; other characters stand for themselves. */
export function compileSimilar(pattern: string, escape?: string): (text: string) => boolean {
  const parser = new PatternParser(pattern, escape)
  const program: Instruction[] = []
  compile(parser.parse(), program)
  program.push({ op: 'match' })
  return text => run(program, text)
}

type Test = (codePoint: number) => boolean

type Node =
  | { readonly kind: 'one'; readonly test: Test }
  | { readonly kind: 'sequence' | 'choice'; readonly parts: readonly Node[] }
  | { readonly kind: 'repeat'; readonly part: Node; readonly min: number; readonly max: number }

/** Most copies that bounded repetition may unfold to. */
const MAX_INSTRUCTIONS = 20_000

class PatternParser {
  readonly #pattern: string
  readonly #characters: string[]
  readonly #escape: string | undefined
  #at = 0

  constructor(pattern: string, escape: string | undefined) {
    if (escape !== undefined && [...escape].length !== 1)
      throw new EvaluationError(
        `invalid escape character '${escape}'`,
        'Use exactly one character.',
      )
    this.#pattern = pattern
    this.#characters = [...pattern]
    this.#escape = escape
  }

  parse(): Node {
    const node = this.#choice()
    if (this.#at < this.#characters.length) throw this.#invalid()
    return node
  }

  #choice(): Node {
    const parts = [this.#sequence()]
    while (this.#take('|')) parts.push(this.#sequence())
    return { kind: 'choice', parts }
  }

  #sequence(): Node {
    const parts: Node[] = []
    for (let c = this.#peek(); c !== undefined && c !== '|' && c !== ')'; c = this.#peek())
      parts.push(this.#repeated())
    return { kind: 'sequence', parts }
  }

  #repeated(): Node {
    let part = this.#atom()
    for (;;) {
      if (this.#take('*')) part = { kind: 'repeat', part, min: 0, max: Infinity }
      else if (this.#take('+')) part = { kind: 'repeat', part, min: 1, max: Infinity }
      else if (this.#take('?')) part = { kind: 'repeat', part, min: 0, max: 1 }
      else if (this.#take('{')) part = { kind: 'repeat', part, ...this.#bounds() }
      else return part
    }
  }

  #bounds(): { min: number; max: number } {
    const close = this.#characters.indexOf('}', this.#at)
    const text = this.#characters.slice(this.#at, close < 0 ? undefined : close).join('')
    const match = /^(\d{1,4})(?:(,)(\d{0,4}))?$/.exec(text)
    if (close < 0 || !match) throw this.#invalid()
    this.#at = close + 1
    const min = Number(match[1])
    const max = match[2] === undefined ? min : match[3] ? Number(match[3]) : Infinity
    if (max < min) throw this.#invalid()
    return { min, max }
  }

  #atom(): Node {
    const c = this.#next()
    if (c === this.#escape) return literal(this.#next())
    switch (c) {
      case '%':
        return { kind: 'repeat', part: ANY, min: 0, max: Infinity }
      case '_':
      case '.': // not in the standard; Flink hands it to a regular expression as it is
        return ANY
      case '(': {
        const node = this.#choice()
        if (!this.#take(')')) throw this.#invalid()
        return node
      }
      case '[':
        return { kind: 'one', test: this.#characterClass() }
      case '*':
      case '+':
      case '?':
      case '{':
        throw this.#invalid()
      default:
        return literal(c)
    }
  }

  #characterClass(): Test {
    const negated = this.#take('^')
    const tests: Test[] = []
    while (!this.#take(']')) {
      if (this.#peek() === '[' && this.#characters[this.#at + 1] === ':') tests.push(this.#named())
      else {
        const from = this.#classCharacter()
        if (this.#peek() === '-' && this.#characters[this.#at + 1] !== ']') {
          this.#at++
          const to = this.#classCharacter()
          if (to < from) throw this.#invalid()
          tests.push(p => p >= from && p <= to)
        } else tests.push(p => p === from)
      }
    }
    return p => tests.some(test => test(p)) !== negated
  }

  #classCharacter(): number {
    const c = this.#next()
    const literalCharacter = c === this.#escape || c === '\\' ? this.#next() : c
    return literalCharacter.codePointAt(0) as number
  }

  #named(): Test {
    const text = this.#characters.slice(this.#at).join('')
    const match = /^\[:([A-Za-z]+):\]/.exec(text)
    const test = match && NAMED_CLASSES[(match[1] as string).toUpperCase()]
    if (!match || !test) throw this.#invalid()
    this.#at += match[0].length
    return test
  }

  #peek(): string | undefined {
    return this.#characters[this.#at]
  }

  #take(c: string): boolean {
    if (this.#peek() !== c) return false
    this.#at++
    return true
  }

  #next(): string {
    const c = this.#characters[this.#at++]
    if (c === undefined) throw this.#invalid()
    return c
  }

  #invalid(): EvaluationError {
    return new EvaluationError(
      `invalid regular expression '${this.#pattern}' at position ${this.#at}`,
    )
  }
}

const ANY: Node = { kind: 'one', test: () => true }

function literal(c: string): Node {
  const codePoint = c.codePointAt(0)
  return { kind: 'one', test: p => p === codePoint }
}

const between = (low: string, high: string): Test => {
  const [from, to] = [low.charCodeAt(0), high.charCodeAt(0)]
  return p => p >= from && p <= to
}
const either =
  (...tests: Test[]): Test =>
  p =>
    tests.some(test => test(p))
const lower = between('a', 'z')
const upper = between('A', 'Z')
const digit = between('0', '9')
const space: Test = p => p === 32

const NAMED_CLASSES: Record<string, Test> = {
  ALPHA: either(lower, upper),
  LOWER: lower,
  UPPER: upper,
  DIGIT: digit,
  ALNUM: either(lower, upper, digit),
  SPACE: space,
  WHITESPACE: either(space, between('\t', '\r')),
}

type Instruction =
  | { readonly op: 'one'; readonly test: Test }
  | { readonly op: 'match' }
  | { op: 'fork'; targets: number[] }

/** Thompson's construction; `fork` goes on at all of its targets. */
function compile(node: Node, program: Instruction[]): void {
  if (program.length > MAX_INSTRUCTIONS)
    throw new EvaluationError('the regular expression is too large', 'Use smaller repetitions.')
  if (node.kind === 'one') program.push({ op: 'one', test: node.test })
  else if (node.kind === 'repeat') compileRepeat(node.part, node.min, node.max, program)
  else if (node.kind === 'choice') compileChoice(node.parts, program)
  else for (const part of node.parts) compile(part, program)
}

function compileChoice(parts: readonly Node[], program: Instruction[]): void {
  const fork = pushFork(program)
  const exits: { targets: number[] }[] = []
  for (const part of parts) {
    fork.targets.push(program.length)
    compile(part, program)
    exits.push(pushFork(program))
  }
  for (const exit of exits) exit.targets.push(program.length)
}

function compileRepeat(part: Node, min: number, max: number, program: Instruction[]): void {
  for (let i = 0; i < min; i++) compile(part, program)
  if (max === Infinity) {
    const start = program.length
    const fork = pushFork(program)
    fork.targets.push(program.length)
    compile(part, program)
    pushFork(program).targets.push(start)
    fork.targets.push(program.length)
    return
  }
  const skips: { targets: number[] }[] = []
  for (let i = min; i < max; i++) {
    const skip = pushFork(program)
    skip.targets.push(program.length)
    skips.push(skip)
    compile(part, program)
  }
  for (const skip of skips) skip.targets.push(program.length)
}

function pushFork(program: Instruction[]): { op: 'fork'; targets: number[] } {
  const fork: { op: 'fork'; targets: number[] } = { op: 'fork', targets: [] }
  program.push(fork)
  return fork
}

/** Steps all states at once, so that no pattern makes it exponential. */
function run(program: readonly Instruction[], text: string): boolean {
  let current = follow(program, [0])
  for (const c of text) {
    const codePoint = c.codePointAt(0) as number
    const next: number[] = []
    for (const state of current) {
      const instruction = program[state] as Instruction
      if (instruction.op === 'one' && instruction.test(codePoint)) next.push(state + 1)
    }
    if (next.length === 0) return false
    current = follow(program, next)
  }
  return [...current].some(state => program[state]?.op === 'match')
}

function follow(program: readonly Instruction[], states: number[]): Set<number> {
  const reached = new Set<number>()
  const open = states
  for (let state = open.pop(); state !== undefined; state = open.pop()) {
    if (reached.has(state)) continue
    reached.add(state)
    const instruction = program[state] as Instruction
    if (instruction.op === 'fork') open.push(...instruction.targets)
  }
  return reached
}

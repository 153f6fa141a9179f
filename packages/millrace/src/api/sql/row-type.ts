// TypeScript types as far as row types need them: read from source text, and held against the schema of a plan.
//
//     type    = member ('|' member)*
//     member  = primary '[]'*
//     primary = '{' field* '}' | ['readonly'] primary | '(' type ')' | name ['<' type (',' type)* '>'] | literal

import type { DataType } from '../../types/data-type.ts'
import { typescriptType } from '../../types/typescript-type.ts'

export type RowType =
  | { readonly kind: 'named'; readonly name: string; readonly of: readonly RowType[] }
  | { readonly kind: 'array'; readonly element: RowType }
  | { readonly kind: 'object'; readonly fields: readonly RowTypeField[] }
  | { readonly kind: 'union'; readonly members: readonly RowType[] }
  /** What is not understood; it is held against nothing. */
  | { readonly kind: 'other' }

export interface RowTypeField {
  readonly name: string
  readonly optional: boolean
  readonly type: RowType
}

const OTHER: RowType = { kind: 'other' }

/** Reads the type that the text begins with; `end` is where it stops. */
export function parseRowType(text: string): { readonly type: RowType; readonly end: number } {
  const reader = new TypeReader(text)
  const type = reader.type()
  return { type, end: reader.end }
}

const TOKEN =
  /\s+|\/\/[^\n]*|\/\*[\s\S]*?\*\/|(?<name>[A-Za-z_$][\w$.]*)|(?<text>'[^']*'|"[^"]*")|(?<number>-?\d[\w.]*)|(?<mark>=>|[\s\S])/y

class TypeReader {
  readonly #text: string
  #token = ''
  #kind: 'name' | 'text' | 'number' | 'mark' | 'end' = 'end'
  #start = 0
  #next = 0

  constructor(text: string) {
    this.#text = text
    this.#advance()
  }

  /** Where the token that does not belong to the type starts. */
  get end(): number {
    return this.#start
  }

  type(): RowType {
    this.#accept('|')
    const members = [this.#member()]
    while (this.#accept('|')) members.push(this.#member())
    if (this.#token === '&' || this.#token === '=>') return OTHER
    return members.length === 1 ? (members[0] as RowType) : { kind: 'union', members }
  }

  #member(): RowType {
    let type = this.#primary()
    while (this.#token === '[') {
      this.#advance()
      if (!this.#accept(']')) return OTHER
      type = { kind: 'array', element: type }
    }
    return type
  }

  #primary(): RowType {
    if (this.#accept('{')) return this.#object()
    if (this.#accept('(')) {
      const inner = this.type()
      return this.#accept(')') ? inner : OTHER
    }
    if (this.#kind === 'text') return this.#literal('string')
    if (this.#kind === 'number')
      return this.#literal(this.#token.endsWith('n') ? 'bigint' : 'number')
    if (this.#kind !== 'name') return OTHER
    const name = this.#token
    this.#advance()
    if (name === 'readonly') return this.#member()
    if (name === 'true' || name === 'false') return { kind: 'named', name: 'boolean', of: [] }
    const of: RowType[] = []
    if (this.#accept('<')) {
      do of.push(this.type())
      while (this.#accept(','))
      if (!this.#accept('>')) return OTHER
    }
    const isArray = (name === 'Array' || name === 'ReadonlyArray') && of.length === 1
    return isArray ? { kind: 'array', element: of[0] as RowType } : { kind: 'named', name, of }
  }

  #literal(name: string): RowType {
    this.#advance()
    return { kind: 'named', name, of: [] }
  }

  #object(): RowType {
    const fields: RowTypeField[] = []
    while (!this.#accept('}')) {
      if (this.#kind === 'name' && this.#token === 'readonly') this.#advance()
      if (this.#kind !== 'name' && this.#kind !== 'text') return OTHER
      const name = this.#kind === 'text' ? this.#token.slice(1, -1) : this.#token
      this.#advance()
      const optional = this.#accept('?')
      if (!this.#accept(':')) return OTHER
      fields.push({ name, optional, type: this.type() })
      while (this.#accept(';') || this.#accept(',')) {}
    }
    return { kind: 'object', fields }
  }

  #accept(token: string): boolean {
    if (this.#kind !== 'mark' || this.#token !== token) return false
    this.#advance()
    return true
  }

  #advance(): void {
    for (;;) {
      TOKEN.lastIndex = this.#next
      this.#start = this.#next
      const match = TOKEN.exec(this.#text)
      if (!match) {
        this.#kind = 'end'
        this.#token = ''
        return
      }
      this.#next = TOKEN.lastIndex
      const { name, text, number, mark } = match.groups ?? {}
      this.#token = name ?? text ?? number ?? mark ?? ''
      this.#kind = name ? 'name' : text ? 'text' : number ? 'number' : 'mark'
      if (this.#token !== '') return
    }
  }
}

/** The type as TypeScript writes it. */
export function printRowType(type: RowType): string {
  switch (type.kind) {
    case 'named':
      return type.of.length > 0
        ? `${type.name}<${type.of.map(printRowType).join(', ')}>`
        : type.name
    case 'array': {
      const element = printRowType(type.element)
      return `${type.element.kind === 'union' ? `(${element})` : element}[]`
    }
    case 'object':
      return `{ ${type.fields.map(f => `${f.name}${f.optional ? '?' : ''}: ${printRowType(f.type)}`).join('; ')} }`
    case 'union':
      return type.members.map(printRowType).join(' | ')
    case 'other':
      return '…'
  }
}

/** What a named type stands for elsewhere in the program; undefined: not known. */
export type ResolveName = (name: string) => RowType | undefined

const VALUES = new Set(['string', 'number', 'bigint', 'boolean', 'Big', 'Uint8Array'])
/** Types of the language that no column has. */
const FOREIGN = new Set([
  'Date',
  'Set',
  'ReadonlySet',
  'Promise',
  'RegExp',
  'symbol',
  'void',
  'never',
])
const ANYTHING = new Set(['unknown', 'any', 'object'])

/** Whether every value of the data type is one of the declared type, as far as that is known. */
export function holds(declared: RowType, type: DataType, resolve: ResolveName): boolean {
  const members = flatten(declared, resolve)
  const isOpen = members.some(m => m.kind === 'other' || (m.kind === 'named' && !isKnown(m.name)))
  if (isOpen) return true
  const isNull = (m: RowType) => m.kind === 'named' && m.name === 'null'
  if (type.nullable && !members.some(isNull)) return false
  if (type.kind === 'null') return true
  return members.some(m => !isNull(m) && holdsPlain(m, type, resolve))
}

const isKnown = (name: string): boolean =>
  VALUES.has(name) ||
  name === 'null' ||
  name === 'undefined' ||
  name === 'Map' ||
  name === 'ReadonlyMap' ||
  FOREIGN.has(name)

function flatten(type: RowType, resolve: ResolveName): readonly RowType[] {
  if (type.kind === 'union') return type.members.flatMap(m => flatten(m, resolve))
  if (type.kind !== 'named') return [type]
  const { name } = type
  if (isKnown(name) && !FOREIGN.has(name)) return [type]
  if (ANYTHING.has(name)) return [OTHER]
  const found = resolve(name)
  return found ? flatten(found, resolve) : [isKnown(name) ? type : OTHER]
}

const mapOf = (member: RowType): readonly RowType[] | undefined =>
  member.kind === 'named' && /^(Readonly)?Map$/.test(member.name) ? member.of : undefined

function holdsPlain(member: RowType, type: DataType, resolve: ResolveName): boolean {
  switch (type.kind) {
    case 'array':
      return member.kind === 'array' && holds(member.element, type.element, resolve)
    case 'map': {
      const [key = OTHER, value = OTHER] = mapOf(member) ?? []
      const isMap = mapOf(member) !== undefined
      return isMap && holds(key, type.key, resolve) && holds(value, type.value, resolve)
    }
    case 'multiset': {
      const [element = OTHER] = mapOf(member) ?? []
      return mapOf(member) !== undefined && holds(element, type.element, resolve)
    }
    case 'row':
      return (
        member.kind === 'object' &&
        member.fields.every(f => {
          const field = type.fields.find(x => x.name === f.name)
          return field ? holds(f.type, field.type, resolve) : f.optional
        })
      )
    case 'raw':
      return true
    default: {
      const plain = typescriptType({ ...type, nullable: false })
      return member.kind === 'named' && member.name === plain
    }
  }
}

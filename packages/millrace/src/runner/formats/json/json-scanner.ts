// Generates the function that walks one JSON record and remembers where the wanted values are.

import type { ReadTree } from '../../../format/decoder.ts'
import type { DataType } from '../../../types/data-type.ts'
import { SCALAR, STRING_STOP, skipContainer, skipSpace, skipString } from './json-skip.ts'
import { jsonString } from './json-text.ts'

/** Offsets of the wanted values of the last record that was scanned. */
export interface JsonOffsets {
  /** Two per slot: start and end of the value's text. A negative start says why there is none. */
  readonly at: Int32Array
  /** Per slot 1 when its value is a string of ASCII without escapes, as far as the walk has seen that. */
  readonly plain: Uint8Array
}

/** A field that an object is expected to have. */
interface ExpectedField {
  readonly name: string
  readonly type: DataType
}

/** The record has no such field. */
export const MISSING = -1
/** A ROW around the field is NULL. */
export const PARENT_NULL = -2
/** What should be a ROW around the field is something else. */
export const PARENT_NOT_OBJECT = -3

/**
 * Walks the record at `start`. Returns the offset behind its line; negative (`~offset`) when there is no object in it: a blank
 * line, or a malformed one.
 */
export type JsonScanner = (bytes: Uint8Array, start: number, end: number) => number

type Fields = ReadonlyMap<string, ReadTree>

/**
 * Generates a scanner for the fields: one function per object level. It compares names as bytes, by length first; names with
 * escapes or beyond ASCII take the slow path. Of names that repeat, the last one wins.
 *
 * @param expected fields in the order in which records mostly have them: straight code is tried for these before the general loop
 */
export function generateJsonScanner(
  fields: Fields,
  slots: number,
  expected: readonly ExpectedField[] = [],
): JsonOffsets & { readonly scan: JsonScanner; readonly source: string } {
  const at = new Int32Array(slots * 2)
  const plain = new Uint8Array(slots)
  const functions: string[] = []
  const nameTables: ReadonlyMap<string, number>[] = []
  const root = emitObject(fields, expected, functions, nameTables)
  const source = `'use strict'
const { at, plain, STOP, SCALAR, skipSpace, skipString, skipContainer, jsonString, nameTables, behindLine } = constants
let view, viewed, isPlain
${stringEnd}
${scalarEnd}
${functions.join('\n')}
return function scan(bytes, start, end) {
  if (bytes !== viewed) {
    view = new DataView(bytes.buffer, bytes.byteOffset, bytes.length)
    viewed = bytes
  }
${resets(fields, MISSING)}
  let p = start
  let c = bytes[p]
  if (c !== 123) c = bytes[(p = skipSpace(bytes, p))]
  if (c === 123) {
    p = ${root}(bytes, p + 1)
    if (p > 0) {
      c = bytes[p]
      if (c === 10 && p < end) return p + 1
      if (p >= end) { if (p === end) return p }
      else if (c === 32 || c === 9 || c === 13) {
        p = skipSpace(bytes, p)
        if (p >= end) return end
        if (bytes[p] === 10) return p + 1
      }
    }
  }
  return ~behindLine(bytes, start, end)
}`
  const scan = new Function('constants', source)({
    at,
    plain,
    STOP: STRING_STOP,
    SCALAR,
    skipSpace,
    skipString,
    skipContainer,
    jsonString,
    nameTables,
    behindLine,
  }) as JsonScanner
  return { scan, at, plain, source }
}

/** The offset behind the newline that ends the line at `start`, or `end`. */
export function behindLine(bytes: Uint8Array, start: number, end: number): number {
  const newline = bytes.indexOf(10, start)
  return newline < 0 || newline >= end ? end : newline + 1
}

/** The slots of all leaves below. */
function slotsOf(fields: Fields): number[] {
  return [...fields.values()].flatMap(t => (t.kind === 'whole' ? [t.slot] : slotsOf(t.fields)))
}

function resets(fields: Fields, reason: number): string {
  return slotsOf(fields)
    .map(slot => `  at[${slot * 2}] = ${reason}`)
    .join('\n')
}

/** Adds the function for one level and returns its name: `(bytes, p behind the brace) → p behind the closing brace, or -1`. */
function emitObject(
  fields: Fields,
  expected: readonly ExpectedField[],
  functions: string[],
  nameTables: ReadonlyMap<string, number>[],
): string {
  const entries = [...fields]
  const table = nameTables.push(new Map(entries.map(([name], i) => [name, i]))) - 1
  const nested = entries.map(([, tree], i) =>
    tree.kind === 'fields'
      ? emitObject(tree.fields, fieldsOf(expected, entries[i]?.[0]), functions, nameTables)
      : undefined,
  )
  const name = `object${functions.length}`
  const onContainer = entries.flatMap(([, tree], i) =>
    tree.kind === 'fields'
      ? [
          `      case ${i}:
${resets(tree.fields, MISSING).replaceAll(/^/gm, '      ')}
        p = c === 123 ? ${nested[i]}(bytes, p + 1) : skipContainer(bytes, p)
        break`,
        ]
      : [],
  )
  const store = entries.map(([, tree], i) =>
    tree.kind === 'whole'
      ? `      case ${i}: at[${tree.slot * 2}] = v; at[${tree.slot * 2 + 1}] = p; plain[${tree.slot}] = 0; break`
      : `      case ${i}:
        if (c !== 123) {
${resets(tree.fields, PARENT_NOT_OBJECT).replaceAll(/^/gm, '        ')}
        }
        if (c === 110) {
${resets(tree.fields, PARENT_NULL).replaceAll(/^/gm, '        ')}
        }
        break`,
  )
  functions.push(`function ${name}(bytes, p) {
  let c = bytes[p]
  if (c <= 32) c = bytes[(p = skipSpace(bytes, p))]
  if (c === 125) return p + 1
${emitExpected(expected, fields, new Map(entries.map(([n], i) => [n, nested[i]])))}
  for (;;) {
    if (c !== 34) return -1
    const k = ++p
    while (STOP[bytes[p]] === 0) p++
    let field = -1
    if (bytes[p] === 34) {
${emitMatch(
  entries.map(([n]) => n),
  table,
)}
      p++
    } else {
      p = skipString(bytes, p)
      if (p < 0) return -1
      const found = nameTables[${table}].get(jsonString(bytes, k - 1, p))
      if (found !== undefined) field = found
    }
    c = bytes[p]
    if (c <= 32) c = bytes[(p = skipSpace(bytes, p))]
    if (c !== 58) return -1
    c = bytes[++p]
    if (c <= 32) c = bytes[(p = skipSpace(bytes, p))]
    const v = p
    if (c === 34) {
      if ((p = stringEnd(bytes, p + 1)) < 0) return -1
    } else if (c === 123 || c === 91) {
${
  onContainer.length > 0
    ? `      switch (field) {\n${onContainer.join('\n')}\n      default: p = skipContainer(bytes, p)\n      }`
    : '      p = skipContainer(bytes, p)'
}
      if (p < 0) return -1
    } else {
      while (SCALAR[bytes[p]] === 1) p++
      if (p === v) return -1
    }
    switch (field) {
${store.join('\n')}
    }
    c = bytes[p]
    if (c <= 32) c = bytes[(p = skipSpace(bytes, p))]
    if (c === 44) {
      c = bytes[++p]
      if (c <= 32) c = bytes[(p = skipSpace(bytes, p))]
    } else return c === 125 ? p + 1 : -1
  }
}`)
  return name
}

/** More fields than these are left to the general loop. */
const EXPECTED_FIELDS = 32

/**
 * Emits a straight walk over the expected fields: each name is compared as whole words where it is expected, so that it need not
 * be searched for its end. Fields that are missing are passed over; anything unusual is left to the loop behind, which goes on
 * from there.
 */
function emitExpected(
  expected: readonly ExpectedField[],
  fields: Fields,
  nested: ReadonlyMap<string, string | undefined>,
): string {
  const walked = expected
    .slice(0, EXPECTED_FIELDS)
    .map(field => ({ ...field, token: Buffer.from(`"${field.name}":`) }))
    .filter(({ token }) => !token.subarray(1, -2).some(b => b < 32 || b === 34 || b === 92))
    .filter(({ token }) => token.length > 3)
  if (walked.length === 0) return ''
  const longest = Math.max(...walked.map(f => f.token.length))
  const steps = walked.map(({ name, type, token }) => {
    const tree = fields.get(name)
    return `    if (${compareToken(token)}) {
      c = bytes[(p += ${token.length})]
      if (c <= 32) c = bytes[(p = skipSpace(bytes, p))]
      const v = p
${emitExpectedValue(type, tree, nested.get(name))}
      if (p < 0) return -1
${tree?.kind === 'whole' ? `      at[${tree.slot * 2}] = v; at[${tree.slot * 2 + 1}] = p` : ''}
      c = bytes[p]
      if (c <= 32) c = bytes[(p = skipSpace(bytes, p))]
      if (c !== 44) return c === 125 ? p + 1 : -1
      c = bytes[++p]
      if (c <= 32) c = bytes[(p = skipSpace(bytes, p))]
      if (p > limit) break expected
    }`
  })
  return `  const limit = bytes.length - ${longest}
  expected: if (p <= limit) {
${steps.join('\n')}
  }`
}

/** Compares the bytes at `p` with a token of at least 4, by words that may overlap. */
function compareToken(token: Buffer): string {
  const offsets: number[] = []
  for (let i = 0; i + 4 <= token.length; i += 4) offsets.push(i)
  if (token.length % 4 !== 0) offsets.push(token.length - 4)
  return offsets
    .map(i => `view.getInt32(p${i ? ` + ${i}` : ''}, true) === ${token.readInt32LE(i)}`)
    .join(' && ')
}

/** Emits the step from the start of an expected value to behind it: the kind that its type makes likely first. */
function emitExpectedValue(
  type: DataType,
  tree: ReadTree | undefined,
  nested: string | undefined,
): string {
  const string = 'p = stringEnd(bytes, p + 1)'
  if (tree?.kind === 'whole')
    return `      if (c === 34) { ${string}; plain[${tree.slot}] = isPlain }
      else { plain[${tree.slot}] = 0; p = c === 123 || c === 91 ? skipContainer(bytes, p) : scalarEnd(bytes, p) }`
  const others = `if (c === 34) ${string}
      else p = scalarEnd(bytes, p)`
  if (tree)
    return `      if (c === 123) p = ${nested}(bytes, p + 1)
      else {
${resets(tree.fields, PARENT_NOT_OBJECT)}
        if (c === 110) {
${resets(tree.fields, PARENT_NULL)}
        }
        if (c === 91) p = skipContainer(bytes, p)
        else ${others}
      }`
  const isContainer = type.kind === 'row' || type.kind === 'array' || type.kind === 'map'
  const container = 'if (c === 123 || c === 91) p = skipContainer(bytes, p)'
  return isContainer
    ? `      ${container}\n      else ${others}`
    : `      if (c === 34) ${string}\n      else ${container}\n      else p = scalarEnd(bytes, p)`
}

/** The fields of a ROW column, where it is one. */
function fieldsOf(
  expected: readonly ExpectedField[],
  name: string | undefined,
): readonly ExpectedField[] {
  const type = expected.find(f => f.name === name)?.type
  return type?.kind === 'row' ? type.fields : []
}

/**
 * Source of `stringEnd(bytes, p)`: behind the closing quote of the string whose content starts at `p`, or -1; four bytes at a time.
 *
 * Of each byte `x`, `x ^ 2` is below 33 when `x` is a quote or below 32; the subtraction then borrows into its highest bit. A
 * borrow runs on to higher bytes only, so the lowest of these bits is exact. @see Warren, "Hacker's Delight", section 6-1
 */
const stringEnd = `function stringEnd(bytes, p) {
  const limit = bytes.length - 4
  let seen = 0
  while (p <= limit) {
    const w = view.getInt32(p, true)
    seen |= w
    const q = w ^ 0x02020202
    const b = w ^ 0x5c5c5c5c
    const stop = ((q - 0x21212121) & ~q | (b - 0x01010101) & ~b) & -0x7f7f7f80
    if (stop !== 0) {
      p += (31 - Math.clz32(stop & -stop)) >> 3
      if (bytes[p] === 34) {
        isPlain = (seen & -0x7f7f7f80) === 0 ? 1 : 0
        return p + 1
      }
      break
    }
    p += 4
  }
  isPlain = 0
  return skipString(bytes, p)
}`

/** Source of `scalarEnd(bytes, p)`: behind the number or word that starts at `p`, or -1 when there is none. */
const scalarEnd = `function scalarEnd(bytes, p) {
  const start = p
  if (p + 4 <= bytes.length && view.getInt32(p, true) === ${Buffer.from('null').readInt32LE()}) p += 4
  while (SCALAR[bytes[p]] === 1) p++
  return p === start ? -1 : p
}`

/** Emits the comparison of the name in `[k, p)` with the wanted names; sets `field`. */
function emitMatch(names: readonly string[], table: number): string {
  const byLength = new Map<number, string[]>()
  const others: string[] = []
  names.forEach((name, i) => {
    const bytes = Buffer.from(name)
    if (bytes.some(b => b < 32 || b === 34 || b === 92)) return
    const test = [...bytes].map((b, j) => `bytes[k${j ? ` + ${j}` : ''}] === ${b}`)
    // Long names: the first bytes in line, the rest by the table.
    if (bytes.length > 32) {
      others.push(
        `if (field < 0 && p - k === ${bytes.length}) { const found = nameTables[${table}].get(jsonString(bytes, k - 1, p + 1)); if (found !== undefined) field = found }`,
      )
      return
    }
    const list = byLength.get(bytes.length) ?? []
    list.push(`if (${test.join(' && ') || 'true'}) field = ${i}`)
    byLength.set(bytes.length, list)
  })
  const cases = [...byLength].map(
    ([length, tests]) => `      case ${length}: ${tests.join('\n        else ')}\n        break`,
  )
  return `      switch (p - k) {\n${cases.join('\n')}\n      }\n${others.join('\n')}`
}

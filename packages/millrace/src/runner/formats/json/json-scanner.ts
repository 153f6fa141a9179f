// Generates the function that walks one JSON record and remembers where the wanted values are.

import type { ReadTree } from '../../../format/decoder.ts'
import { SCALAR, STRING_STOP, skipContainer, skipSpace, skipString } from './json-skip.ts'
import { jsonString } from './json-text.ts'

/** Offsets of the wanted values of the last record that was scanned. */
export interface JsonOffsets {
  /** Two per slot: start and end of the value's text. A negative start says why there is none. */
  readonly at: Int32Array
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
 */
export function generateJsonScanner(
  fields: Fields,
  slots: number,
): { readonly scan: JsonScanner; readonly at: Int32Array; readonly source: string } {
  const at = new Int32Array(slots * 2)
  const functions: string[] = []
  const nameTables: ReadonlyMap<string, number>[] = []
  const root = emitObject(fields, functions, nameTables)
  const source = `'use strict'
const { at, STOP, SCALAR, skipSpace, skipString, skipContainer, jsonString, nameTables, behindLine } = constants
${functions.join('\n')}
return function scan(bytes, start, end) {
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
    STOP: STRING_STOP,
    SCALAR,
    skipSpace,
    skipString,
    skipContainer,
    jsonString,
    nameTables,
    behindLine,
  }) as JsonScanner
  return { scan, at, source }
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
  functions: string[],
  nameTables: ReadonlyMap<string, number>[],
): string {
  const entries = [...fields]
  const table = nameTables.push(new Map(entries.map(([name], i) => [name, i]))) - 1
  const nested = entries.map(([, tree]) =>
    tree.kind === 'fields' ? emitObject(tree.fields, functions, nameTables) : undefined,
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
      ? `      case ${i}: at[${tree.slot * 2}] = v; at[${tree.slot * 2 + 1}] = p; break`
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
  const limit = bytes.length - 3
  let c = bytes[p]
  if (c <= 32) c = bytes[(p = skipSpace(bytes, p))]
  if (c === 125) return p + 1
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
      p++
      while (p < limit && (STOP[bytes[p]] | STOP[bytes[p + 1]] | STOP[bytes[p + 2]] | STOP[bytes[p + 3]]) === 0) p += 4
      while (STOP[bytes[p]] === 0) p++
      if (bytes[p] === 34) p++
      else if ((p = skipString(bytes, p)) < 0) return -1
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

// Generates the walk over one object of any fields in any order, and those in it.

import { emitExpected, type ExpectedField, fieldsOf } from './json-expected-walk.ts'
import { type Fields, MISSING, PARENT_NOT_OBJECT, PARENT_NULL, resets } from './json-offsets.ts'

/** Adds the function for one level and returns its name: `(bytes, p behind the brace) → p behind the closing brace, or -1`. */
export function emitObject(
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

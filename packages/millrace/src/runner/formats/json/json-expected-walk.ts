// Generates the straight walk over the fields that an object is expected to have, in their order.

import type { DataType } from '../../../types/data-type.ts'
import type { ReadTree } from '../../../format/decoder.ts'
import { type Fields, PARENT_NOT_OBJECT, PARENT_NULL, resets } from './json-offsets.ts'

/** A field that an object is expected to have. */
export interface ExpectedField {
  readonly name: string
  readonly type: DataType
}

/** More fields than these are left to the general loop. */
const EXPECTED_FIELDS = 32

/**
 * Emits a straight walk over the expected fields: each name is compared as whole words where it is expected, so that it need not
 * be searched for its end. Fields that are missing are passed over; anything unusual is left to the loop behind, which goes on
 * from there.
 */
export function emitExpected(
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
export function fieldsOf(
  expected: readonly ExpectedField[],
  name: string | undefined,
): readonly ExpectedField[] {
  const type = expected.find(f => f.name === name)?.type
  return type?.kind === 'row' ? type.fields : []
}

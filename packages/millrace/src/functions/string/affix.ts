// `STARTSWITH`, `ENDSWITH`, over texts or bytes.

import { type DataType, isBinary, types } from '../../types/data-type.ts'
import { problem } from '../binding.ts'
import type { ScalarFunction } from '../function-definition.ts'
import { simpleFunction } from '../scalar-function.ts'

export const startsWith = affixFunction(
  'STARTSWITH',
  'Whether the text starts with the other.',
  (text, part) => text.startsWith(part),
  () => 0,
  ["STARTSWITH('abc', 'ab')", 'TRUE'],
)
export const endsWith = affixFunction(
  'ENDSWITH',
  'Whether the text ends with the other.',
  (text, part) => text.endsWith(part),
  (whole, length) => whole - length,
  ["ENDSWITH('abc', 'bc')", 'TRUE'],
)

function affixFunction(
  name: string,
  summary: string,
  ofText: (text: string, part: string) => boolean,
  offset: (whole: number, part: number) => number,
  example: readonly [string, string],
): ScalarFunction {
  const ofBytes = (whole: Uint8Array, part: Uint8Array): boolean => {
    const start = offset(whole.length, part.length)
    return start >= 0 && part.every((byte, i) => whole[start + i] === byte)
  }
  const base = simpleFunction({
    name,
    group: 'string',
    summary,
    examples: [example],
    takes: ['text-or-bytes', 'text-or-bytes'],
    returns: types.boolean,
    evaluate: (whole: string | Uint8Array, part: string | Uint8Array) =>
      typeof whole === 'string'
        ? ofText(whole, part as string)
        : ofBytes(whole, part as Uint8Array),
  })
  return {
    ...base,
    resolve(args, session) {
      const [a, b] = args
      const mixed = a && b && isKnown(a.type) && isKnown(b.type)
      if (mixed && isBinary(a.type) !== isBinary(b.type)) {
        return problem('needs two STRINGs or two BYTES')
      }
      return base.resolve(args, session)
    },
  }
}

const isKnown = (type: DataType): boolean => type.kind !== 'null'

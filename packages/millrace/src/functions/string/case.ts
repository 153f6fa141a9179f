// `UPPER`, `LOWER`, `INITCAP`.

import type { DataType } from '../../types/data-type.ts'
import type { ArgumentInfo } from '../function-definition.ts'
import { simpleFunction, typeAt } from '../scalar-function.ts'
import { sliceCodePoints } from './code-points.ts'

export const upper = caseFunction('UPPER', 'The text in upper case.', text => text.toUpperCase(), [
  "UPPER('ab')",
  "'AB'",
])
export const lower = caseFunction('LOWER', 'The text in lower case.', text => text.toLowerCase(), [
  "LOWER('AB')",
  "'ab'",
])
export const initcap = caseFunction(
  'INITCAP',
  'The text with each word of ASCII letters and digits in lower case but for its first letter.',
  text =>
    text.replace(
      /[A-Za-z0-9]+/g,
      word => word.charAt(0).toUpperCase() + word.slice(1).toLowerCase(),
    ),
  ["INITCAP('hello wORLD')", "'Hello World'"],
)

function caseFunction(
  name: string,
  summary: string,
  convert: (text: string) => string,
  example: readonly [string, string],
) {
  return simpleFunction({
    name,
    group: 'string',
    summary,
    examples: [example],
    takes: ['text'],
    returns: args => typeAt(args, 0),
    prepare: args => within(convert, args),
  })
}

/** A CHAR(n) stays n code points long, also where a letter grows (`ß` to `SS`). */
function within(convert: (text: string) => string, [arg]: readonly ArgumentInfo[]) {
  const type: DataType | undefined = arg?.type
  if (type?.kind !== 'char') return convert
  return (text: string) => sliceCodePoints(convert(text), 0, type.length)
}

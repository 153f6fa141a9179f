// `CHAR_LENGTH`, `OCTET_LENGTH`.

import { types } from '../../types/data-type.ts'
import { utf8Encode } from '../../types/text/utf8.ts'
import { simpleFunction } from '../scalar-function.ts'
import { codePointLength } from './code-points.ts'

export const charLength = simpleFunction({
  name: 'CHAR_LENGTH',
  aliases: ['CHARACTER_LENGTH'],
  group: 'string',
  summary: 'The number of code points.',
  examples: [["CHAR_LENGTH('日本')", '2']],
  takes: ['text'],
  returns: types.int,
  evaluate: codePointLength,
})

export const octetLength = simpleFunction({
  name: 'OCTET_LENGTH',
  group: 'string',
  summary: 'The number of bytes; of a text, in UTF-8.',
  examples: [["OCTET_LENGTH('é')", '2']],
  takes: ['text-or-bytes'],
  returns: types.int,
  evaluate: (value: string | Uint8Array) =>
    typeof value === 'string' ? utf8Encode(value).length : value.length,
})

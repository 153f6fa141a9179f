// The string functions.

import type { ScalarFunction } from '../function-definition.ts'
import { endsWith, startsWith } from './affix.ts'
import { initcap, lower, upper } from './case.ts'
import { ascii, chr, decode, encode, fromBase64, toBase64 } from './codec.ts'
import { concat, concatOperator, concatWs } from './concat.ts'
import { elt } from './elt.ts'
import { charLength, octetLength } from './length.ts'
import { lpad, repeat, reverse, rpad } from './pad.ts'
import { instr, locate, position } from './position.ts'
import { printf } from './printf.ts'
import {
  regexp,
  regexpCount,
  regexpExtract,
  regexpExtractAll,
  regexpInstr,
  regexpReplace,
  regexpSubstr,
} from './regexp.ts'
import { overlay, replace, translate } from './replace.ts'
import { split, splitIndex, strToMap } from './split.ts'
import { left, right, substring } from './substring.ts'
import { isAlpha, isDecimal, isDigit } from './text-tests.ts'
import { btrim, ltrim, rtrim, trim } from './trim.ts'
import { parseUrl, urlDecode, urlEncode } from './url.ts'

export const stringFunctions: readonly ScalarFunction[] = [
  concatOperator,
  concat,
  concatWs,
  charLength,
  octetLength,
  upper,
  lower,
  initcap,
  trim,
  ltrim,
  rtrim,
  btrim,
  substring,
  left,
  right,
  replace,
  overlay,
  translate,
  repeat,
  reverse,
  lpad,
  rpad,
  position,
  instr,
  locate,
  split,
  splitIndex,
  strToMap,
  startsWith,
  endsWith,
  regexp,
  regexpReplace,
  regexpExtract,
  regexpExtractAll,
  regexpCount,
  regexpInstr,
  regexpSubstr,
  ascii,
  chr,
  encode,
  decode,
  toBase64,
  fromBase64,
  parseUrl,
  urlEncode,
  urlDecode,
  isAlpha,
  isDigit,
  isDecimal,
  elt,
  printf,
]

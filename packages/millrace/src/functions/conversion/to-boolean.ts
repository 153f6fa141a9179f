// Casts to BOOLEAN: a number other than zero, or one of the usual words.

import { isCharacter, isNumeric } from '../../types/data-type.ts'
import type { FindConversion } from './conversion.ts'
import { identity, unreadable } from './conversion.ts'

const WORDS: ReadonlyMap<string, boolean> = new Map([
  ['t', true],
  ['true', true],
  ['y', true],
  ['yes', true],
  ['1', true],
  ['f', false],
  ['false', false],
  ['n', false],
  ['no', false],
  ['0', false],
])

export const toBoolean: FindConversion = (from, to) => {
  if (from.kind === 'boolean') return identity
  if (isNumeric(from))
    return { convert: (v: number) => v !== 0, emit: (_, [v = '']) => `(${v} !== 0)` }
  if (!isCharacter(from)) return undefined
  return {
    mayFail: true,
    convert(text: string) {
      const value = WORDS.get(text.toLowerCase())
      if (value === undefined) throw unreadable(text, to)
      return value
    },
  }
}

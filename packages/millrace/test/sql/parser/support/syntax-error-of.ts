// The error that a text is refused with.

import { parseScript } from '../../../../src/sql/parse.ts'
import { SqlSyntaxError } from '../../../../src/sql/sql-syntax-error.ts'

/** The syntax error of a script. @throws whatever else it fails with, or when it does not */
export function syntaxErrorOf(text: string): SqlSyntaxError {
  try {
    parseScript(text)
  } catch (error) {
    if (error instanceof SqlSyntaxError) return error
    throw error
  }
  throw new Error(`Parsed: ${text}`)
}

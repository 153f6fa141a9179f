// The types that stored layouts name.

import { parseExpression } from '../../sql/parse.ts'
import type { DataType } from '../../types/data-type.ts'
import { MillraceError } from '../../types/errors.ts'

/** `undefined` for what SQL has no name for, such as values of TypeScript classes. */
export function storedType(text: string): DataType | undefined {
  try {
    const e = parseExpression(`CAST(NULL AS ${text})`)
    return e.kind === 'cast' && !/\bRAW\(/.test(text) ? e.type : undefined
  } catch (error) {
    if (error instanceof MillraceError) return undefined
    throw error
  }
}

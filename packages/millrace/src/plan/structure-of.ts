// Equality of bound expressions by structure.

import { formatType } from '../types/data-type.ts'
import type { Expression } from './expression.ts'
import { printExpression } from './print-expression.ts'
import { replaceColumns } from './transform.ts'

/** Equal for expressions that mean the same by structure: columns go by position. */
export function structureOf(expression: Expression): string {
  const plain = replaceColumns(expression, c => ({ ...c, name: `#${c.index}` }))
  return `${printExpression(plain)}: ${formatType(plain.type)}`
}

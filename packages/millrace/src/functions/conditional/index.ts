// The conditional functions. CASE is an expression of its own kind, not a function.

import type { ScalarFunction } from '../function-definition.ts'
import { coalesce, ifNull } from './coalesce.ts'
import { greatest, least } from './greatest-least.ts'
import { ifFunction } from './if.ts'
import { nullIf } from './null-if.ts'

export const conditionalFunctions: readonly ScalarFunction[] = [
  coalesce,
  ifNull,
  nullIf,
  ifFunction,
  greatest,
  least,
]

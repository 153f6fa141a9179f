// The arithmetic functions.

import type { ScalarFunction } from '../function-definition.ts'
import { add } from './add.ts'
import { divide } from './divide.ts'
import { multiply } from './multiply.ts'
import { remainder } from './remainder.ts'
import { subtract } from './subtract.ts'

export const arithmeticFunctions: readonly ScalarFunction[] = [
  add,
  subtract,
  multiply,
  divide,
  remainder,
]

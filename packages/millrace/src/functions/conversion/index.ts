// The conversion functions. CAST and TRY_CAST are expressions of their own kind, see cast-binding.ts.

import type { ScalarFunction } from '../function-definition.ts'
import { typeOf } from './type-of.ts'

export const conversionFunctions: readonly ScalarFunction[] = [typeOf]

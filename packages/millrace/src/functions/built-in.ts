// All built-in functions: the groups' lists, one after the other.

import { aggregateFunctions } from './aggregate/index.ts'
import { arithmeticFunctions } from './arithmetic/index.ts'
import { comparisonFunctions } from './comparison/index.ts'
import { conditionalFunctions } from './conditional/index.ts'
import type { FunctionDefinition } from './function-definition.ts'
import { logicalFunctions } from './logical/index.ts'
import { FunctionRegistry } from './registry.ts'

export const builtInFunctions: readonly FunctionDefinition[] = [
  ...comparisonFunctions,
  ...logicalFunctions,
  ...arithmeticFunctions,
  ...conditionalFunctions,
  ...aggregateFunctions,
]

/** A registry of all built-in functions. */
export function createBuiltInRegistry(): FunctionRegistry {
  return new FunctionRegistry(builtInFunctions)
}

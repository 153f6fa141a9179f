// All built-in functions: the groups' lists, one after the other.

import { aggregateFunctions } from './aggregate/index.ts'
import { arithmeticFunctions } from './arithmetic/index.ts'
import { comparisonFunctions } from './comparison/index.ts'
import { conditionalFunctions } from './conditional/index.ts'
import { conversionFunctions } from './conversion/index.ts'
import { collectionFunctions } from './collection/index.ts'
import type { FunctionDefinition } from './function-definition.ts'
import { hashFunctions } from './hash/index.ts'
import { jsonFunctions } from './json/index.ts'
import { logicalFunctions } from './logical/index.ts'
import { FunctionRegistry } from './registry.ts'
import { stringFunctions } from './string/index.ts'
import { systemFunctions } from './system/index.ts'
import { temporalFunctions } from './temporal/index.ts'
import { positionFunctions } from './window/index.ts'

export const builtInFunctions: readonly FunctionDefinition[] = [
  ...comparisonFunctions,
  ...logicalFunctions,
  ...arithmeticFunctions,
  ...conditionalFunctions,
  ...conversionFunctions,
  ...stringFunctions,
  ...temporalFunctions,
  ...jsonFunctions,
  ...collectionFunctions,
  ...systemFunctions,
  ...hashFunctions,
  ...aggregateFunctions,
  ...positionFunctions,
]

/** A registry of all built-in functions. */
export function createBuiltInRegistry(): FunctionRegistry {
  return new FunctionRegistry(builtInFunctions)
}

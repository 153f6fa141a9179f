// The logical functions. AND and OR are expressions of their own kind, not functions.

import type { ScalarFunction } from '../function-definition.ts'
import { notFunction } from './not.ts'
import { isFalse, isNotFalse, isNotTrue, isNotUnknown, isTrue, isUnknown } from './truth-tests.ts'

export const logicalFunctions: readonly ScalarFunction[] = [
  notFunction,
  isTrue,
  isNotTrue,
  isFalse,
  isNotFalse,
  isUnknown,
  isNotUnknown,
]

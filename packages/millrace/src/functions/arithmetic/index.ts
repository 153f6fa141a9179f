// The arithmetic functions.

import type { ScalarFunction } from '../function-definition.ts'
import { add } from './add.ts'
import { divide } from './divide.ts'
import { doubleFunctions } from './double-functions.ts'
import { multiply } from './multiply.ts'
import { bin, hex, unhex } from './radix-functions.ts'
import { rand, randInteger } from './random-functions.ts'
import { remainder } from './remainder.ts'
import { round, truncate } from './round-to-digits.ts'
import { ceil, floor } from './round-to-integer.ts'
import { abs, sign } from './sign-functions.ts'
import { subtract } from './subtract.ts'

export const arithmeticFunctions: readonly ScalarFunction[] = [
  add,
  subtract,
  multiply,
  divide,
  remainder,
  abs,
  sign,
  ceil,
  floor,
  round,
  truncate,
  ...doubleFunctions,
  bin,
  hex,
  unhex,
  rand,
  randInteger,
]

// Functions over DOUBLE: roots, powers, logarithms, trigonometry. Any number is taken, as DOUBLE.

import { types } from '../../types/data-type.ts'
import type { EmitExpression, ScalarFunction } from '../function-definition.ts'
import { simpleFunction } from '../scalar-function.ts'

/** Name, one sentence, example, meaning, and the `Math` function that computes the same, if one does. */
type Unary = readonly [
  name: string,
  summary: string,
  example: readonly [string, string],
  evaluate: (x: number) => number,
  math?: string,
]

const UNARY: readonly Unary[] = [
  ['SQRT', 'The square root; NaN of a negative number.', ['SQRT(4)', '2.0'], Math.sqrt, 'sqrt'],
  ['EXP', 'e to the power of a number.', ['EXP(0)', '1.0'], Math.exp, 'exp'],
  ['LN', 'The natural logarithm.', ['LN(1)', '0.0'], Math.log, 'log'],
  ['LOG10', 'The logarithm to base 10.', ['LOG10(1000)', '3.0'], Math.log10, 'log10'],
  ['LOG2', 'The logarithm to base 2.', ['LOG2(8)', '3.0'], Math.log2, 'log2'],
  ['SIN', 'The sine of an angle in radians.', ['SIN(0)', '0.0'], Math.sin, 'sin'],
  ['COS', 'The cosine of an angle in radians.', ['COS(0)', '1.0'], Math.cos, 'cos'],
  ['TAN', 'The tangent of an angle in radians.', ['TAN(0)', '0.0'], Math.tan, 'tan'],
  [
    'COT',
    'The cotangent of an angle in radians.',
    ['COT(1)', '0.6420926159343306'],
    x => 1 / Math.tan(x),
  ],
  ['ASIN', 'The arc sine; NaN outside [-1, 1].', ['ASIN(0)', '0.0'], Math.asin, 'asin'],
  ['ACOS', 'The arc cosine; NaN outside [-1, 1].', ['ACOS(1)', '0.0'], Math.acos, 'acos'],
  ['ATAN', 'The arc tangent.', ['ATAN(0)', '0.0'], Math.atan, 'atan'],
  ['SINH', 'The hyperbolic sine.', ['SINH(0)', '0.0'], Math.sinh, 'sinh'],
  ['COSH', 'The hyperbolic cosine.', ['COSH(0)', '1.0'], Math.cosh, 'cosh'],
  ['TANH', 'The hyperbolic tangent.', ['TANH(0)', '0.0'], Math.tanh, 'tanh'],
  ['DEGREES', 'Radians as degrees.', ['DEGREES(0)', '0.0'], x => x * (180 / Math.PI)],
  [
    'RADIANS',
    'Degrees as radians.',
    ['RADIANS(180)', '3.141592653589793'],
    x => x * (Math.PI / 180),
  ],
]

const emitMath =
  (name: string): EmitExpression =>
  (_, args) =>
    `Math.${name}(${args.join(', ')})`

const unaryFunctions = UNARY.map(([name, summary, example, evaluate, math]) =>
  simpleFunction({
    name,
    group: 'arithmetic',
    summary,
    examples: [example],
    takes: ['double'],
    returns: types.double,
    evaluate,
    ...(math ? { emit: emitMath(math) } : {}),
  }),
)

const power = simpleFunction({
  name: 'POWER',
  group: 'arithmetic',
  summary: 'A number to the power of another.',
  examples: [['POWER(2, 10)', '1024.0']],
  takes: ['double', 'double'],
  returns: types.double,
  evaluate: (x: number, y: number) => x ** y,
  emit: emitMath('pow'),
})

const atan2OfDoubles = simpleFunction({
  name: 'ATAN2',
  group: 'arithmetic',
  summary: 'The angle of the point (x, y), given as y, x.',
  examples: [['ATAN2(0, 1)', '0.0']],
  takes: ['double', 'double'],
  returns: types.double,
  evaluate: Math.atan2,
  emit: emitMath('atan2'),
})

/** Flink has it for two DECIMALs, and for two other numbers. */
const atan2: ScalarFunction = {
  ...atan2OfDoubles,
  resolve(args, session) {
    const decimals = args.filter(a => a.type.kind === 'decimal').length
    return decimals === 1 && args.length === 2
      ? { problem: 'needs two DECIMALs or none', remedy: 'Cast both to DOUBLE.' }
      : atan2OfDoubles.resolve(args, session)
  },
}

const log = simpleFunction({
  name: 'LOG',
  group: 'arithmetic',
  summary:
    'The natural logarithm of a number, or the logarithm of the second to the base of the first.',
  examples: [
    ['LOG(1)', '0.0'],
    ['LOG(2, 8)', '3.0'],
  ],
  takes: ['double', 'double'],
  optional: 1,
  returns: types.double,
  evaluate: (a: number, b?: number) => (b === undefined ? Math.log(a) : Math.log(b) / Math.log(a)),
})

const pi = simpleFunction({
  name: 'PI',
  group: 'arithmetic',
  summary: 'The number π.',
  examples: [['PI()', '3.141592653589793']],
  takes: [],
  returns: types.double,
  evaluate: () => Math.PI,
})

const e = simpleFunction({
  name: 'E',
  group: 'arithmetic',
  summary: "Euler's number.",
  examples: [['E()', '2.718281828459045']],
  takes: [],
  returns: types.double,
  evaluate: () => Math.E,
})

export const doubleFunctions: readonly ScalarFunction[] = [
  ...unaryFunctions,
  power,
  atan2,
  log,
  pi,
  e,
]

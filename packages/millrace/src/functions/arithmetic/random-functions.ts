// RAND and RAND_INTEGER. With a constant seed a call gives the same sequence in every run.

import { formatType, isInteger, types } from '../../types/data-type.ts'
import type { Value } from '../../types/value.ts'
import { problem, strict } from '../binding.ts'
import { EvaluationError } from '../evaluation-error.ts'
import type { ArgumentInfo, EvaluationContext, ScalarFunction } from '../function-definition.ts'
import { JavaRandom } from './java-random.ts'

export const rand: ScalarFunction = {
  kind: 'scalar',
  name: 'RAND',
  docs: { group: 'arithmetic', summary: 'A random DOUBLE in [0, 1), repeatable by a seed.' },
  resolve(args) {
    const wrong = notIntegers(args, 0, 1)
    if (wrong) return problem(wrong)
    const seeded = seededGenerators()
    return strict(args, {
      parameters: args.map(() => types.int),
      returns: types.double,
      usesContext: true,
      evaluate: (context: EvaluationContext, seed?: number) =>
        seed === undefined ? context.random() : seeded(seed).nextDouble(),
    })
  },
}

export const randInteger: ScalarFunction = {
  kind: 'scalar',
  name: 'RAND_INTEGER',
  docs: {
    group: 'arithmetic',
    summary: 'A random INT in [0, bound), repeatable by a seed before the bound.',
  },
  resolve(args) {
    const wrong = notIntegers(args, 1, 2)
    if (wrong) return problem(wrong)
    const seeded = seededGenerators()
    return strict(args, {
      parameters: args.map(() => types.int),
      returns: types.int,
      usesContext: true,
      evaluate(context: EvaluationContext, first: number, second?: number): Value {
        const bound = second ?? first
        if (bound <= 0)
          throw new EvaluationError(`RAND_INTEGER needs a positive bound, not ${bound}`)
        return second === undefined
          ? Math.floor(context.random() * bound)
          : seeded(first).nextInt(bound)
      },
    })
  },
}

/** A call keeps one generator per seed; a constant seed has exactly one. */
function seededGenerators(): (seed: number) => JavaRandom {
  let last: { readonly seed: number; readonly generator: JavaRandom } | undefined
  return seed => {
    if (last?.seed !== seed) last = { seed, generator: new JavaRandom(seed) }
    return last.generator
  }
}

function notIntegers(
  args: readonly ArgumentInfo[],
  least: number,
  most: number,
): string | undefined {
  if (args.length < least || args.length > most) return `needs ${least} to ${most} arguments`
  const wrong = args.find(a => !isInteger(a.type) && a.type.kind !== 'null')
  return wrong && `needs an INT, not ${formatType(wrong.type)}`
}

// Several functions under one name: the one whose parameters fit the arguments best is called.

import type { ArgumentInfo, FunctionDefinition, SignatureProblem } from '../function-definition.ts'
import { isProblem } from '../function-definition.ts'
import { implicitCast } from './implicit-cast.ts'

/** Functions of one kind as one. The most arguments of exactly the declared type win, then the first. */
export function overloadedFunction(
  definitions: readonly [FunctionDefinition, ...FunctionDefinition[]],
): FunctionDefinition {
  const [first] = definitions
  const ranked = (args: readonly ArgumentInfo[]) =>
    definitions
      .map(definition => ({ definition, exact: exactness(definition, args) }))
      .sort((a, b) => b.exact - a.exact)
  const { parameters: _, ...rest } = first
  return {
    ...rest,
    resolve(args: readonly ArgumentInfo[], ...others: readonly unknown[]) {
      const problems: string[] = []
      for (const { definition } of ranked(args)) {
        const resolve = definition.resolve as (...all: unknown[]) => object
        const bound = resolve(args, ...others)
        if (!isProblem(bound)) return bound
        problems.push(bound.problem)
      }
      return { problem: [...new Set(problems)].join(', or ') } satisfies SignatureProblem
    },
  } as FunctionDefinition
}

function exactness({ parameters = [] }: FunctionDefinition, args: readonly ArgumentInfo[]): number {
  return args.filter(({ type }, i) => {
    const parameter = parameters[i]
    return parameter !== undefined && implicitCast(type, parameter.type) === 'exact'
  }).length
}

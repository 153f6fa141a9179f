// `[NOT] LIKE … [ESCAPE …]` and `[NOT] SIMILAR TO … [ESCAPE …]`.

import { formatType, isCharacter, types } from '../../types/data-type.ts'
import { problem, strict } from '../binding.ts'
import type { ScalarFunction } from '../function-definition.ts'
import { compileLike } from './like-pattern.ts'
import { compileSimilar } from './similar-pattern.ts'

type CompilePattern = (pattern: string, escape?: string) => (text: string) => boolean

export const like = patternFunction('LIKE', compileLike, true, ["'abc' LIKE 'a%'", 'TRUE'])
export const notLike = patternFunction('NOT LIKE', compileLike, false, [
  "'abc' NOT LIKE 'a%'",
  'FALSE',
])
export const similarTo = patternFunction('SIMILAR TO', compileSimilar, true, [
  "'ab12' SIMILAR TO '[a-z]+[0-9]{2}'",
  'TRUE',
])
export const notSimilarTo = patternFunction('NOT SIMILAR TO', compileSimilar, false, [
  "'abc' NOT SIMILAR TO '%b%'",
  'FALSE',
])

function patternFunction(
  name: string,
  compile: CompilePattern,
  wanted: boolean,
  example: readonly [string, string],
): ScalarFunction {
  return {
    kind: 'scalar',
    name,
    docs: {
      group: 'comparison',
      summary: `Whether the whole text ${wanted ? 'matches' : 'does not match'} the pattern.`,
      examples: [example],
    },
    resolve(args) {
      if (args.length < 2 || args.length > 3)
        return problem('needs a text, a pattern and at most an escape character')
      const wrong = args.find(a => !isCharacter(a.type) && a.type.kind !== 'null')
      if (wrong) return problem(`needs texts, not ${formatType(wrong.type)}`)
      const shared = { parameters: args.map(() => types.string), returns: types.boolean }
      const compileCached = cachePatterns(compile)
      const evaluate = (text: string, pattern: string, escape?: string) =>
        compileCached(pattern, escape)(text) === wanted
      const [, pattern, escape] = args
      if (typeof pattern?.constant?.value !== 'string') return strict(args, { ...shared, evaluate })
      if (escape && typeof escape.constant?.value !== 'string')
        return strict(args, { ...shared, evaluate })
      const text = pattern.constant.value
      const escapeText = escape?.constant?.value as string | undefined
      return strict(args, {
        ...shared,
        evaluate,
        emit: (scope, [x = '']) =>
          `${wanted ? '' : '!'}${scope.constant(compileCached(text, escapeText), 'matches')}(${x})`,
      })
    },
  }
}

/** Patterns from data are compiled once while they repeat. */
function cachePatterns(
  compile: CompilePattern,
): (pattern: string, escape?: string) => (text: string) => boolean {
  const MAX_CACHED = 100
  const cache = new Map<string, (text: string) => boolean>()
  return (pattern, escape) => {
    const key = `${escape ?? ''}\u0000${pattern}`
    let matcher = cache.get(key)
    if (matcher === undefined) {
      if (cache.size >= MAX_CACHED) cache.clear()
      matcher = compile(pattern, escape)
      cache.set(key, matcher)
    }
    return matcher
  }
}

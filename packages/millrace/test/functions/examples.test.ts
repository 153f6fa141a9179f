// The examples in the functions' documentation hold.

import { describe, expect, it } from 'vitest'
import { builtInFunctions } from '../../src/functions/built-in.ts'
import { canonicalValue } from '../../src/types/canonical-json.ts'
import { evaluateExpression } from './support/evaluate-expression.ts'

const examples = builtInFunctions.flatMap(f =>
  f.kind === 'scalar' ? (f.docs.examples ?? []).map(([call, result]) => ({ call, result })) : [],
)

const valueOf = (text: string): unknown => {
  const bound = evaluateExpression(text)
  return JSON.parse(canonicalValue(bound.type)(bound.evaluate([])))
}

describe('the documentation of scalar functions', () => {
  it.each(examples)('says that $call is $result', ({ call, result }) => {
    // A number's literal may be of another type than the call.
    if (/^-?[0-9.]+$/.test(result)) expect(Number(valueOf(call))).toBeCloseTo(Number(result), 12)
    else expect(valueOf(call)).toEqual(valueOf(result))
  })

  it('is there for every function', () => {
    const silent = builtInFunctions.filter(f => !f.docs.summary.endsWith('.'))
    expect(silent.map(f => f.name)).toEqual([])
  })
})

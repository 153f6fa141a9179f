// Optimized or not, statements give the same rows.

import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { optimize } from '../../src/optimizer/optimize.ts'
import type { PlanNode } from '../../src/plan/node.ts'
import { printPlan } from '../../src/plan/print-plan.ts'
import { statements } from './random-plan.ts'
import { collect, type Mode, runStatements } from './run-plan.ts'

async function resultsOf(
  plans: readonly PlanNode[],
  mode: Mode,
  withRules: boolean,
): Promise<readonly (readonly string[])[]> {
  const collected = plans.map((plan, i) => collect(plan, `result${i}`))
  const sinks = collected.map(c => c.sink)
  await runStatements(withRules ? optimize(sinks, { mode }) : sinks, mode)
  return collected.map(c => c.result())
}

describe('optimize', () => {
  it.each(['streaming', 'batch'] as const)(
    'changes no result in %s mode',
    async mode => {
      await fc.assert(
        fc.asyncProperty(statements, async plans => {
          const expected = await resultsOf(plans, mode, false)
          const message = plans.map(p => printPlan(p)).join('\n')
          expect(await resultsOf(plans, mode, true), message).toEqual(expected)
        }),
        { numRuns: 300, seed: 7 },
      )
    },
    60_000,
  )

  it('keeps the output columns of every statement', () => {
    fc.assert(
      fc.property(statements, plans => {
        const sinks = plans.map((plan, i) => collect(plan, `result${i}`).sink)
        const names = (list: typeof sinks) => list.map(s => s.schema.map(c => c.name))
        expect(names([...optimize(sinks, { mode: 'batch' })])).toEqual(names(sinks))
      }),
      { numRuns: 200, seed: 7 },
    )
  })
})

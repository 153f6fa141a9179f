// Optimized or not, statements give the same rows: by all rules together, and by each alone.

import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { dedupeSubplans } from '../../src/optimizer/dedupe-subplans.ts'
import { optimize, type OptimizerRule, REPEATED_RULES } from '../../src/optimizer/optimize.ts'
import { pruneColumns } from '../../src/optimizer/prune-columns.ts'
import type { PlanNode } from '../../src/plan/node.ts'
import { printPlan } from '../../src/plan/print-plan.ts'
import { statements } from './random-plan.ts'
import { collect, type Mode, runStatements } from './run-plan.ts'

const NOTHING: OptimizerRule = roots => roots

async function resultsOf(
  plans: readonly PlanNode[],
  mode: Mode,
  rule: OptimizerRule,
): Promise<readonly (readonly string[])[]> {
  const collected = plans.map((plan, i) => collect(plan, `result${i}`))
  await runStatements(rule(collected.map(c => c.sink)), mode)
  return collected.map(c => c.result())
}

async function expectSameRows(mode: Mode, rule: OptimizerRule, numRuns: number): Promise<void> {
  await fc.assert(
    fc.asyncProperty(statements, async plans => {
      const expected = await resultsOf(plans, mode, NOTHING)
      const message = plans.map(p => printPlan(p)).join('\n')
      expect(await resultsOf(plans, mode, rule), message).toEqual(expected)
    }),
    { numRuns, seed: 7 },
  )
}

const RULES: readonly (readonly [string, OptimizerRule])[] = [
  ['dedupeSubplans', dedupeSubplans],
  ['pruneColumns', pruneColumns],
  ...Object.entries(REPEATED_RULES),
]

describe('optimize', () => {
  it.each(['streaming', 'batch'] as const)(
    'changes no result in %s mode',
    mode => expectSameRows(mode, sinks => optimize(sinks, { mode }), 300),
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

describe('alone', () => {
  it.each(RULES)(
    '%s changes no result',
    async (_name, rule) => {
      await expectSameRows('streaming', rule, 60)
      await expectSameRows('batch', rule, 60)
    },
    60_000,
  )
})

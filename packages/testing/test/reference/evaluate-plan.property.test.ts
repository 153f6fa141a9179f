// The engine against the reference evaluator: random plans, random data, batches of one and of many, reads of any speed.
//
// MILLRACE_PLANS=20000 tries many more plans; MILLRACE_SEED=n tries one.

import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import type { PlanNode } from 'millrace'
import { Choices, numbersOf, randomOf } from '../../src/index.ts'
import { type CaseRun, generateCase, planText, runEngine, runReference } from './run-case.ts'

const PLANS = Number(process.env['MILLRACE_PLANS'] ?? 200)
const ONLY = process.env['MILLRACE_SEED']
/** Plans that once were wrong: `$grouping` of windows (105, 256), the time at which a finished file was seen (381). */
const FOUND = [105, 256, 381]
const seedsFrom = (first: number): readonly number[] =>
  ONLY === undefined
    ? [...FOUND, ...Array.from({ length: PLANS }, (_, i) => first + i)]
    : [Number(ONLY)]
const TIME_LIMIT_MS = 20_000 + PLANS * 200

async function compare(seed: number, run: CaseRun, readTurns?: () => number): Promise<void> {
  await compareCase(`seed ${seed}`, () => numbersOf(seed), run, readTurns)
}

async function compareCase(
  name: string,
  numbers: () => Iterable<number>,
  run: CaseRun,
  readTurns?: () => number,
): Promise<void> {
  const made = () => generateCase(new Choices(numbers()), run.mode, readTurns)
  const where = `${name}, ${run.mode}, batches of ${run.batchRecords}\n${planText(made())}`
  const expected = runReference(made(), run.mode)
  const got = await runEngine(made(), run).catch(cause => {
    throw new Error(where, { cause })
  })
  expect(got, where).toEqual({ ...expected, broken: [] })
}

describe('the engine agrees with the reference', () => {
  test.each([1, 1000])(
    'in streaming mode, with batches of %i: rows, late rows, a consistent changelog',
    async batchRecords => {
      for (const seed of seedsFrom(0))
        await compare(seed, {
          mode: 'streaming',
          batchRecords,
          epochMs: [0, 1, 200][seed % 3] as number,
        })
    },
    TIME_LIMIT_MS,
  )

  test.each([1, 1000])(
    'in batch mode, with batches of %i',
    async batchRecords => {
      for (const seed of seedsFrom(1_000_000))
        await compare(seed, { mode: 'batch', batchRecords, epochMs: 5 })
    },
    TIME_LIMIT_MS,
  )

  test(
    'however long reads take',
    async () => {
      for (const seed of seedsFrom(2_000_000)) {
        const random = randomOf(seed)
        const readTurns = () => Math.floor(random() * 4)
        await compare(seed, { mode: 'streaming', batchRecords: 3, epochMs: 1 }, readTurns)
      }
    },
    TIME_LIMIT_MS,
  )

  test('on choices that fast-check makes and shrinks', async () => {
    const choices = fc.array(fc.nat({ max: 0xffff }), { maxLength: 400 })
    await fc.assert(
      fc.asyncProperty(choices, fc.constantFrom(1, 7, 1000), async (numbers, batchRecords) => {
        const run = { mode: 'streaming', batchRecords, epochMs: 1 } as const
        await compareCase(JSON.stringify(numbers), () => numbers, run)
      }),
      { numRuns: Math.ceil(PLANS / 2) },
    )
  })
})

test(
  'gives in streaming mode what it gives in batch mode where no row is behind another',
  async () => {
    let compared = 0
    for (const seed of seedsFrom(3_000_000)) {
      const made = () => generateCase(new Choices(numbersOf(seed)), 'streaming')
      const { plan, inputs } = made()
      const inOrder = [...inputs.values()].every(
        ({ splits, oneByOne }) => (!oneByOne || splits.length === 1) && splits.every(isAscending),
      )
      if (!inOrder || dependsOnTheMode(plan) || runReference(made(), 'streaming').late > 0) continue
      compared++
      const streaming = await runEngine(made(), { mode: 'streaming', batchRecords: 9, epochMs: 1 })
      const batch = await runEngine(made(), { mode: 'batch', batchRecords: 9, epochMs: 1 })
      expect(streaming.rows, `seed ${seed}\n${planText(made())}`).toEqual(batch.rows)
    }
    expect(compared).toBeGreaterThan(ONLY === undefined ? PLANS / 20 : -1)
  },
  TIME_LIMIT_MS,
)

const isAscending = (rows: readonly (readonly unknown[])[]) =>
  rows.every((row, i) => i === 0 || (row[3] as number) >= (rows[i - 1]?.[3] as number))

/** A version of a temporal join may come after its time; a global aggregate over nothing has a row in batch mode only. */
function dependsOnTheMode(node: PlanNode): boolean {
  if (node.kind === 'temporal-join') return true
  if (node.kind === 'aggregate' && node.keys.length === 0) return true
  const children =
    'left' in node
      ? [node.left, node.right]
      : 'inputs' in node
        ? node.inputs
        : 'input' in node
          ? [node.input]
          : []
  return children.some(dependsOnTheMode)
}

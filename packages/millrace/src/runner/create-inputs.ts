// The inputs of a job: each source of its plan, with its watermarks.

import { idleTimeoutOf, watermarkSettingsOf } from '../connector/watermark-options.ts'
import type { CompiledPlan } from '../compiler/compile-task.ts'
import type { ExecNode } from '../compiler/exec-node.ts'
import { PlanError } from '../compiler/planner/plan-error.ts'
import { atOrigin } from '../plan/origin.ts'
import type { Program } from '../plan/program.ts'
import { SourceInput } from '../runtime/source-input.ts'
import type { RuntimePorts } from '../types/ports.ts'
import { createSource } from './create-connectors.ts'
import { batchPreparation } from './batch-preparation.ts'

export interface InputSettings {
  readonly program: Program
  readonly ports: RuntimePorts
  /** Input that never ends is refused. */
  readonly boundedInput: boolean
  /** Tells the user, in a line, what must be known. */
  readonly notice?: ((text: string) => void) | undefined
}

/**
 * One input for each of the plan's sources, in their order.
 *
 * @throws {PlanError} `MR_PLAN_UNBOUNDED` when one never ends that has to
 */
export function createInputs(
  plan: CompiledPlan,
  { program, ports, boundedInput, notice }: InputSettings,
): SourceInput[] {
  return plan.sources.map((compiled, i) => {
    const node = plan.sourceNodes[i] as ExecNode
    const source = createSource(node as never, program, ports, notice)
    if (boundedInput && source.boundedness === 'unbounded')
      atOrigin(node.kind === 'source' ? node : {}, () => {
        throw new PlanError(
          'MR_PLAN_UNBOUNDED',
          `${program.settings.mode === 'batch' ? 'batch mode' : 'an action'} needs input that ends, but ${source.describe()} never does`,
          'Run in streaming mode, or make the source bounded.',
        )
      })
    return new SourceInput(compiled, source, plan.timeline, {
      ...(node.kind === 'source' && {
        watermarks: watermarkSettingsOf(node.table),
        preparation: batchPreparation(node.table, program, ports),
      }),
      idleTimeoutMs: idleTimeoutOf(program.settings),
    })
  })
}

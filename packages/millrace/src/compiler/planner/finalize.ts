// Batch mode: what is left of a changelog, at the end of the input.

import type { ExecNode } from '../exec-node.ts'
import type { Planner } from './planner.ts'

/** The final rows of a changelog, at the end of the input. */
export function finalize(planner: Planner, input: ExecNode): ExecNode {
  return {
    kind: 'finalize',
    id: planner.ids.next('finalize', [input], []),
    inputs: [input],
    schema: input.schema,
    output: 'append',
    keys: input.keys,
  }
}

/** Whether a node's rows are those left of a change log, given out at the end of the input. */
export function isFinal(node: ExecNode): boolean {
  if (node.kind === 'finalize' || (node.kind === 'rank' && node.output === 'append')) return true
  const [input] = node.inputs
  return node.kind === 'calc' && input !== undefined && isFinal(input)
}

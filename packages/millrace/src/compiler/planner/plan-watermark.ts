// Watermarks: they move with the records of a split, so they are evaluated where these are, below what completes their changes.

import type { PlanNodeOf } from '../../plan/node.ts'
import { replaceColumns } from '../../plan/transform.ts'
import type { ExecNode } from '../exec-node.ts'
import type { NormalizeExec } from '../nodes/changelog-exec.ts'
import type { CalcExec, WatermarkExec } from '../nodes/row-exec.ts'
import type { Planner } from './planner.ts'
import { isFinal } from './finalize.ts'

export function planWatermark(planner: Planner, node: PlanNodeOf<'watermark'>): ExecNode {
  const input = planner.plan(node.input)
  // What is left of a change log comes at the end of the input, with the last watermark of all.
  if (isFinal(input)) return { ...input, schema: node.schema }
  const [normalize] = input.inputs
  if (input.kind === 'calc' && !input.condition && normalize?.kind === 'normalize')
    return belowNormalize(node, input, normalize)
  return watermarkOver(input, node)
}

function watermarkOver(
  input: ExecNode,
  { schema, column, watermark }: Pick<WatermarkExec, 'schema' | 'column' | 'watermark'>,
): WatermarkExec {
  return {
    kind: 'watermark',
    id: `watermark(${input.id})`,
    inputs: [input],
    schema,
    output: input.output,
    keys: input.keys,
    column,
    watermark,
  }
}

/** The records as they come carry the watermark; the rows that they make have the event time. */
function belowNormalize(
  { schema, column, watermark }: PlanNodeOf<'watermark'>,
  calc: CalcExec,
  normalize: NormalizeExec,
): CalcExec {
  const [source] = normalize.inputs as readonly [ExecNode]
  const time = calc.columns[column]?.expression
  const below = watermarkOver(source, {
    schema: source.schema,
    column: time?.kind === 'column' ? time.index : -1,
    watermark: replaceColumns(watermark, c => calc.columns[c.index]?.expression),
  })
  return { ...calc, schema, inputs: [{ ...normalize, inputs: [below] }] }
}

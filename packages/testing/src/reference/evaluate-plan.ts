// The reference evaluator: what a logical plan means, over the whole history of its inputs. Slow and obvious, on purpose.
//
// It shares the plan and the scalar and aggregate functions' own meanings (`evaluate`) with the engine, and nothing else: no
// optimizer, no physical plan, no generated code, no state, no timers.

import { InternalError, type PlanNode, type Row } from 'millrace'
import { type Arrivals, type ReferenceInput, readInputs } from './arrivals.ts'
import { evaluateAggregate } from './evaluate-aggregate.ts'
import { evaluateOver } from './evaluate-over.ts'
import { evaluateMatch } from './evaluate-match.ts'
import { evaluateJoin } from './evaluate-join.ts'
import { evaluateRank, evaluateSort } from './evaluate-rank.ts'
import { filterRows, projectRows } from './evaluate-rows.ts'
import { evaluateSetOperation } from './evaluate-set-operation.ts'
import { evaluateTemporalJoin } from './evaluate-temporal-join.ts'
import { evaluateUnnest } from './evaluate-unnest.ts'
import { evaluateLateRows, evaluateWindow } from './evaluate-window.ts'
import { History, type Stamped } from './timeline.ts'

export type ReferenceMode = 'streaming' | 'batch'

/** What a node gives out over the whole history. */
export interface Relation {
  /** In the order of their coming. Of a changelog (`isAppend` false): the rows that are left in the end. */
  readonly rows: readonly Stamped[]
  readonly isAppend: boolean
  readonly watermark: History
  /** Positions of the window columns, when rows are in windows. */
  readonly window?: WindowPlace | undefined
}

export interface WindowPlace {
  readonly start: number
  readonly end: number
  readonly time: number
}

/** An evaluation under way. */
export interface Evaluation {
  readonly mode: ReferenceMode
  evaluate(node: PlanNode): Relation
  /** Counts rows that came too late. */
  addLate(count: number): void
}

export interface ReferenceResult {
  /** The rows that are left in the end; their order is no promise, but that of a sorted batch. */
  readonly rows: readonly Row[]
  /** Rows that came too late, over all operators. */
  readonly late: number
  /** Whether rows are only ever added. */
  readonly isAppend: boolean
}

/**
 * Evaluates a plan over all rows of its tables.
 *
 * Streaming follows the laws of `docs/model.md`: the order of reading, watermarks per split, what is late and what fires when.
 * In batch mode nothing is late.
 *
 * @param inputs by table name
 * @throws {InternalError} for nodes that it does not know: functions over positions, process functions, session windows
 */
export function evaluatePlan(
  plan: PlanNode,
  inputs: ReadonlyMap<string, ReferenceInput>,
  mode: ReferenceMode,
): ReferenceResult {
  const arrivals = readInputs(plan, inputs, mode)
  const known = new Map<PlanNode, Relation>()
  let late = 0
  const evaluation: Evaluation = {
    mode,
    addLate(count) {
      late += count
    },
    evaluate(node) {
      const found = known.get(node) ?? evaluateNode(evaluation, arrivals, node)
      known.set(node, found)
      return found
    },
  }
  const { rows, isAppend } = evaluation.evaluate(plan)
  return { rows: rows.map(r => r.row), late, isAppend }
}

function evaluateNode(evaluation: Evaluation, arrivals: Arrivals, node: PlanNode): Relation {
  switch (node.kind) {
    case 'scan':
      return {
        rows: arrivals.rowsOf(node).map(({ row, at }) => ({
          row: node.columns.map(i => row[i] ?? null),
          at,
        })),
        isAppend: true,
        watermark: arrivals.endOf(node),
      }
    case 'values':
      return { rows: arrivals.rowsOf(node), isAppend: true, watermark: arrivals.endOf(node) }
    case 'watermark':
      return { ...evaluation.evaluate(node.input), watermark: arrivals.watermarkOf(node) }
    case 'filter':
      return filterRows(node, evaluation.evaluate(node.input))
    case 'project':
      return projectRows(node, evaluation.evaluate(node.input))
    case 'union': {
      const inputs = node.inputs.map(i => evaluation.evaluate(i))
      return {
        rows: inputs.flatMap(i => i.rows).toSorted((a, b) => a.at - b.at),
        isAppend: inputs.every(i => i.isAppend),
        watermark: History.minimum(inputs.map(i => i.watermark)),
      }
    }
    case 'set-operation':
      return evaluateSetOperation(evaluation, node)
    case 'window':
      return evaluateWindow(evaluation, node)
    case 'late-rows':
      return evaluateLateRows(evaluation, node)
    case 'aggregate':
      return evaluateAggregate(evaluation, node)
    case 'join':
      return evaluateJoin(evaluation, node)
    case 'temporal-join':
      return evaluateTemporalJoin(evaluation, node)
    case 'rank':
      return evaluateRank(evaluation, node)
    case 'over':
      return evaluateOver(evaluation, node)
    case 'match':
      return evaluateMatch(evaluation, node)
    case 'sort':
      return evaluateSort(evaluation, node)
    case 'unnest':
      return evaluateUnnest(evaluation, node)
    case 'sink':
      return evaluation.evaluate(node.input)
    default:
      throw new InternalError(`the reference does not know ${node.kind}`)
  }
}

// From the optimized logical plan to the physical one: how each part is executed, which changes flow on each edge.

import type { ConnectorRegistry } from '../../connector/registry.ts'
import type { Expression } from '../../plan/expression.ts'
import { walkPlan } from '../../plan/children.ts'
import { atOrigin } from '../../plan/origin.ts'
import type { PlanNode, PlanNodeKind, PlanNodeOf, SinkNode } from '../../plan/node.ts'
import type { ProgramSettings } from '../../plan/program.ts'
import { isRowtime, types } from '../../types/data-type.ts'
import type { Schema } from '../../types/schema.ts'
import type { TableDescriptor } from '../../types/table-descriptor.ts'
import type { SourceExec } from '../nodes/row-exec.ts'
import type { ExecNode } from '../exec-node.ts'
import type { ProcessExec } from '../nodes/process-exec.ts'
import type { SinkExec } from '../nodes/changelog-exec.ts'
import { assignStateTtl } from './assign-state-ttl.ts'
import { collapse } from './collapse.ts'
import { createCalc } from './create-calc.ts'
import { describeExpressions, OperatorIds } from './operator-ids.ts'
import { planAggregate } from './plan-aggregate.ts'
import { planLateRows, planSession, planWindowInput } from './plan-window.ts'
import { PlanError } from './plan-error.ts'
import { planMatch } from './plan-match.ts'
import { planAsyncCalls } from './plan-async-calls.ts'
import { planJoin, planTemporalJoin } from './joins/plan-join.ts'
import { planOver } from './plan-over.ts'
import { planRank } from './plan-rank.ts'
import { planSetOperation, planUnion } from './plan-set-operation.ts'
import { dropUpdateBefore } from './update-before.ts'
import { planSink } from './sinks/plan-sink.ts'
import { finalize } from './finalize.ts'
import { isNormalized, planSourceChanges, sourceChangelog } from './plan-source.ts'
import { planSort } from './plan-sort.ts'
import { planWatermark } from './plan-watermark.ts'
import type { ExecutionMode, Planner } from './planner.ts'

type Planners = {
  readonly [K in PlanNodeKind]: (planner: PhysicalPlanner, node: PlanNodeOf<K>) => ExecNode
}

export class PhysicalPlanner implements Planner {
  readonly mode: ExecutionMode
  readonly registry: ConnectorRegistry
  readonly settings: ProgramSettings
  readonly ids = new OperatorIds()
  readonly #planned = new Map<PlanNode, ExecNode>()
  readonly #sources = new Map<TableDescriptor, SourceExec>()
  readonly #changes = new Map<TableDescriptor, ExecNode>()
  readonly #processes = new Map<object, ProcessExec>()
  /** Of process functions whose main output is read: the side outputs' nodes have schemas of their own. */
  readonly #mainSchemas = new Map<object, Schema>()

  constructor(mode: ExecutionMode, registry: ConnectorRegistry, settings: ProgramSettings = {}) {
    this.mode = mode
    this.registry = registry
    this.settings = settings
  }

  /** Plans all statements of a program together, so that a table is read once. */
  planProgram(sinks: readonly SinkNode[]): readonly SinkExec[] {
    for (const node of sinks.flatMap(s => [...walkPlan(s)])) {
      if (node.kind === 'scan') atOrigin(node, () => this.#mergeSource(node))
      if (node.kind === 'process' && node.output === 'main')
        this.#mainSchemas.set(node.process, node.schema)
    }
    const planned = dropUpdateBefore(sinks.map(s => atOrigin(s, () => planSink(this, s))))
    // Batch mode keeps everything until the end.
    return this.mode === 'batch' ? planned : assignStateTtl(planned, this.settings.stateTtlMs ?? 0)
  }

  /** The physical node for a logical one; shared nodes are planned once. */
  plan(node: PlanNode): ExecNode {
    const known = this.#planned.get(node)
    if (known) return known
    const planner = PLANNERS[node.kind] as (planner: PhysicalPlanner, node: PlanNode) => ExecNode
    const planned = atOrigin(node, () => planner(this, node))
    // Batch: what is above an operator that updates its results sees the final ones only.
    const updates = UPDATING.has(planned.kind) && planned.output !== 'append'
    const made = this.mode === 'batch' && updates ? finalize(this, planned) : planned
    this.#planned.set(node, made)
    return made
  }

  /** The rows of a scan's table, as a whole changelog; in batch mode those that are left of it. */
  source(scan: PlanNodeOf<'scan'>): ExecNode {
    const known = this.#changes.get(scan.table)
    if (known) return known
    const whole = planSourceChanges(this, this.#sources.get(scan.table) ?? this.#mergeSource(scan))
    const made = this.mode === 'batch' && whole.output !== 'append' ? finalize(this, whole) : whole
    this.#changes.set(scan.table, made)
    return made
  }

  process(node: PlanNodeOf<'process'>): ProcessExec {
    const known = this.#processes.get(node.process)
    if (known) return known
    const input = this.plan(node.input)
    if (input.output !== 'append')
      throw new PlanError(
        'MR_PLAN_CHANGELOG',
        `${node.process.name} takes single events, but its input is a changelog with updates and deletions`,
        'Apply it before the aggregation or join that updates its results.',
      )
    const made: ProcessExec = {
      kind: 'process',
      id: this.ids.next('process', [input], [node.process.name, describeExpressions(node.keys)]),
      inputs: [input],
      schema: this.#mainSchemas.get(node.process) ?? [],
      output: 'append',
      keys: [],
      groupKeys: node.keys,
      process: node.process,
      sideOutputs: Object.entries(node.process.sideOutputs).map(([name, schema]) => ({
        name,
        schema,
      })),
      timeColumn: node.input.schema.findIndex(c => isRowtime(c.type)),
    }
    this.#processes.set(node.process, made)
    return made
  }

  /** One source per table, reading what any of its scans reads. */
  #mergeSource(scan: PlanNodeOf<'scan'>): SourceExec {
    const known = this.#sources.get(scan.table)
    const reads = scan.table.schema.map((_, i) => known?.reads[i])
    scan.columns.forEach((column, i) => {
      const paths = scan.reads?.[i] ?? [[]]
      reads[column] = [...(reads[column] ?? []), ...paths]
    })
    if (isNormalized(this, scan.table)) for (const i of scan.table.primaryKey) reads[i] ??= [[]]
    const source: SourceExec = {
      kind: 'source',
      id: `source-${scan.table.name}`,
      inputs: [],
      schema: scan.table.schema,
      output: sourceChangelog(scan.table, this.registry),
      keys: scan.table.primaryKey.length > 0 ? [scan.table.primaryKey] : [],
      table: scan.table,
      reads,
      ...(scan.origin && { origin: scan.origin }),
      ...mergedPartitions(known, scan),
    }
    this.#sources.set(scan.table, source)
    return source
  }
}

/** What any of a table's scans asks for. */
function mergedPartitions(
  known: SourceExec | undefined,
  { partitions }: PlanNodeOf<'scan'>,
): { readonly partitions?: Expression } {
  if (!partitions) return {}
  if (!known) return { partitions }
  if (!known.partitions) return {}
  const args = [known.partitions, partitions]
  return { partitions: { kind: 'logical', op: 'or', type: types.boolean, args } }
}

const UPDATING: ReadonlySet<string> = new Set(['join', 'rank', 'deduplicate', 'set-operation'])

const PLANNERS: Planners = {
  scan(planner, node) {
    const source = planner.source(node)
    const columns = node.columns.map((index, i) => {
      const { name, type } = node.schema[i] as { name: string; type: Expression['type'] }
      return { name, expression: { kind: 'column', index, name, type } satisfies Expression }
    })
    return createCalc(source, columns)
  },
  values: (planner, node) => ({
    kind: 'values',
    id: planner.ids.next('values', [], [JSON.stringify(node.schema.map(c => c.name))]),
    inputs: [],
    schema: node.schema,
    output: 'append',
    keys: [],
    rows: node.rows,
  }),
  filter: planCalc,
  project: planCalc,
  watermark: planWatermark,
  window(planner, node) {
    if (node.window.kind === 'session') return planSession(planner, node, 'windows')
    const input = planWindowInput(planner, node.input, node.timeColumn)
    return {
      kind: 'window-assign',
      id: planner.ids.next('window-assign', [input], [JSON.stringify(node.window)]),
      inputs: [input],
      schema: node.schema,
      output: input.output,
      keys: [],
      timeColumn: node.timeColumn,
      window: node.window,
    }
  },
  'late-rows': planLateRows,
  aggregate: planAggregate,
  join: planJoin,
  'temporal-join': planTemporalJoin,
  unnest(planner, node) {
    const input = planner.plan(node.input)
    return {
      kind: 'unnest',
      id: `unnest(${input.id})`,
      inputs: [input],
      schema: node.schema,
      output: input.output,
      keys: [],
      join: node.join,
      collection: node.collection,
      withOrdinality: node.withOrdinality,
    }
  },
  rank: planRank,
  over: planOver,
  match: planMatch,
  sort: planSort,
  union: planUnion,
  'set-operation': planSetOperation,
  process(planner, node) {
    const process = planner.process(node)
    if (node.output === 'main') return process
    return {
      kind: 'side-output',
      id: `${process.id}/${node.output}`,
      inputs: [process],
      schema: node.schema,
      output: 'append',
      keys: [],
      name: node.output,
    }
  },
  sink: (planner, node) => planSink(planner, node),
}

/** A chain of filters and projections is one calc. */
function planCalc(planner: PhysicalPlanner, node: PlanNode): ExecNode {
  const { base, columns, condition } = collapse(node)
  const input = planner.plan(base)
  return planAsyncCalls(planner, input, columns, condition)
}

// The physical plan as JSON: what tools read of EXPLAIN JSON_EXECUTION_PLAN.

import { optimize } from '../optimizer/optimize.ts'
import { optimizerSettingsOf } from '../optimizer/optimizer-settings.ts'
import type { Program } from '../plan/program.ts'
import { type GraphEdge, type GraphNode, planGraph } from './plan-graph.ts'
import { PhysicalPlanner } from './planner/physical-planner.ts'
import { planWarnings } from './plan-warnings.ts'

export interface JsonPlan {
  readonly mode: 'streaming' | 'batch'
  /** Inputs before their consumers. */
  readonly nodes: readonly GraphNode[]
  /** With the changelog mode of what runs along each. */
  readonly edges: readonly GraphEdge[]
  readonly warnings: readonly string[]
}

export function explainJson(program: Program): JsonPlan {
  const mode = program.settings.mode ?? 'streaming'
  const optimized = optimize(program.sinks, optimizerSettingsOf(program.settings))
  const physical = new PhysicalPlanner(mode, program.connectors, program.settings).planProgram(
    optimized,
  )
  return { mode, ...planGraph(physical), warnings: planWarnings(physical, mode) }
}

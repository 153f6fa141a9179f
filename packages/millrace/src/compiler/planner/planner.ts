// What the plans of single nodes see of the planner that asks for them.

import type { ConnectorRegistry } from '../../connector/registry.ts'
import type { PlanNode } from '../../plan/node.ts'
import type { ProgramSettings } from '../../plan/program.ts'
import type { ExecNode } from '../exec-node.ts'
import type { OperatorIds } from './operator-ids.ts'

export type ExecutionMode = 'streaming' | 'batch'

export interface Planner {
  readonly mode: ExecutionMode
  readonly registry: ConnectorRegistry
  readonly settings: ProgramSettings
  readonly ids: OperatorIds
  /** The physical node for a logical one; shared nodes are planned once. */
  plan(node: PlanNode): ExecNode
}

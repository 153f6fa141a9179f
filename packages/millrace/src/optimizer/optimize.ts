// Applies the optimizer's rules to a program's statements; none changes what the program means.

import type { SinkNode } from '../plan/node.ts'
import { pruneColumns } from './prune-columns.ts'

export interface OptimizerSettings {
  readonly mode: 'streaming' | 'batch'
}

/** The statements, rewritten; shared nodes stay shared. */
export function optimize(
  sinks: readonly SinkNode[],
  _settings: OptimizerSettings,
): readonly SinkNode[] {
  return pruneColumns(sinks)
}

// The tables that a program reads and writes, for tools that look at it before it runs.

import type { TableDescriptor } from '../types/table-descriptor.ts'
import { walkPlan } from './children.ts'
import type { PlanNode } from './node.ts'
import type { Program } from './program.ts'

/** Each table once, those that are written in the order of the program's statements. */
export interface ProgramTables {
  readonly read: readonly TableDescriptor[]
  readonly written: readonly TableDescriptor[]
}

export function programTables({ sinks }: Pick<Program, 'sinks'>): ProgramTables {
  const read = new Set<TableDescriptor>()
  const seen = new Set<PlanNode>()
  for (const sink of sinks)
    for (const node of walkPlan(sink, seen)) if (node.kind === 'scan') read.add(node.table)
  return { read: [...read], written: [...new Set(sinks.map(s => s.table))] }
}

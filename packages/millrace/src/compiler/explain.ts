// What `explain()` prints: logical, optimized and physical plan, changelog modes, guarantees, warnings, and the code.

import { optimize } from '../optimizer/optimize.ts'
import { optimizerSettingsOf } from '../optimizer/optimizer-settings.ts'
import { printPlan } from '../plan/print-plan.ts'
import type { Program } from '../plan/program.ts'
import type { ExplainOptions } from '../plan/runner-port.ts'
import { compileDry } from './compile-dry.ts'
import type { ExecNode } from './exec-node.ts'
import { PhysicalPlanner } from './planner/physical-planner.ts'
import { printExec } from './print-exec.ts'
import { planWarnings } from './plan-warnings.ts'

export function explainProgram(program: Program, options: ExplainOptions = {}): string {
  const mode = program.settings.mode ?? 'streaming'
  const optimized = optimize(program.sinks, optimizerSettingsOf(program.settings))
  const physical = new PhysicalPlanner(mode, program.connectors, program.settings).planProgram(
    optimized,
  )
  const printed = new Set<ExecNode>()
  const sections = [
    section('Logical plan', program.sinks.map(s => printPlan(s)).join('\n\n')),
    section('Optimized plan', optimized.map(s => printPlan(s)).join('\n\n')),
    section('Physical plan', physical.map(s => printExec(s, printed)).join('\n\n')),
    section(
      'Sinks',
      physical
        .map(s => {
          const factory = program.connectors.sinks.get(s.table.connector)
          return `${s.table.name}: ${s.mode}, ${factory?.guarantee(s.table) ?? 'unknown'}`
        })
        .join('\n'),
    ),
  ]
  const warnings = planWarnings(physical, mode)
  if (warnings.length > 0) sections.push(section('Warnings', warnings.join('\n')))
  if (options.code) sections.push(section('Generated code', compileDry(program, physical).code()))
  return `${sections.join('\n\n')}\n`
}

const section = (title: string, text: string): string => `== ${title} ==\n${text}`

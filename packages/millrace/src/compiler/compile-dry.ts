// A task with nothing around it: it is made to be looked at, and never runs.

import type { Program } from '../plan/program.ts'
import { type CompiledPlan, compileTask } from './compile-task.ts'
import type { SinkExec } from './nodes/changelog-exec.ts'

export function compileDry(
  { settings, connectors }: Program,
  sinks: readonly SinkExec[],
): CompiledPlan {
  const nothing = (): void => {}
  return compileTask(sinks, {
    registry: connectors,
    context: { nowMs: () => 0, queryStartMs: () => 0, random: () => 0 },
    mode: settings.mode ?? 'streaming',
    timeZone: settings.timeZone ?? 'UTC',
    sinkOf: () => ({ write: nothing }),
    malformed: nothing,
    recordFailed: nothing,
    rowFailed: nothing,
    sleep: () => Promise.resolve(),
    satisfied: nothing,
    splitAdvanced: nothing,
    lookupRows: () => [],
    keyLookup: () => ({ lookup: async () => [] }),
    remotes: undefined,
  })
}

// The final rows of a query: in batch mode as they come, in streaming mode what is left once the changelog has ended.

import { inputsOf } from '../plan/children.ts'
import type { PlanNode } from '../plan/node.ts'
import type { Change } from '../plan/runner-port.ts'
import type { Schema } from '../types/schema.ts'
import { createRowKey } from '../types/key-text.ts'

/**
 * Whether some function of the program sets timers. In streaming mode they fire between the records, as in a running program; in
 * batch mode only after all of them.
 */
export function hasTimers(plan: PlanNode): boolean {
  if (plan.kind === 'process' && plan.process.onTimer !== undefined) return true
  return inputsOf(plan).some(hasTimers)
}

/** Rows that are added and not taken back, in the order in which they were added. */
export async function* finalRows(
  changes: AsyncIterable<Change>,
  schema: Schema,
): AsyncGenerator<Change, void, undefined> {
  const keyOf = createRowKey(schema.map(c => c.type))
  const byKey = new Map<ReturnType<typeof keyOf>, number[]>()
  const added: (Change | undefined)[] = []
  for await (const change of changes) {
    const key = keyOf(change.row)
    const places = byKey.get(key)
    if (change.kind === '+I' || change.kind === '+U') {
      const place = added.push(change) - 1
      if (places) places.push(place)
      else byKey.set(key, [place])
    } else {
      const place = places?.pop()
      if (place !== undefined) added[place] = undefined
      if (places?.length === 0) byKey.delete(key)
    }
  }
  for (const change of added) if (change) yield change
}

/** Whether the query only ever adds rows: nothing above its functions updates results. */
export function onlyAdds(plan: PlanNode): boolean {
  switch (plan.kind) {
    case 'process':
      return true
    case 'project':
    case 'filter':
    case 'watermark':
    case 'unnest':
    case 'union':
      return inputsOf(plan).every(onlyAdds)
    default:
      return false
  }
}

// Counts of nodes without state, which count nothing themselves: what enters is what their inputs gave, what leaves is what a
// consumer of theirs alone took.

/** Records of one node; rates are per second. */
export interface FlowCounts {
  readonly recordsIn: number
  readonly recordsOut: number
  readonly recordsInPerSecond: number
  readonly recordsOutPerSecond: number
}

interface Edge {
  readonly from: string
  readonly to: string
}

/**
 * The counts of all nodes for which they follow.
 *
 * @param nodes ids, inputs before their consumers
 * @param counted nodes that count for themselves
 */
export function withStateless(
  nodes: readonly string[],
  edges: readonly Edge[],
  counted: ReadonlyMap<string, FlowCounts>,
): ReadonlyMap<string, FlowCounts> {
  const counts = new Map(counted)
  const inputs = Map.groupBy(edges, e => e.to)
  const consumers = Map.groupBy(edges, e => e.from)
  // Consumers first: what leaves a node is known from below, what enters one then from above.
  const outOf = new Map<string, Flow>()
  for (const id of nodes.toReversed()) {
    const own = counts.get(id)
    const alone = (consumers.get(id) ?? []).find(e => inputs.get(e.to)?.length === 1)
    const below = alone && counts.get(alone.to)
    if (own) outOf.set(id, { records: own.recordsOut, perSecond: own.recordsOutPerSecond })
    else if (below) outOf.set(id, { records: below.recordsIn, perSecond: below.recordsInPerSecond })
  }
  for (const id of nodes) {
    const out = outOf.get(id)
    if (counts.has(id) || !out) continue
    const flows = (inputs.get(id) ?? []).map(e => outOf.get(e.from))
    if (flows.length === 0 || flows.includes(undefined)) continue
    const sum = (read: (flow: Flow) => number) =>
      flows.reduce((total, flow) => total + (flow ? read(flow) : 0), 0)
    counts.set(id, {
      recordsIn: sum(f => f.records),
      recordsOut: out.records,
      recordsInPerSecond: sum(f => f.perSecond),
      recordsOutPerSecond: out.perSecond,
    })
  }
  return counts
}

interface Flow {
  readonly records: number
  readonly perSecond: number
}

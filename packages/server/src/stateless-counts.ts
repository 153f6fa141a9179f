// Counts of nodes without state, which count nothing themselves: what enters is what their inputs gave, what leaves is what a
// consumer of theirs alone took.

/** Records of one node; rates are per second. */
export interface FlowCounts {
  readonly recordsIn: number
  readonly recordsOut: number
  readonly recordsInPerSecond: number
  readonly recordsOutPerSecond: number
}

interface Node {
  readonly id: string
  readonly kind: string
}

interface Edge {
  readonly from: string
  readonly to: string
}

interface Flow {
  readonly records: number
  readonly perSecond: number
}

/**
 * The counts of all nodes for which they follow.
 *
 * @param nodes inputs before their consumers
 * @param counted nodes that count for themselves
 */
export function withStateless(
  nodes: readonly Node[],
  edges: readonly Edge[],
  counted: ReadonlyMap<string, FlowCounts>,
): ReadonlyMap<string, FlowCounts> {
  const counts = new Map(counted)
  const inputs = Map.groupBy(edges, e => e.to)
  const consumers = Map.groupBy(edges, e => e.from)
  const outOf = new Map<string, Flow>()
  for (const { id, kind } of nodes) {
    const own = counts.get(id)
    if (own) {
      outOf.set(id, { records: own.recordsOut, perSecond: own.recordsOutPerSecond })
      continue
    }
    const alone = consumers.get(id)?.find(e => inputs.get(e.to)?.length === 1)
    const below = alone && counts.get(alone.to)
    const entering = sumOf((inputs.get(id) ?? []).map(e => outOf.get(e.from)))
    const leaving = below
      ? { records: below.recordsIn, perSecond: below.recordsInPerSecond }
      : kind === 'union'
        ? entering
        : undefined
    if (leaving) outOf.set(id, leaving)
    if (leaving && entering)
      counts.set(id, {
        recordsIn: entering.records,
        recordsOut: leaving.records,
        recordsInPerSecond: entering.perSecond,
        recordsOutPerSecond: leaving.perSecond,
      })
  }
  return counts
}

/** Undefined where one of them is not known. */
function sumOf(flows: readonly (Flow | undefined)[]): Flow | undefined {
  const sum = { records: 0, perSecond: 0 }
  for (const flow of flows) {
    if (!flow) return undefined
    sum.records += flow.records
    sum.perSecond += flow.perSecond
  }
  return sum
}

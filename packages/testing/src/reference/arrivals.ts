// The order in which records of several sources and splits are read, and the watermarks that follow from it.
//
// The law: of the splits with watermarks the one furthest behind is read; splits without watermarks come first, in turns of 1024
// records. A split that has been read to its end no longer counts; when all have, the source's watermark is the end of time.

import { evaluateExpression, InternalError, type PlanNode, type Row } from 'millrace'
import { History, type Stamped } from './timeline.ts'
import { MAX_WATERMARK, MIN_WATERMARK } from './watermarks.ts'
import { childrenOf } from './children-of.ts'
import { EVALUATION } from './evaluation.ts'

/** The rows of a source: those of each split in their order. */
export interface ReferenceInput {
  readonly splits: readonly (readonly Row[])[]
  /** One split is read to its end before the next is opened, as files are. */
  readonly oneByOne?: boolean
}

export type WatermarkPlan = Extract<PlanNode, { kind: 'watermark' }>
type Leaf = Extract<PlanNode, { kind: 'scan' | 'values' }>

/** What all nodes over one source share: a table's descriptor, or the VALUES node itself. */
export const sourceOf = (leaf: Leaf): object => (leaf.kind === 'scan' ? leaf.table : leaf)

interface Split {
  readonly rows: readonly Row[]
  next: number
  /** Of each watermark node over the source. */
  readonly watermarks: number[]
}

interface SourceState {
  readonly leaf: Leaf
  readonly nodes: readonly WatermarkPlan[]
  readonly open: Split[]
  readonly queue: Split[]
  readonly most: number
  readonly rows: Stamped[]
  /** Of each watermark node; never going back. */
  readonly watermarks: number[]
  readonly after: number[][]
  readonly finished: number[]
}

export interface Arrivals {
  /** Rows of a source with their times, physical columns in table order. */
  readonly rowsOf: (leaf: Leaf) => readonly Stamped[]
  /** The watermark that a node makes. */
  readonly watermarkOf: (node: WatermarkPlan) => History
  /** Of a source without watermark: the start of time until it has ended. */
  readonly endOf: (leaf: Leaf) => History
}

/** Reads all sources of a plan to their ends. In batch mode watermarks only tell the end. */
export function readInputs(
  plan: PlanNode,
  inputs: ReadonlyMap<string, ReferenceInput>,
  mode: 'streaming' | 'batch',
): Arrivals {
  const sources = findSources(plan, inputs)
  for (let tick = 0; ; tick++) {
    const chosen = choose(sources)
    if (!chosen) break
    step(chosen.source, chosen.split, tick, mode)
    for (const source of sources) {
      const isEnded = source.open.length === 0 && source.queue.length === 0
      source.nodes.forEach((_, i) => {
        const open = source.open.map(s => s.watermarks[i] as number)
        const now = isEnded ? MAX_WATERMARK : open.length > 0 ? Math.min(...open) : MIN_WATERMARK
        source.watermarks[i] = Math.max(source.watermarks[i] as number, now)
        source.after[i]?.push(source.watermarks[i] as number)
      })
      source.finished.push(isEnded ? MAX_WATERMARK : MIN_WATERMARK)
    }
  }
  const stateOf = (leaf: Leaf) =>
    sources.find(s => sourceOf(s.leaf) === sourceOf(leaf)) as SourceState
  return {
    rowsOf: leaf => stateOf(leaf).rows,
    endOf: leaf => new History(stateOf(leaf).finished),
    watermarkOf(node) {
      const source = sources.find(s => s.nodes.includes(node)) as SourceState
      return new History(source.after[source.nodes.indexOf(node)] as number[])
    },
  }
}

function findSources(plan: PlanNode, inputs: ReadonlyMap<string, ReferenceInput>): SourceState[] {
  const found = new Map<object, { leaf: Leaf; nodes: WatermarkPlan[] }>()
  const visit = (node: PlanNode): void => {
    if (node.kind === 'scan' || node.kind === 'values') {
      const key = sourceOf(node)
      if (!found.has(key)) found.set(key, { leaf: node, nodes: [] })
    }
    for (const child of childrenOf(node)) visit(child)
    if (node.kind === 'watermark') {
      const { nodes } = found.get(sourceOf(leafOf(node))) as { nodes: WatermarkPlan[] }
      if (!nodes.includes(node)) nodes.push(node)
    }
  }
  visit(plan)
  return [...found.values()].map(({ leaf, nodes }) => {
    const input = leaf.kind === 'values' ? { splits: [leaf.rows] } : inputs.get(leaf.table.name)
    if (!input) throw new InternalError(`the reference has no rows of ${sourceName(leaf)}`)
    const splits = input.splits.map(rows => ({
      rows,
      next: 0,
      watermarks: nodes.map(() => MIN_WATERMARK),
    }))
    const most = 'oneByOne' in input && input.oneByOne ? 1 : splits.length
    return {
      leaf,
      nodes,
      open: splits.slice(0, most),
      queue: splits.slice(most),
      most,
      rows: [],
      watermarks: nodes.map(() => MIN_WATERMARK),
      after: nodes.map(() => []),
      finished: [],
    }
  })
}

const sourceName = (leaf: Leaf): string => (leaf.kind === 'scan' ? leaf.table.name : 'VALUES')

/** The one source below a watermark. */
function leafOf(node: PlanNode): Leaf {
  if (node.kind === 'scan' || node.kind === 'values') return node
  const children = childrenOf(node)
  if (children.length !== 1)
    throw new InternalError('the reference knows watermarks over a single source only')
  return leafOf(children[0] as PlanNode)
}

const turnOf = (split: Split): number => Math.floor(split.next / 1024)

function choose(
  sources: readonly SourceState[],
): { source: SourceState; split: Split } | undefined {
  const all = sources.flatMap(source => source.open.map(split => ({ source, split })))
  const least = (found: typeof all, by: (s: Split) => number) =>
    found.reduce<(typeof all)[number] | undefined>(
      (best, one) => (best && by(best.split) <= by(one.split) ? best : one),
      undefined,
    )
  const behind = least(
    all.filter(s => s.source.nodes.length > 0),
    s => s.watermarks[0] as number,
  )
  const turn = least(
    all.filter(s => s.source.nodes.length === 0),
    turnOf,
  )
  if (!behind || !turn) return behind ?? turn
  return turnOf(turn.split) <= turnOf(behind.split) ? turn : behind
}

function step(source: SourceState, split: Split, tick: number, mode: 'streaming' | 'batch'): void {
  const row = split.rows[split.next]
  if (row === undefined) {
    source.open.splice(source.open.indexOf(split), 1)
    while (source.open.length < source.most && source.queue.length > 0)
      source.open.push(source.queue.shift() as Split)
    return
  }
  split.next++
  source.rows.push({ row, at: tick })
  if (mode === 'batch') return
  source.nodes.forEach((node, i) => {
    for (const reaching of rowsReaching(node.input, row)) {
      const watermark = evaluateExpression(node.watermark, reaching, EVALUATION) as number | null
      if (watermark !== null && watermark > (split.watermarks[i] as number))
        split.watermarks[i] = watermark
    }
  })
}

/** What becomes of one record on its way from the source to a watermark node. */
function rowsReaching(node: PlanNode, row: Row): Row[] {
  switch (node.kind) {
    case 'scan':
      return [node.columns.map(i => row[i] ?? null)]
    case 'values':
      return [row]
    case 'filter':
      return rowsReaching(node.input, row).filter(
        r => evaluateExpression(node.condition, r, EVALUATION) === true,
      )
    case 'project':
      return rowsReaching(node.input, row).map(r =>
        node.columns.map(c => evaluateExpression(c.expression, r, EVALUATION)),
      )
    case 'watermark':
      return rowsReaching(node.input, row)
    default:
      throw new InternalError(`the reference knows no watermark over ${node.kind}`)
  }
}

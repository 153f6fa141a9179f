// Where the boxes and arrows of the pipeline graph go. Depends on the plan alone, so that figures never move it.

import { Graph, layout } from '@dagrejs/dagre'
import type { PlanGraph } from '@millrace/server'

export const NODE_WIDTH = 196
export const NODE_HEIGHT = 76

export interface PlacedNode {
  readonly id: string
  readonly x: number
  readonly y: number
}

export interface PlacedEdge {
  readonly from: string
  readonly to: string
  /** An SVG path. */
  readonly path: string
  readonly isExchange: boolean
  readonly changelog: string
}

export interface PlacedGraph {
  readonly width: number
  readonly height: number
  readonly nodes: readonly PlacedNode[]
  readonly edges: readonly PlacedEdge[]
}

/** Lays the plan out from left to right. */
export function placeGraph(plan: PlanGraph): PlacedGraph {
  const graph = new Graph()
  graph.setGraph({ rankdir: 'LR', nodesep: 14, ranksep: 44, marginx: 2, marginy: 6 })
  graph.setDefaultEdgeLabel(() => ({}))
  for (const { id } of plan.nodes) graph.setNode(id, { width: NODE_WIDTH, height: NODE_HEIGHT })
  for (const { from, to } of plan.edges) graph.setEdge(from, to)
  layout(graph)
  const { width = 0, height = 0 } = graph.graph() as { width?: number; height?: number }
  return {
    width,
    height,
    nodes: plan.nodes.map(({ id }) => {
      const { x, y } = graph.node(id) as { x: number; y: number }
      return { id, x: x - NODE_WIDTH / 2, y: y - NODE_HEIGHT / 2 }
    }),
    edges: plan.edges.map(({ from, to, exchange, changelog }) => {
      const { points } = graph.edge(from, to) as { points: Point[] }
      // Always from the middle of the right side to the middle of the left, wherever dagre would touch the box.
      const start = sideOf(graph.node(from) as Point, 1)
      const end = sideOf(graph.node(to) as Point, -1)
      const path = curve([start, ...bendsOf(points), end])
      return { from, to, path, isExchange: exchange !== undefined, changelog }
    }),
  }
}

interface Point {
  readonly x: number
  readonly y: number
}

// Between neighbours dagre bends once, in the middle: a curve needs no bend there.
const bendsOf = (points: readonly Point[]): readonly Point[] =>
  points.length <= 3 ? [] : points.slice(1, -1)

const sideOf = ({ x, y }: Point, side: 1 | -1): Point => ({ x: x + (side * NODE_WIDTH) / 2, y })

/** A smooth line through the points, level at each. */
function curve(points: readonly Point[]): string {
  let path = ''
  let last: Point | undefined
  for (const point of points) {
    if (!last) path = `M${point.x},${point.y}`
    else {
      const middle = (last.x + point.x) / 2
      path += `C${middle},${last.y} ${middle},${point.y} ${point.x},${point.y}`
    }
    last = point
  }
  return path
}

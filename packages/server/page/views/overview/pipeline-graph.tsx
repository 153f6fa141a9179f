// The running plan as a graph: rates, watermark, state and load of every operator.

import { useMemo } from 'preact/hooks'
import type { JobStatus, OperatorStatus, PlanGraph, PlanNode } from '@millrace/server'
import { hrefOf } from '../../shell/route.ts'
import { NODE_HEIGHT, NODE_WIDTH, placeGraph } from './graph-layout.ts'
import { eventTime, shortBytes, shortNumber } from '../../parts/number-format.ts'

export function PipelineGraph({
  plan,
  status,
  chosen,
}: {
  plan: PlanGraph | undefined
  status: JobStatus | undefined
  chosen: string | undefined
}) {
  const placed = useMemo(() => plan && placeGraph(plan), [plan])
  if (!plan || !placed) return <div class="graph graph-empty">Reading the plan …</div>
  const operators = new Map(status?.operators.map(o => [o.id, o]))
  const nodes = new Map(plan.nodes.map(n => [n.id, n]))
  return (
    <div class="graph">
      {/* biome-ignore lint/a11y/useSemanticElements: a drawing is no group of form fields */}
      <svg
        width={placed.width}
        height={placed.height}
        viewBox={`0 0 ${placed.width} ${placed.height}`}
        role="group"
        aria-label="Pipeline graph"
      >
        <defs>
          <marker
            id="arrow"
            viewBox="0 0 8 8"
            refX="7"
            refY="4"
            markerWidth="7"
            markerHeight="7"
            orient="auto"
          >
            <path d="M0,1 L7,4 L0,7" class="arrow" />
          </marker>
        </defs>
        {placed.edges.map(edge => (
          <path
            key={`${edge.from} ${edge.to}`}
            d={edge.path}
            class={`edge${edge.isExchange ? ' edge-exchange' : ''}`}
            marker-end="url(#arrow)"
          >
            <title>{`${edge.changelog}${edge.isExchange ? ', exchanged between threads' : ''}`}</title>
          </path>
        ))}
        {placed.nodes.map(({ id, x, y }) => (
          <g key={id} transform={`translate(${x},${y})`}>
            <a
              href={hrefOf('overview', id)}
              aria-label={`${nodes.get(id)?.name}, ${nodes.get(id)?.kind}`}
              aria-current={id === chosen ? 'true' : undefined}
            >
              <GraphNode node={nodes.get(id) as PlanNode} status={operators.get(id)} />
            </a>
          </g>
        ))}
      </svg>
      {plan.warnings.length > 0 ? (
        <ul class="warnings">
          {plan.warnings.map(warning => (
            <li key={warning}>{warning}</li>
          ))}
        </ul>
      ) : null}
    </div>
  )
}

function GraphNode({ node, status }: { node: PlanNode; status: OperatorStatus | undefined }) {
  const rate =
    node.kind === 'sink'
      ? `${shortNumber(status?.recordsInPerSecond ?? 0)}/s in`
      : node.kind === 'source'
        ? `${shortNumber(status?.recordsOutPerSecond ?? 0)}/s`
        : `${shortNumber(status?.recordsInPerSecond ?? 0)} → ${shortNumber(status?.recordsOutPerSecond ?? 0)}/s`
  const troubles = [
    status?.late ? `${shortNumber(status.late)} late` : '',
    status?.errors ? `${shortNumber(status.errors)} errors` : '',
  ].filter(text => text !== '')
  const state = status?.stateBytes ? shortBytes(status.stateBytes) : ''
  const busy = status?.busyShare ?? 0
  const held = Math.min(status?.backpressuredShare ?? 0, 1 - busy)
  const tooltip = [`${node.name} (${node.kind})`, ...node.details].join('\n')
  return (
    <g class={`node node-${node.kind}`}>
      <title>{tooltip}</title>
      <rect width={NODE_WIDTH} height={NODE_HEIGHT} rx={5} class="node-box" />
      <rect width={3} height={NODE_HEIGHT - 10} x={0} y={5} class="node-kind" />
      <text x={12} y={18} class="node-name">
        {cut(node.name, 25)}
      </text>
      <text x={12} y={33} class="node-detail">
        {cut(node.details[0] ?? node.kind, 33)}
      </text>
      <text x={12} y={49} class="node-rate">
        {rate}
      </text>
      <text x={NODE_WIDTH - 10} y={49} text-anchor="end" class="node-state">
        {state}
      </text>
      <text x={12} y={63} class="node-detail">
        {eventTime(status?.watermarkMs)}
      </text>
      <text x={NODE_WIDTH - 10} y={63} text-anchor="end" class="node-trouble">
        {troubles.join(', ')}
      </text>
      <rect x={12} y={NODE_HEIGHT - 7} width={NODE_WIDTH - 22} height={2.5} class="busy-track" />
      <rect
        x={12}
        y={NODE_HEIGHT - 7}
        width={(NODE_WIDTH - 22) * busy}
        height={2.5}
        class={busy > 0.9 ? 'busy busy-full' : 'busy'}
      >
        <title>{`busy ${Math.round(busy * 100)} %`}</title>
      </rect>
      <rect
        x={12 + (NODE_WIDTH - 22) * busy}
        y={NODE_HEIGHT - 7}
        width={(NODE_WIDTH - 22) * held}
        height={2.5}
        class="held"
      >
        <title>{`backpressured ${Math.round(held * 100)} %`}</title>
      </rect>
    </g>
  )
}

const cut = (text: string, length: number): string =>
  text.length <= length ? text : `${text.slice(0, length - 1)}…`

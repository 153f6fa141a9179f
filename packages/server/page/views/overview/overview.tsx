// The pipeline with its figures, and the charts of the last minutes.

import './overview.css'
import { Panel } from '../../parts/panel.tsx'
import type { ViewProps } from '../index.ts'
import { Charts } from './charts.tsx'
import { OperatorPanel } from './operator-panel.tsx'
import { OperatorsTable } from './operators-table.tsx'
import { PipelineGraph } from './pipeline-graph.tsx'

export function Overview({ job, path }: ViewProps) {
  const chosen = job.plan?.nodes.find(n => n.id === path[0])
  return (
    <>
      <div class={chosen ? 'pipeline has-chosen' : 'pipeline'}>
        <Panel title="Pipeline">
          <PipelineGraph plan={job.plan} status={job.status} chosen={chosen?.id} />
          <OperatorsTable status={job.status} />
        </Panel>
        {chosen ? <OperatorPanel node={chosen} status={job.status} /> : null}
      </div>
      <Charts history={job.history} />
    </>
  )
}

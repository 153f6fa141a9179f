// The pipeline with its figures, and the charts of the last minutes.

import './overview.css'
import { Panel } from '../../parts/panel.tsx'
import type { ViewProps } from '../index.ts'
import { Charts } from './charts.tsx'
import { OperatorsTable } from './operators-table.tsx'
import { PipelineGraph } from './pipeline-graph.tsx'

export function Overview({ job }: ViewProps) {
  return (
    <>
      <Panel title="Pipeline">
        <PipelineGraph plan={job.plan} status={job.status} />
        <OperatorsTable status={job.status} />
      </Panel>
      <Charts history={job.history} />
    </>
  )
}

// The tables that the job keeps.

import { Panel } from '../../parts/panel.tsx'
import type { ViewProps } from '../index.ts'
import { LiveTables } from './live-tables.tsx'

export function Tables({ job }: ViewProps) {
  return (
    <Panel title="Tables">
      <LiveTables tables={job.tables} />
    </Panel>
  )
}

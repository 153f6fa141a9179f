// Where records come from and where they go.

import { Panel } from '../../parts/panel.tsx'
import type { ViewProps } from '../index.ts'
import { SinksTable, SourcesTable } from './endpoints-table.tsx'
import { hasSplits, SplitsTable } from './splits-table.tsx'

export function Endpoints({ job: { status } }: ViewProps) {
  return (
    <>
      <Panel title="Sources">
        <SourcesTable status={status} />
      </Panel>
      {hasSplits(status) ? (
        <Panel title="Splits">
          <SplitsTable status={status} />
        </Panel>
      ) : null}
      <Panel title="Sinks">
        <SinksTable status={status} />
      </Panel>
    </>
  )
}

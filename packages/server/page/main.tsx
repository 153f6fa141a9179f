// The page of a job, from top to bottom: figures, pipeline, charts, tables, sources and sinks, dead letters.

import { type ComponentChildren, render } from 'preact'
import { Charts } from './charts.tsx'
import { DeadLetters } from './dead-letters.tsx'
import { SinksTable, SourcesTable } from './endpoints-table.tsx'
import { useLiveJob } from './live-job.ts'
import { LiveTables } from './live-tables.tsx'
import { OperatorsTable } from './operators-table.tsx'
import { PipelineGraph } from './pipeline-graph.tsx'
import { hasSplits, SplitsTable } from './splits-table.tsx'
import { StatusBar } from './status-bar.tsx'

function Page() {
  const job = useLiveJob()
  return (
    <>
      <StatusBar job={job} />
      <main class={job.connection === 'live' ? '' : 'is-stale'}>
        <Panel title="Pipeline">
          <PipelineGraph plan={job.plan} status={job.status} />
          <OperatorsTable status={job.status} />
        </Panel>
        <Charts history={job.history} />
        <Panel title="Tables">
          <LiveTables tables={job.tables} />
        </Panel>
        <div class="columns">
          <Panel title="Sources">
            <SourcesTable status={job.status} />
          </Panel>
          <Panel title="Sinks">
            <SinksTable status={job.status} />
          </Panel>
        </div>
        {hasSplits(job.status) ? (
          <Panel title="Splits">
            <SplitsTable status={job.status} />
          </Panel>
        ) : null}
        <Panel title="Dead letters">
          <DeadLetters />
        </Panel>
      </main>
      <footer>
        <a href="metrics">metrics</a> · <a href="api/status">status</a> ·{' '}
        <a href="api/plan">plan</a>
      </footer>
    </>
  )
}

function Panel({ title, children }: { title: string; children: ComponentChildren }) {
  return (
    <section class="panel" aria-label={title}>
      <h2>{title}</h2>
      {children}
    </section>
  )
}

render(<Page />, document.getElementById('page') as HTMLElement)

// Sources with what was read, sinks with what they guarantee.

import type { JobStatus } from '@millrace/server'
import { type Column, figures, ItemTable } from '../../parts/item-table.tsx'
import { eventTime, grouped, shortDuration, shortNumber } from '../../parts/number-format.ts'

type SourceStatus = JobStatus['sources'][number]
type SinkStatus = JobStatus['sinks'][number]

const SOURCE_COLUMNS: readonly Column<SourceStatus>[] = [
  { head: 'source', cell: s => s.name },
  { head: 'state', cell: s => s.state },
  figures('records/s', s => shortNumber(s.recordsPerSecond)),
  figures('records', s => grouped(s.recordsTotal)),
  figures('dead letters', s => grouped(s.deadLettered)),
  figures('behind', s => (s.lagRecords === undefined ? '–' : grouped(s.lagRecords))),
  figures('behind by', s => shortDuration(s.lagMs ?? Number.NaN)),
  { head: 'watermark (UTC)', cell: s => eventTime(s.watermarkMs) },
]

const SINK_COLUMNS: readonly Column<SinkStatus>[] = [
  { head: 'sink', cell: s => s.name },
  { head: 'guarantee', cell: s => s.guarantee },
  figures('records/s', s => shortNumber(s.recordsPerSecond)),
  figures('records', s => grouped(s.recordsTotal)),
  figures('visible epoch', s => grouped(s.appliedEpoch)),
]

export function SourcesTable({ status }: { status: JobStatus | undefined }) {
  return (
    <div class="scroll">
      <ItemTable columns={SOURCE_COLUMNS} items={status?.sources} />
    </div>
  )
}

export function SinksTable({ status }: { status: JobStatus | undefined }) {
  return (
    <div class="scroll">
      <ItemTable columns={SINK_COLUMNS} items={status?.sinks} />
    </div>
  )
}

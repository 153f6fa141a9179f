// The graph's figures as a table: complete, sortable by eye, and readable without the picture.

import type { JobStatus } from '@millrace/server'
import { type Column, figures, ItemTable } from '../../parts/item-table.tsx'
import { eventTime, grouped, shortBytes, shortNumber } from '../../parts/number-format.ts'

type OperatorStatus = JobStatus['operators'][number]

const COLUMNS: readonly Column<OperatorStatus>[] = [
  { head: 'operator', cell: o => o.name },
  { head: 'kind', cell: o => o.kind },
  { head: 'watermark (UTC)', cell: o => eventTime(o.watermarkMs) },
  figures('in/s', o => shortNumber(o.recordsInPerSecond)),
  figures('out/s', o => shortNumber(o.recordsOutPerSecond)),
  figures('in', o => grouped(o.recordsIn)),
  figures('out', o => grouped(o.recordsOut)),
  figures('state entries', o => grouped(o.stateEntries)),
  figures('state size', o => shortBytes(o.stateBytes)),
  figures('late', o => grouped(o.late)),
  figures('errors', o => grouped(o.errors)),
  figures('busy', o => `${Math.round(o.busyShare * 100)} %`),
  figures('backpressured', o => `${Math.round(o.backpressuredShare * 100)} %`),
]

export function OperatorsTable({ status }: { status: JobStatus | undefined }) {
  return (
    <details class="operators">
      <summary>All figures as a table</summary>
      <div class="scroll">
        <ItemTable columns={COLUMNS} items={status?.operators} />
      </div>
    </details>
  )
}

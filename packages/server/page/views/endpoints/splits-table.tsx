// Of sources that can tell: how far each of their splits is behind.

import type { JobStatus } from '@millrace/server'
import { type Column, figures, ItemTable } from '../../parts/item-table.tsx'
import { grouped, shortDuration } from '../../parts/number-format.ts'

type SplitStatus = NonNullable<JobStatus['sources'][number]['splits']>[number]

/** As many fit without scrolling: those that are furthest behind. */
const SHOWN = 12

const COLUMNS: readonly Column<SplitStatus & { readonly id: string }>[] = [
  { head: 'split', cell: s => s.split },
  figures('position', s => grouped(s.position)),
  figures('end', s => grouped(s.end)),
  figures('behind', s => grouped(s.lagRecords)),
  figures('behind by', s => shortDuration(s.lagMs ?? Number.NaN)),
  figures('held back', s => grouped(s.heldRecords)),
  figures('held for', s => (s.heldRecords === 0 ? '–' : shortDuration(s.heldMs))),
]

/** Whether any source can tell. */
export const hasSplits = (status: JobStatus | undefined): boolean =>
  status?.sources.some(s => s.splits !== undefined) ?? false

export function SplitsTable({ status }: { status: JobStatus | undefined }) {
  const all = (status?.sources ?? []).flatMap(source =>
    (source.splits ?? []).map(split => ({ ...split, id: `${source.id}/${split.split}` })),
  )
  const furthest = all.toSorted((a, b) => (b.lagMs ?? 0) - (a.lagMs ?? 0)).slice(0, SHOWN)
  // Rows stay where they are while figures change.
  const items = furthest.toSorted((a, b) => (a.id < b.id ? -1 : 1))
  return (
    <div class="scroll">
      <ItemTable columns={COLUMNS} items={items} />
      {all.length > SHOWN ? (
        <p class="note">
          The {SHOWN} of {grouped(all.length)} splits that are furthest behind.
        </p>
      ) : null}
    </div>
  )
}

// Records that could not be processed: why, where they came from, and what they said.

import type { DeadLetter } from '@millrace/server'
import { eventTime, grouped } from '../../parts/number-format.ts'
import { type Column, ItemTable } from '../../parts/item-table.tsx'
import { Panel } from '../../parts/panel.tsx'
import { usePolled } from '../../api/polled.ts'

interface Answer {
  readonly total: number
  readonly deadLetters: readonly DeadLetter[]
}

const COLUMNS: readonly Column<DeadLetter>[] = [
  { head: 'at (UTC)', cell: l => eventTime(l.atMs) },
  { head: 'source', cell: l => l.source },
  { head: 'position', cell: l => l.position },
  { head: 'reason', cell: l => l.reason },
  { head: 'record', cell: l => l.text, kind: 'code' },
]

export function DeadLetters() {
  return (
    <Panel title="Dead letters">
      <LettersTable />
    </Panel>
  )
}

function LettersTable() {
  const { data, error } = usePolled<Answer>('api/dead-letters?limit=50', 2_000)
  if (data?.deadLetters.length === 0) return <p class="empty">None.</p>
  return (
    <>
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: a region that scrolls is reached by keyboard */}
      <section class="scroll" tabIndex={0} aria-label="Dead letters">
        <ItemTable columns={COLUMNS} items={data?.deadLetters} />
      </section>
      <p class="note">{error ?? (data ? `${grouped(data.total)} in all` : 'Reading …')}</p>
    </>
  )
}

// How the job is set up, group by group.

import type { ConfigurationGroup } from '@millrace/server'
import { usePolled } from '../../api/polled.ts'
import { type Column, ItemTable } from '../../parts/item-table.tsx'
import { Panel } from '../../parts/panel.tsx'

type Setting = ConfigurationGroup['settings'][number] & { readonly id: string }

const COLUMNS: readonly Column<Setting>[] = [
  { head: 'setting', cell: s => s.name },
  { head: 'value', cell: s => s.value, kind: 'code' },
]

/** It changes only with the job. */
const READ_MS = 10_000

export function Configuration() {
  const { data, error } = usePolled<{ groups: ConfigurationGroup[] }>('api/configuration', READ_MS)
  if (!data) return <p class="panel note">{error ?? 'Reading …'}</p>
  return (
    <div class="columns">
      {data.groups.map(({ name, settings }) => (
        <Panel key={name} title={name}>
          <ItemTable columns={COLUMNS} items={settings.map(s => ({ ...s, id: s.name }))} />
        </Panel>
      ))}
      {data.groups.length === 0 ? <p class="empty">Nothing is known of this job.</p> : null}
    </div>
  )
}

// The job's tables, one at a time, read again every second.

import { useState } from 'preact/hooks'
import type { Cell, TableContents } from '@millrace/server'
import { grouped } from '../../parts/number-format.ts'
import { usePolled } from '../../api/polled.ts'

const ROWS = 100

export function LiveTables({ tables }: { tables: readonly string[] }) {
  const [chosen, choose] = useState<string>()
  const name = chosen !== undefined && tables.includes(chosen) ? chosen : tables[0]
  if (name === undefined) return <p class="empty">This job keeps no table that can be read.</p>
  return (
    <div>
      <div class="tabs" role="tablist" aria-label="Tables">
        {tables.map(table => (
          <button
            key={table}
            type="button"
            role="tab"
            aria-selected={table === name}
            aria-controls="table-panel"
            onClick={() => choose(table)}
          >
            {table}
          </button>
        ))}
      </div>
      <div id="table-panel" role="tabpanel" aria-label={name}>
        <Contents key={name} name={name} />
      </div>
    </div>
  )
}

function Contents({ name }: { name: string }) {
  const path = `api/tables/${encodeURIComponent(name)}?limit=${ROWS}`
  const { data, error } = usePolled<TableContents>(path, 1_000)
  const columns = data?.columns ?? []
  const isNumeric = columns.map(c => NUMERIC.test(c.type))
  return (
    <>
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: a region that scrolls is reached by keyboard */}
      <section class="scroll" tabIndex={0} aria-label={`Rows of ${name}`}>
        <table>
          <thead>
            <tr>
              {columns.map((column, i) => (
                <th key={column.name} scope="col" class={isNumeric[i] ? 'is-number' : ''}>
                  {column.name} <small>{column.type}</small>
                </th>
              ))}
            </tr>
          </thead>
          <tbody>
            {data?.rows.map((row, r) => (
              <tr key={r}>
                {row.map((cell, i) => (
                  <td key={columns[i]?.name} class={cellClass(cell, isNumeric[i] === true)}>
                    {cellText(cell)}
                  </td>
                ))}
              </tr>
            ))}
          </tbody>
        </table>
      </section>
      <p class="note">{error ?? summary(data)}</p>
    </>
  )
}

const NUMERIC = /^(TINYINT|SMALLINT|INT|BIGINT|FLOAT|DOUBLE|DECIMAL)/

function cellClass(cell: Cell, isNumeric: boolean): string {
  return `${cell === null ? 'is-null ' : ''}${isNumeric ? 'is-number' : ''}`
}

function cellText(cell: Cell): string {
  if (cell === null) return 'NULL'
  return typeof cell === 'object' ? JSON.stringify(cell) : String(cell)
}

function summary(data: TableContents | undefined): string {
  if (!data) return 'Reading …'
  const shown = data.rows.length
  if (data.rowCount === undefined || data.rowCount === shown) return `${grouped(shown)} rows`
  return `${grouped(shown)} of ${grouped(data.rowCount)} rows`
}

// Results as a table: of many rows only those in sight are in the page.

import { useEffect, useRef, useState } from 'preact/hooks'
import type { ResultColumn } from '../../api/console.ts'
import { cellText } from './csv.ts'
import type { ResultRow } from './result-rows.ts'

const ROW_PX = 24
/** Above and below what is in sight. */
const SPARE_ROWS = 10

interface ResultsTableProps {
  readonly columns: readonly ResultColumn[]
  readonly rows: readonly ResultRow[]
  /** A column in front tells the kind of each change. */
  readonly isChangelog: boolean
  /** Rows of this batch are new. */
  readonly version: number
}

export function ResultsTable({ columns, rows, isChangelog, version }: ResultsTableProps) {
  const place = useRef<HTMLElement>(null)
  const [top, setTop] = useState(0)
  const [height, setHeight] = useState(400)
  useEffect(() => {
    const element = place.current as HTMLElement
    const resize = new ResizeObserver(() => setHeight(element.clientHeight))
    resize.observe(element)
    return () => resize.disconnect()
  }, [])
  const first = Math.max(0, Math.floor(top / ROW_PX) - SPARE_ROWS)
  const last = Math.min(rows.length, Math.ceil((top + height) / ROW_PX) + SPARE_ROWS)
  const isNumeric = columns.map(c => NUMERIC.test(c.type))
  const width = columns.length + (isChangelog ? 1 : 0)
  return (
    <section
      ref={place}
      class="scroll results"
      // biome-ignore lint/a11y/noNoninteractiveTabindex: a region that scrolls is reached by keyboard
      tabIndex={0}
      aria-label="Rows of the result"
      onScroll={event => setTop(event.currentTarget.scrollTop)}
    >
      <table aria-rowcount={rows.length + 1}>
        <thead>
          <tr aria-rowindex={1}>
            {isChangelog ? <th scope="col">op</th> : null}
            {columns.map((column, i) => (
              <th key={i} scope="col" class={isNumeric[i] ? 'is-number' : ''}>
                {column.name} <small>{column.type}</small>
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          <Spacer rows={first} width={width} />
          {rows.slice(first, last).map((row, i) => (
            <tr
              key={row.id}
              aria-rowindex={first + i + 2}
              class={row.version === version && version > 1 ? 'is-new' : ''}
            >
              {isChangelog ? <td class={KIND_CLASSES[row.kind]}>{row.kind}</td> : null}
              {row.cells.map((cell, c) => (
                <td
                  key={c}
                  class={`${cell === null ? 'is-null ' : ''}${isNumeric[c] ? 'is-number' : ''}`}
                >
                  {cellText(cell)}
                </td>
              ))}
            </tr>
          ))}
          <Spacer rows={rows.length - last} width={width} />
        </tbody>
      </table>
    </section>
  )
}

function Spacer({ rows, width }: { rows: number; width: number }) {
  return rows > 0 ? (
    <tr class="spacer">
      <td colSpan={width} style={{ height: `${rows * ROW_PX}px` }} />
    </tr>
  ) : null
}

const NUMERIC = /^(TINYINT|SMALLINT|INT|BIGINT|FLOAT|DOUBLE|DECIMAL)/
const KIND_CLASSES = { '+I': 'op', '+U': 'op', '-U': 'op is-away', '-D': 'op is-away' } as const

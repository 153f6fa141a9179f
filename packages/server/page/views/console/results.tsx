// What a query has brought: how far it is, its error, and its rows as a table or a chart.

import { useMemo, useState } from 'preact/hooks'
import { grouped, shortBytes, shortDuration } from '../../parts/number-format.ts'
import { csvOf } from './csv.ts'
import { ResultsChart } from './results-chart.tsx'
import { ResultsTable } from './results-table.tsx'
import type { QueryState } from './use-query.ts'

type Shape = 'rows' | 'changes' | 'chart'

const SHAPES: readonly (readonly [Shape, string])[] = [
  ['rows', 'Rows'],
  ['changes', 'Changes'],
  ['chart', 'Chart'],
]

export function Results({ state }: { state: QueryState }) {
  const [shape, setShape] = useState<Shape>('rows')
  const { columns, results, version, problem } = state
  const rows = useMemo(
    () => (shape === 'changes' ? results.changes : results.rows),
    [results, version, shape],
  )
  return (
    <>
      <div class="console-bar">
        <div class="tabs" role="tablist" aria-label="Results as">
          {SHAPES.map(([id, title]) => (
            <button
              key={id}
              type="button"
              role="tab"
              aria-selected={shape === id}
              aria-controls="results-panel"
              onClick={() => setShape(id)}
            >
              {title}
            </button>
          ))}
        </div>
        <span class="console-status">{statusOf(state, results.rows.length)}</span>
        {/* Said when it changes; the figures of a query that runs would never stop. */}
        <span class="visually-hidden" role="status">
          {state.phase === 'running' ? 'Running' : statusOf(state, results.rows.length)}
        </span>
        <CsvButtons csv={() => csvOf(columns, rows)} isThere={columns.length > 0} />
      </div>
      {problem ? (
        <p class="console-problem" role="alert">
          {problem.line === undefined ? '' : `${problem.line}:${problem.column} `}
          {problem.message}
          {problem.proposal ? <span class="proposal"> {problem.proposal}</span> : null}
        </p>
      ) : null}
      {state.notices.map(notice => (
        <p key={notice} class="note">
          {notice}
        </p>
      ))}
      <div id="results-panel" role="tabpanel" aria-label="Results">
        {shape === 'chart' ? (
          <ResultsChart columns={columns} rows={rows} />
        ) : (
          <ResultsTable
            columns={columns}
            rows={rows}
            isChangelog={shape === 'changes'}
            version={version}
          />
        )}
      </div>
    </>
  )
}

function CsvButtons({ csv, isThere }: { csv: () => string; isThere: boolean }) {
  const [copied, setCopied] = useState(false)
  const copy = async () => {
    await navigator.clipboard.writeText(csv())
    setCopied(true)
    setTimeout(() => setCopied(false), 1_500)
  }
  const download = () => {
    const url = URL.createObjectURL(new Blob([csv()], { type: 'text/csv;charset=utf-8' }))
    const link = document.createElement('a')
    link.href = url
    link.download = 'result.csv'
    link.click()
    URL.revokeObjectURL(url)
  }
  return (
    <span class="csv">
      <button type="button" disabled={!isThere} onClick={copy}>
        {copied ? 'Copied' : 'Copy CSV'}
      </button>
      <button type="button" disabled={!isThere} onClick={download}>
        Download CSV
      </button>
    </span>
  )
}

const REASONS = {
  finished: 'Finished',
  rows: 'Ended: it has sent as many changes as it may',
  bytes: 'Ended: it has sent as many bytes as it may',
  time: 'Ended: its time was over',
  closed: 'Ended',
} as const

function statusOf({ phase, end, progress }: QueryState, rows: number): string {
  const count = `${grouped(rows)} ${rows === 1 ? 'row' : 'rows'}`
  if (phase === 'none') return 'Ctrl+Enter runs the text.'
  if (phase === 'failed') return `Failed; ${count}`
  if (phase === 'cancelled') return `Cancelled; ${count}`
  if (phase === 'ended' && end)
    return `${REASONS[end.reason]}: ${count} in ${shortDuration(end.elapsedMs)}`
  if (!progress) return `Running … ${count}`
  const { recordsRead, stateBytes, elapsedMs } = progress
  return `Running … ${count}, ${grouped(recordsRead)} records read, ${shortBytes(stateBytes)} of state, ${shortDuration(elapsedMs)}`
}

// The SQL console: an editor, the tables that it can name, and the results.

import { useEffect, useRef, useState } from 'preact/hooks'
import type { AdHocTable, ConsoleInfo, Mode } from '../../api/console.ts'
import { readJson } from '../../api/live-job.ts'
import { Panel } from '../../parts/panel.tsx'
import type { ViewProps } from '../index.ts'
import type { SqlEditor } from './editor.ts'
import { readHistory, remember } from './query-history.ts'
import { Results } from './results.tsx'
import { SqlEditorPlace } from './sql-editor.tsx'
import { TablesList } from './tables-list.tsx'
import { useQuery } from './use-query.ts'
import './console.css'

export function Console({ job }: ViewProps) {
  const [info, setInfo] = useState<ConsoleInfo>()
  const [mode, setMode] = useState<Mode>('streaming')
  const [history, setHistory] = useState(readHistory)
  const editor = useRef<SqlEditor>(undefined)
  const tables = useRef(info?.tables)
  tables.current = info?.tables
  const { state, run, cancel } = useQuery()
  const { problem } = state
  const startedAtMs = job.status?.startedAtMs
  useEffect(() => {
    readJson<ConsoleInfo>('api/console').then(setInfo, () => {})
  }, [startedAtMs])
  useEffect(() => {
    const { current } = editor
    if (current?.text() === '') current.setText(firstQuery(info?.tables))
  }, [info])
  useEffect(() => {
    if (problem?.start !== undefined) editor.current?.mark(problem)
  }, [problem])
  if (info && !info.isAvailable)
    return <p class="panel empty">This job runs in another process: it cannot be queried here.</p>
  const runText = () => {
    const text = editor.current?.text() ?? ''
    if (text.trim() === '') return
    setHistory(remember(history, text))
    run(text, mode)
  }
  const isRunning = state.phase === 'running'
  return (
    <div class="console">
      <Panel title="Tables of queries">
        <TablesList tables={info?.tables} onInsert={text => editor.current?.insert(text)} />
      </Panel>
      <div class="console-main">
        <Panel title="Query">
          <SqlEditorPlace
            text={history[0] ?? ''}
            onRun={runText}
            onReady={made => {
              editor.current = made
              if (made.text() === '') made.setText(firstQuery(tables.current))
            }}
          />
          <div class="console-bar">
            <button type="button" class="run" onClick={runText} title="Ctrl+Enter">
              Run
            </button>
            <button type="button" disabled={!isRunning} onClick={cancel}>
              Cancel
            </button>
            <ModeSwitch mode={mode} onChange={setMode} />
            <label class="history">
              <span class="visually-hidden">History</span>
              <select
                value=""
                disabled={history.length === 0}
                onChange={event => {
                  editor.current?.setText(history[Number(event.currentTarget.value)] ?? '')
                  event.currentTarget.value = ''
                  editor.current?.focus()
                }}
              >
                <option value="">History</option>
                {history.map((text, i) => (
                  <option key={text} value={i}>
                    {text.replace(/\s+/g, ' ').slice(0, 90)}
                  </option>
                ))}
              </select>
            </label>
          </div>
        </Panel>
        <Panel title="Result">
          <Results state={state} />
        </Panel>
      </div>
    </div>
  )
}

function ModeSwitch({ mode, onChange }: { mode: Mode; onChange: (mode: Mode) => void }) {
  return (
    <fieldset class="mode">
      <legend class="visually-hidden">Mode</legend>
      {(['streaming', 'batch'] as const).map(value => (
        <label key={value}>
          <input
            type="radio"
            name="mode"
            checked={mode === value}
            onChange={() => onChange(value)}
          />{' '}
          {value}
        </label>
      ))}
    </fieldset>
  )
}

const firstQuery = (tables: readonly AdHocTable[] | undefined): string => {
  const table = tables?.find(t => t.kind === 'live') ?? tables?.find(t => t.kind !== 'unreadable')
  return table ? `SELECT * FROM ${table.text}` : ''
}

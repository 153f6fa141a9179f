// A query of the console while it runs, and what it has brought; drawn a few times a second.

import { useEffect, useRef, useState } from 'preact/hooks'
import {
  type Mode,
  type QueryEnd,
  QueryError,
  type QueryProblem,
  type QueryProgress,
  type ResultColumn,
  runQuery,
} from '../../api/console.ts'
import { ResultRows } from './result-rows.ts'

export interface QueryState {
  readonly phase: 'none' | 'running' | 'ended' | 'cancelled' | 'failed'
  readonly columns: readonly ResultColumn[]
  readonly notices: readonly string[]
  readonly results: ResultRows
  /** Of the rows that are drawn: another number is another picture. */
  readonly version: number
  readonly progress?: QueryProgress
  readonly end?: QueryEnd
  readonly problem?: QueryProblem
}

const DRAW_EVERY_MS = 150

const nothing = (): QueryState => ({
  phase: 'none',
  columns: [],
  notices: [],
  results: new ResultRows(),
  version: 0,
})

export interface Query {
  readonly state: QueryState
  run(text: string, mode: Mode): void
  cancel(): void
}

export function useQuery(): Query {
  const [state, setState] = useState(nothing)
  const current = useRef<AbortController>(undefined)
  // Leaving the view ends its query, as closing the tab does.
  useEffect(() => () => current.current?.abort(), [])
  const cancel = () => current.current?.abort()
  const run = async (text: string, mode: Mode) => {
    cancel()
    const stop = new AbortController()
    current.current = stop
    let next: QueryState = { ...nothing(), phase: 'running' }
    const draw = () => {
      if (current.current === stop) setState({ ...next, version: next.results.version })
    }
    draw()
    const timer = setInterval(draw, DRAW_EVERY_MS)
    try {
      for await (const line of runQuery(text, mode, stop.signal)) {
        const { rows, columns, notices, progress, end, error } = line
        if (rows) next.results.add(rows)
        if (columns) next = { ...next, columns, notices: notices ?? [] }
        if (progress) next = { ...next, progress }
        if (end) next = { ...next, end, phase: 'ended' }
        if (error) next = { ...next, problem: error, phase: 'failed' }
      }
      if (next.phase === 'running') throw new Error('The connection to the program was lost.')
    } catch (error) {
      if (stop.signal.aborted) next = { ...next, phase: 'cancelled' }
      else next = { ...next, phase: 'failed', problem: problemOf(error) }
    } finally {
      clearInterval(timer)
      draw()
    }
  }
  return { state, run, cancel }
}

function problemOf(error: unknown): QueryProblem {
  if (error instanceof QueryError) return error.problem
  return { message: error instanceof Error ? error.message : String(error) }
}

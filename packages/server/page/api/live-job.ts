// The page's connection to its server: the plan once, the status live, and whether what is shown is current.

import { useEffect, useRef, useState } from 'preact/hooks'
import type { Board, JobStatus, PlanGraph, StatusSample } from '@millrace/server'

export type NamedStatus = JobStatus & { readonly name?: string }

/** `stale`: connected or not, nothing has come for seconds; figures are old. */
export type Connection = 'connecting' | 'live' | 'stale'

export interface LiveJob {
  readonly name: string
  readonly status: JobStatus | undefined
  readonly plan: PlanGraph | undefined
  readonly history: readonly StatusSample[]
  readonly tables: readonly string[]
  readonly board: Board | undefined
  readonly connection: Connection
  /** When the last message came, by this machine's clock. */
  readonly heardAtMs: number
}

// The server sends a sample every second.
const STALE_AFTER_MS = 3_500
const KEPT_SAMPLES = 600

/** Reads JSON of the API; throws with the server's own message. */
export async function readJson<T>(path: string, signal?: AbortSignal): Promise<T> {
  const response = await fetch(path, signal ? { signal } : {})
  const body = (await response.json()) as T & { error?: string }
  if (!response.ok) throw new Error(body.error ?? response.statusText)
  return body
}

const NOTHING: LiveJob = {
  name: '',
  status: undefined,
  plan: undefined,
  history: [],
  tables: [],
  board: undefined,
  connection: 'connecting',
  heardAtMs: 0,
}

export function useLiveJob(): LiveJob {
  const [job, setJob] = useState(NOTHING)
  const heardAt = useRef(0)
  useEffect(() => {
    const update = (change: Partial<LiveJob>) => setJob(before => ({ ...before, ...change }))
    const hear = (change: (before: LiveJob) => Partial<LiveJob>) => {
      heardAt.current = Date.now()
      const live = { connection: 'live' as const, heardAtMs: heardAt.current }
      setJob(before => ({ ...before, ...live, ...change(before) }))
    }
    // Read anew at each connection: it may be to another run of the job.
    const readAll = async () => {
      const [status, plan, history, tables, { board }] = await Promise.all([
        readJson<NamedStatus>('api/status'),
        readJson<PlanGraph>('api/plan'),
        readJson<{ samples: StatusSample[] }>('api/history'),
        readJson<{ tables: string[] }>('api/tables'),
        readJson<{ board: Board | null }>('api/board'),
      ])
      const { name = '' } = status
      update({
        name,
        plan,
        history: history.samples,
        tables: tables.tables,
        board: board ?? undefined,
      })
    }
    const events = new EventSource('api/events')
    events.onopen = () => {
      readAll().catch(() => update({ connection: 'stale' }))
    }
    events.onerror = () => update({ connection: heardAt.current === 0 ? 'connecting' : 'stale' })
    let startedAtMs: number | undefined
    events.addEventListener('status', event => {
      const status = JSON.parse(event.data) as JobStatus
      // Another job of the same process has taken over.
      if (startedAtMs !== undefined && status.startedAtMs !== startedAtMs) readAll().catch(() => {})
      startedAtMs = status.startedAtMs
      hear(() => ({ status }))
    })
    events.addEventListener('sample', event => {
      const sample = JSON.parse(event.data) as StatusSample
      hear(({ history }) => ({ history: [...history.slice(1 - KEPT_SAMPLES), sample] }))
    })
    const watch = setInterval(() => {
      if (heardAt.current > 0 && Date.now() - heardAt.current > STALE_AFTER_MS) {
        update({ connection: 'stale' })
      }
    }, 1_000)
    return () => {
      clearInterval(watch)
      events.close()
    }
  }, [])
  return job
}

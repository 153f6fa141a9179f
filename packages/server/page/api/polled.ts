// Reads a path of the API again and again while a part of the page shows it.

import { useEffect, useState } from 'preact/hooks'
import { readJson } from './live-job.ts'

export interface Polled<T> {
  readonly data: T | undefined
  readonly error: string | undefined
}

/** The newest answer for `path`; while a newer one is read, or reading fails, the last stays. */
export function usePolled<T>(path: string, everyMs: number): Polled<T> {
  const [state, setState] = useState<Polled<T> & { path: string }>({
    path,
    data: undefined,
    error: undefined,
  })
  useEffect(() => {
    const stop = new AbortController()
    let timer: number | undefined
    const read = async () => {
      try {
        if (!document.hidden) {
          const data = await readJson<T>(path, stop.signal)
          setState({ path, data, error: undefined })
        }
      } catch (error) {
        if (stop.signal.aborted) return
        const message = error instanceof Error ? error.message : String(error)
        setState(before => ({
          path,
          data: before.path === path ? before.data : undefined,
          error: message,
        }))
      }
      if (!stop.signal.aborted) timer = setTimeout(read, everyMs)
    }
    read()
    return () => {
      stop.abort()
      clearTimeout(timer)
    }
  }, [path, everyMs])
  return state.path === path ? state : { data: undefined, error: undefined }
}

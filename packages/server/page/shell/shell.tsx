// What stays while views change: the job's figures, the navigation, and where the page's data come from.

import type { ComponentType } from 'preact'
import { useEffect, useRef, useState } from 'preact/hooks'
import { type LiveJob, useLiveJob } from '../api/live-job.ts'
import { grouped } from '../parts/number-format.ts'
import { VIEWS, type View, type ViewProps } from '../views/index.ts'
import { hrefOf, useRoute } from './route.ts'
import { StatusBar } from './status-bar.tsx'

export function Shell() {
  const job = useLiveJob()
  const route = useRoute()
  const view = VIEWS.find(v => v.id === route.view) ?? VIEWS[0]
  const isFirst = view === VIEWS[0]
  useEffect(() => {
    document.title = [
      ...(isFirst ? [] : [view.title]),
      ...(job.name ? [job.name] : []),
      'Millrace',
    ].join(' · ')
  }, [view, isFirst, job.name])
  return (
    <>
      <StatusBar job={job} />
      <Navigation job={job} current={view} />
      <Outlet view={view} job={job} path={route.path} />
      <footer>
        <a href="metrics">metrics</a> · <a href="api/status">status</a> ·{' '}
        <a href="api/plan">plan</a>
      </footer>
    </>
  )
}

function Navigation({ job, current }: { job: LiveJob; current: View }) {
  return (
    <nav class="views" aria-label="Views">
      {VIEWS.filter(view => view.isThere?.(job) ?? true).map(view => {
        const badge = view.badge?.(job)
        return (
          <a
            key={view.id}
            href={hrefOf(view.id)}
            aria-current={view === current ? 'page' : undefined}
          >
            {view.title}
            {badge === undefined ? null : <span class="badge"> {grouped(badge)}</span>}
          </a>
        )
      })}
    </nav>
  )
}

/** What was loaded stays: going back to a view is immediate. */
const LOADED = new Map<View, ComponentType<ViewProps>>()

function Outlet({ view, job, path }: ViewProps & { readonly view: View }) {
  const [, setLoaded] = useState<View>()
  const [failure, setFailure] = useState<string>()
  const main = useRef<HTMLElement>(null)
  const shown = useRef<View>(undefined)
  useEffect(() => {
    setFailure(undefined)
    // Who goes to a view by keyboard goes on in it; the first one is where the page begins.
    if (shown.current !== undefined) main.current?.focus({ preventScroll: true })
    shown.current = view
    if (LOADED.has(view)) return
    view.load().then(
      component => {
        LOADED.set(view, component)
        setLoaded(view)
      },
      (error: unknown) => setFailure(error instanceof Error ? error.message : String(error)),
    )
  }, [view])
  const Loaded = LOADED.get(view)
  return (
    <main
      ref={main}
      tabIndex={-1}
      aria-label={view.title}
      class={job.connection === 'live' ? '' : 'is-stale'}
    >
      {Loaded ? (
        <Loaded job={job} path={path} />
      ) : (
        <p class="view-loading note" role={failure ? 'alert' : undefined}>
          {failure ? `This view could not be loaded (${failure}). Reload the page.` : 'Loading …'}
        </p>
      )}
    </main>
  )
}

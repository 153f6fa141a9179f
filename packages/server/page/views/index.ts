// The views of the page, in the order of its navigation. Each is loaded when it is first looked at.

import type { ComponentType } from 'preact'
import type { LiveJob } from '../api/live-job.ts'

export interface ViewProps {
  readonly job: LiveJob
  /** What stands behind the view's name in the address, decoded: `#/tables/delays` gives `['delays']`. */
  readonly path: readonly string[]
}

export interface View {
  /** Its name in the address. */
  readonly id: string
  readonly title: string
  /** Absent: always. */
  readonly isThere?: (job: LiveJob) => boolean
  readonly load: () => Promise<ComponentType<ViewProps>>
  /** Shown behind its title; undefined: nothing. */
  readonly badge?: (job: LiveJob) => number | undefined
}

export const VIEWS: readonly [View, ...View[]] = [
  {
    id: 'overview',
    title: 'Overview',
    load: async () => (await import('./overview/overview.tsx')).Overview,
  },
  {
    id: 'board',
    title: 'Board',
    isThere: ({ board }) => board !== undefined,
    load: async () => (await import('./board/board.tsx')).BoardView,
  },
  {
    id: 'endpoints',
    title: 'Sources and sinks',
    load: async () => (await import('./endpoints/endpoints.tsx')).Endpoints,
  },
  { id: 'epochs', title: 'Epochs', load: async () => (await import('./epochs/epochs.tsx')).Epochs },
  { id: 'tables', title: 'Tables', load: async () => (await import('./tables/tables.tsx')).Tables },
  {
    id: 'dead-letters',
    title: 'Dead letters',
    load: async () => (await import('./dead-letters/dead-letters.tsx')).DeadLetters,
    badge: ({ status }) => status?.deadLettered || undefined,
  },
  {
    id: 'console',
    title: 'Console',
    load: async () => (await import('./console/console.tsx')).Console,
  },
  {
    id: 'configuration',
    title: 'Configuration',
    load: async () => (await import('./configuration/configuration.tsx')).Configuration,
  },
]

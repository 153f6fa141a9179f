// The head of the page: the job, its state, and its key figures, each in a place that does not move.

import type { LiveJob } from '../api/live-job.ts'
import {
  eventTime,
  grouped,
  shortBytes,
  shortDuration,
  shortNumber,
} from '../parts/number-format.ts'

export function StatusBar({ job }: { job: LiveJob }) {
  const { status, connection } = job
  const isStale = connection !== 'live'
  return (
    <header class="head">
      <div class="title">
        <h1>{job.name || 'Millrace'}</h1>
        <span class={`state state-${status?.state ?? 'starting'}`}>{status?.state ?? '…'}</span>
        <span class={`connection connection-${connection}`} role="status" aria-live="polite">
          {isStale ? staleText(job) : 'live'}
        </span>
      </div>
      {status?.failure ? (
        <p class="failure" role="alert">
          {status.failure}
        </p>
      ) : null}
      {status?.troubles?.map(text => (
        <p key={text} class="trouble" role="alert">
          {text}
        </p>
      ))}
      <dl class={`figures${isStale ? ' is-stale' : ''}`}>
        <Figure name="Events/s" value={status && shortNumber(status.eventsPerSecond)} />
        <Figure name="Events" value={status && grouped(status.eventsTotal)} />
        <Figure name="Event time (UTC)" value={status && eventTime(status.eventTimeMs)} isWide />
        <Figure
          name="Watermark lag"
          value={status && shortDuration(status.watermarkLagMs ?? Number.NaN)}
        />
        <Figure name="Late" value={status && grouped(status.late)} isWarning={!!status?.late} />
        <Figure
          name="Dead letters"
          value={status && grouped(status.deadLettered)}
          isWarning={!!status?.deadLettered}
        />
        <Figure name="Epoch" value={status && grouped(status.epoch)} />
        <Figure name="Commit" value={status && shortDuration(status.epochDurationMs)} />
        <Figure name="Buffered" value={status && shortBytes(status.bufferedBytes)} />
        <Figure name="Memory" value={status && shortBytes(status.rssBytes)} />
      </dl>
      <Progress value={status?.progress} />
    </header>
  )
}

interface FigureProps {
  readonly name: string
  readonly value: string | undefined
  readonly isWide?: boolean
  readonly isWarning?: boolean
}

function Figure({ name, value, isWide, isWarning }: FigureProps) {
  return (
    <div class={`figure${isWide ? ' is-wide' : ''}`}>
      <dt>{name}</dt>
      <dd class={isWarning ? 'is-warning' : ''}>{value ?? '–'}</dd>
    </div>
  )
}

function Progress({ value }: { value: number | undefined }) {
  // Its place is kept when there is nothing to show.
  if (value === undefined) return <div class="progress-none" />
  const percent = `${(value * 100).toFixed(1)} %`
  return (
    <div class="progress">
      <progress max={1} value={value} aria-label="Input read" />
      <span>{percent} of input read</span>
    </div>
  )
}

function staleText({ connection, heardAtMs }: LiveJob): string {
  if (connection === 'connecting') return 'connecting …'
  const clock = new Date(heardAtMs).toLocaleTimeString('en-GB')
  return `not connected: figures are of ${clock}; trying again …`
}

// All about one operator: its figures, its node of the plan, and the code that was generated for it.

import { useEffect, useRef, useState } from 'preact/hooks'
import type { JobStatus, OperatorStatus, PlanNode } from '@millrace/server'
import { readJson } from '../../api/live-job.ts'
import {
  eventTime,
  grouped,
  shortBytes,
  shortDuration,
  shortNumber,
} from '../../parts/number-format.ts'
import { hrefOf } from '../../shell/route.ts'

interface OperatorPanelProps {
  readonly node: PlanNode
  readonly status: JobStatus | undefined
}

export function OperatorPanel({ node, status }: OperatorPanelProps) {
  const heading = useRef<HTMLHeadingElement>(null)
  const operator = status?.operators.find(o => o.id === node.id)
  useEffect(() => {
    heading.current?.focus({ preventScroll: true })
    const close = (event: KeyboardEvent) => {
      if (event.key === 'Escape') location.hash = hrefOf('overview')
    }
    addEventListener('keydown', close)
    return () => removeEventListener('keydown', close)
  }, [node.id])
  return (
    <aside class="panel operator-panel" aria-label={`Operator ${node.name}`}>
      <header>
        <h2 ref={heading} tabIndex={-1}>
          {node.name}
        </h2>
        <a href={hrefOf('overview')} aria-label={`Close ${node.name}`}>
          Close
        </a>
      </header>
      <h3>Plan</h3>
      <p class="is-code operator-details">{[node.kind, ...node.details].join('\n')}</p>
      <h3>Figures</h3>
      <dl class="operator-figures">
        {operator
          ? figuresOf(operator, status).map(([name, text]) => (
              <div key={name}>
                <dt>{name}</dt>
                <dd>{text}</dd>
              </div>
            ))
          : null}
      </dl>
      <h3>Code</h3>
      <Code id={node.id} />
    </aside>
  )
}

function figuresOf(o: OperatorStatus, status: JobStatus | undefined): [string, string][] {
  const lag =
    o.watermarkMs === undefined || status?.eventTimeMs === undefined
      ? Number.NaN
      : Math.max(0, status.eventTimeMs - o.watermarkMs)
  return [
    ['in', `${shortNumber(o.recordsInPerSecond)}/s, ${grouped(o.recordsIn)} in all`],
    ['out', `${shortNumber(o.recordsOutPerSecond)}/s, ${grouped(o.recordsOut)} in all`],
    ['busy', percent(o.busyShare)],
    ['backpressured', percent(o.backpressuredShare)],
    ['watermark (UTC)', eventTime(o.watermarkMs)],
    ['behind event time', shortDuration(lag)],
    ['state', `${shortBytes(o.stateBytes)}, ${grouped(o.stateEntries)} entries`],
    ['late', grouped(o.late)],
    ['expired', grouped(o.expired)],
    ['errors', grouped(o.errors)],
  ]
}

const percent = (share: number): string => `${Math.round(share * 100)} %`

function Code({ id }: { id: string }) {
  const [code, setCode] = useState<{ readonly text: string; readonly isError: boolean }>()
  useEffect(() => {
    const stop = new AbortController()
    setCode(undefined)
    readJson<{ code: string }>(`api/operators/${encodeURIComponent(id)}/code`, stop.signal).then(
      answer => setCode({ text: answer.code, isError: false }),
      (error: unknown) => {
        if (!stop.signal.aborted) setCode({ text: (error as Error).message, isError: true })
      },
    )
    return () => stop.abort()
  }, [id])
  if (code?.isError) return <p class="note">{code.text}</p>
  return (
    <>
      <p class="note">
        Functions that this operator has a part in; those melted with it share them.
      </p>
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: a region that scrolls is reached by keyboard */}
      <section class="operator-code" tabIndex={0} aria-label="Generated code">
        <pre>{code?.text ?? 'Reading …'}</pre>
      </section>
    </>
  )
}

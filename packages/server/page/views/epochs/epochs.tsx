// The last epochs: how long each took, part by part, and how much it wrote.

import { useMemo } from 'preact/hooks'
import type uPlot from 'uplot'
import type { EpochStatus } from '@millrace/server'
import { usePolled } from '../../api/polled.ts'
import { type Column, figures, ItemTable } from '../../parts/item-table.tsx'
import { grouped, shortBytes, shortDuration } from '../../parts/number-format.ts'
import { Panel } from '../../parts/panel.tsx'
import { axisStyle, Plot } from '../../parts/plot.tsx'
import './epochs.css'

const READ = 600
const LISTED = 100
const HEIGHT = 160

type Listed = EpochStatus & { readonly id: number }

const COLUMNS: readonly Column<Listed>[] = [
  figures('epoch', e => grouped(e.epoch)),
  { head: 'held since', cell: e => new Date(e.atMs).toLocaleTimeString('en-GB') },
  figures('took', e => shortDuration(e.durationMs)),
  figures('cut', e => shortDuration(e.cutMs)),
  figures('prepare', e => shortDuration(e.prepareMs)),
  figures('commit', e => shortDuration(e.commitMs)),
  figures('apply', e => shortDuration(e.applyMs)),
  figures('state changes', e => shortBytes(e.stateBytes)),
  figures('output', e => shortBytes(e.outputBytes)),
]

export function Epochs() {
  const { data, error } = usePolled<{ epochs: EpochStatus[] }>(`api/epochs?limit=${READ}`, 1_000)
  const epochs = data?.epochs ?? []
  const oldestFirst = useMemo(() => epochs.toReversed(), [data])
  const items = epochs.slice(0, LISTED).map(e => ({ ...e, id: e.epoch }))
  return (
    <>
      <div class="columns">
        <Panel title="Duration">
          <EpochPlot
            epochs={oldestFirst}
            pick={e => e.durationMs}
            format={shortDuration}
            label="Duration"
          />
          <p class="note">{summaryOf(epochs)}</p>
        </Panel>
        <Panel title="Size">
          <EpochPlot
            epochs={oldestFirst}
            pick={e => e.stateBytes + e.outputBytes}
            format={shortBytes}
            label="Size"
          />
          <p class="note">Changes of state, and output that waits for its sinks.</p>
        </Panel>
      </div>
      <Panel title="Last epochs">
        {/* biome-ignore lint/a11y/noNoninteractiveTabindex: a region that scrolls is reached by keyboard */}
        <section class="scroll epochs-list" tabIndex={0} aria-label="Epochs, the newest first">
          <ItemTable columns={COLUMNS} items={items} />
        </section>
        <p class="note">{error ?? (epochs.length === 0 ? 'None yet.' : EXPLANATION)}</p>
      </Panel>
    </>
  )
}

const EXPLANATION =
  'An epoch is what is committed together. Cut: what has changed is collected. Prepare: sinks make their output recoverable. ' +
  'Commit: all of it becomes durable. Apply: output becomes visible.'

interface EpochPlotProps {
  readonly epochs: readonly EpochStatus[]
  readonly pick: (epoch: EpochStatus) => number
  readonly format: (value: number) => string
  readonly label: string
}

function EpochPlot({ epochs, pick, format, label }: EpochPlotProps) {
  const data = useMemo(
    (): uPlot.AlignedData => [epochs.map(e => e.atMs / 1_000), epochs.map(pick)],
    [epochs],
  )
  return (
    <Plot
      data={data}
      height={HEIGHT}
      label={`${label} of the last ${epochs.length} epochs`}
      options={colour => ({
        legend: { show: false },
        cursor: { show: false },
        padding: [8, 26, 0, 0],
        scales: { y: { range: (_plot, _min, max) => [0, max > 0 ? max * 1.15 : 1] } },
        axes: [
          { ...axisStyle(colour), size: 22, space: 70, values: (_plot, at) => at.map(clockTime) },
          { ...axisStyle(colour), size: 64, space: 34, values: (_plot, at) => at.map(format) },
        ],
        series: [
          {},
          { stroke: colour('--accent'), fill: colour('--accent-soft'), points: { show: false } },
        ],
      })}
    />
  )
}

const clockTime = (seconds: number): string => new Date(seconds * 1_000).toLocaleTimeString('en-GB')

/** `Median 12 ms, 99 of 100 within 40 ms, at most 80 ms.` */
function summaryOf(epochs: readonly EpochStatus[]): string {
  if (epochs.length === 0) return 'None yet.'
  const ordered = epochs.map(e => e.durationMs).toSorted((a, b) => a - b)
  const at = (share: number) =>
    shortDuration(
      ordered[Math.min(ordered.length - 1, Math.floor(share * ordered.length))] as number,
    )
  return `Median ${at(0.5)}, 99 of 100 within ${at(0.99)}, at most ${at(1)}.`
}

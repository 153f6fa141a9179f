// The charts of the last minutes.

import { useMemo } from 'preact/hooks'
import type uPlot from 'uplot'
import type { StatusSample } from '@millrace/server'
import { axisStyle, Plot } from '../../parts/plot.tsx'
import { shortBytes, shortDuration, shortNumber } from '../../parts/number-format.ts'

const HEIGHT = 132
const SHOWN_S = 300

export function Charts({ history }: { history: readonly StatusSample[] }) {
  return (
    <div class="charts">
      <Chart title="Events per second" history={history} pick={pickRate} unit={COUNTS} />
      <Chart title="Commit duration" history={history} pick={pickCommit} unit={DURATIONS} />
      <Chart title="Watermark lag" history={history} pick={pickLag} unit={DURATIONS} />
      <Chart title="Memory" history={history} pick={pickMemory} unit={BYTES} />
    </div>
  )
}

/** How values are written, and the steps of an axis: round in this unit. */
interface Unit {
  readonly format: (value: number) => string
  readonly steps?: number[]
}

const S = 1_000
const MIN = 60 * S
const H = 60 * MIN
const COUNTS: Unit = { format: shortNumber }
const DURATIONS: Unit = {
  format: shortDuration,
  steps: [1, 2, 5, 10, 20, 50, 100, 200, 500]
    .concat([1, 2, 5, 10, 20, 30].map(n => n * S))
    .concat([1, 2, 5, 10, 20, 30].map(n => n * MIN))
    .concat([1, 2, 6, 12, 24, 48, 168, 720].map(n => n * H)),
}
const BYTES: Unit = {
  format: shortBytes,
  steps: Array.from({ length: 30 }, (_, i) => 2 ** (i + 10)),
}

const pickRate = (s: StatusSample) => s.eventsPerSecond
const pickCommit = (s: StatusSample) => s.epochDurationMs
const pickLag = (s: StatusSample) => s.watermarkLagMs
const pickMemory = (s: StatusSample) => s.rssBytes

interface ChartProps {
  readonly title: string
  readonly history: readonly StatusSample[]
  readonly pick: (sample: StatusSample) => number | null
  readonly unit: Unit
}

function Chart({ title, history, pick, unit }: ChartProps) {
  const last = history.at(-1)
  const value = last && pick(last)
  const shown = value === null || value === undefined ? '–' : unit.format(value)
  const data = useMemo(() => chartData(history, pick), [history])
  return (
    <figure class="chart">
      <figcaption>
        {title} <b>{shown}</b>
      </figcaption>
      <Plot
        options={colour => chartOptions(colour, unit)}
        data={data}
        height={HEIGHT}
        label={`${title}, now ${shown}`}
      />
    </figure>
  )
}

function chartData(
  history: readonly StatusSample[],
  pick: (sample: StatusSample) => number | null,
): uPlot.AlignedData {
  const shown = history.slice(-SHOWN_S)
  return [shown.map(s => s.atMs / 1_000), shown.map(pick)]
}

function chartOptions(
  colour: (name: string) => string,
  { format, steps }: Unit,
): Omit<uPlot.Options, 'width' | 'height'> {
  const axis = axisStyle(colour)
  return {
    legend: { show: false },
    cursor: { show: false },
    padding: [8, 26, 0, 0],
    scales: {
      x: {
        // One of a few spans: the line moves, the scale only rarely.
        range: (_plot, min, max) => [max - spanOf(max - min), max],
      },
      y: { range: (_plot, _min, max) => [0, max > 0 ? max * 1.15 : 1] },
    },
    axes: [
      { ...axis, size: 22, space: 70, values: (_plot, splits) => splits.map(clockTime) },
      {
        ...axis,
        size: 58,
        space: 34,
        ...(steps ? { incrs: steps } : {}),
        values: (_plot, splits) => splits.map(v => format(v).replace('.0', '')),
      },
    ],
    series: [
      {},
      {
        stroke: colour('--accent'),
        fill: colour('--accent-soft'),
        width: 1.5,
        points: { show: false },
        spanGaps: false,
      },
    ],
  }
}

// Seconds shown while the job is young; in the end the last one.
const SPANS_S = [60, 120, SHOWN_S]

const spanOf = (seconds: number): number => SPANS_S.find(span => seconds <= span) ?? SHOWN_S

const clockTime = (seconds: number): string => new Date(seconds * 1_000).toLocaleTimeString('en-GB')

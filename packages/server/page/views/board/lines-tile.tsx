// Lines over event time, one for each value of a column.

import { useMemo } from 'preact/hooks'
import type uPlot from 'uplot'
import type { LinesTile as Spec } from '@millrace/server'
import { axisStyle, Plot } from '../../parts/plot.tsx'
import { type TileRow, useTileRows } from './tile-rows.ts'
import { titleOf } from './tile-text.ts'
import { Tile } from './tile.tsx'

const READ = 300
const HEIGHT = 200
/** As many lines as there are colours. */
const MOST_SERIES = 6
/** A pause is this many of the smallest steps. */
const LONG_PAUSE = 8

export interface Lines {
  readonly names: readonly string[]
  readonly data: uPlot.AlignedData
}

export function LinesTile({ tile }: { tile: Spec }) {
  const { rows, error } = useTileRows(tile, tile.limit ?? READ)
  const { names, data } = useMemo(() => linesOf(rows ?? [], tile), [rows, tile])
  const label = `${titleOf(tile.value)} over time, of ${names.join(', ') || 'nothing yet'}`
  return (
    <Tile tile={tile} isEmpty={rows?.length === 0} error={error}>
      <Plot
        shape={names.join('\n')}
        data={data}
        height={HEIGHT}
        label={label}
        options={colour => ({
          legend: { show: false },
          cursor: { show: false },
          padding: [8, 26, 0, 0],
          tzDate: seconds => new Date(seconds * 1_000 + new Date().getTimezoneOffset() * 60_000),
          axes: [
            {
              ...axisStyle(colour),
              size: 22,
              space: 70,
              values: (_plot, at) => at.map(pointOfTime),
            },
            {
              ...axisStyle(colour),
              size: 58,
              space: 34,
              values: (_plot, splits) => splits.map(v => `${v}${tile.value.unit ?? ''}`),
            },
          ],
          series: [
            {},
            ...names.map((name, i) => ({
              label: name,
              stroke: colour(`--series-${i + 1}`),
              width: 1.5,
              points: { show: false },
            })),
          ],
        })}
      />
      <ul class="legend" aria-hidden="true">
        {names.map((name, i) => (
          <li key={name} class={`series-${i + 1}`}>
            {name}
          </li>
        ))}
      </ul>
    </Tile>
  )
}

/** The values of each series at all points in time that any has, in order. */
export function linesOf(rows: readonly TileRow[], { time, series, value }: Spec): Lines {
  const names = [...new Set(rows.map(r => r.text(series)))].toSorted().slice(0, MOST_SERIES)
  const known = new Set(rows.map(r => r.seconds(time)).filter(Number.isFinite))
  const times = withPauses([...known])
  const at = new Map(times.map((t, i) => [t, i]))
  const lines = names.map(() => new Array<number | null | undefined>(times.length))
  for (const row of rows) {
    const line = lines[names.indexOf(row.text(series))]
    const index = at.get(row.seconds(time))
    const number = row.number(value.column)
    if (line && index !== undefined && Number.isFinite(number)) line[index] = number
  }
  // What is missing is joined over; at a pause, lines end.
  for (const [i, t] of times.entries()) if (!known.has(t)) for (const line of lines) line[i] = null
  return { names, data: [[...times], ...lines] }
}

/** In order, with a point in the midst of each pause that is long for how close points are otherwise. */
function withPauses(times: readonly number[]): readonly number[] {
  const ordered = times.toSorted((a, b) => a - b)
  const steps = ordered.slice(1).map((t, i) => t - (ordered[i] as number))
  const long = LONG_PAUSE * Math.min(...steps)
  return ordered.flatMap((t, i) =>
    (steps[i] ?? 0) > long ? [t, t + (steps[i] as number) / 2] : [t],
  )
}

/** The date at midnight, else the time of day, in UTC. */
function pointOfTime(seconds: number): string {
  const text = new Date(seconds * 1_000).toISOString()
  return text.slice(11, 16) === '00:00' ? text.slice(5, 10) : text.slice(11, 16)
}

// Results as lines or bars: one column along, another up.

import { useMemo, useState } from 'preact/hooks'
import uPlot from 'uplot'
import type { ResultColumn } from '../../api/console.ts'
import type { Cell } from '@millrace/server'
import { axisStyle, Plot } from '../../parts/plot.tsx'
import { cellText } from './csv.ts'
import type { ResultRow } from './result-rows.ts'

const HEIGHT = 320
const MOST_POINTS = 5_000

interface ResultsChartProps {
  readonly columns: readonly ResultColumn[]
  readonly rows: readonly ResultRow[]
}

export function ResultsChart({ columns, rows }: ResultsChartProps) {
  const numeric = columns.flatMap((c, i) => (NUMBER.test(c.type) ? [i] : []))
  const [chosenX, chooseX] = useState<number>()
  const [chosenY, chooseY] = useState<number>()
  const [kind, setKind] = useState<'line' | 'bar'>('line')
  const y = chosenY ?? numeric.at(-1)
  const x = chosenX ?? columns.findIndex((_, i) => i !== y)
  const along = x >= 0 ? columns[x] : undefined
  const points = useMemo(() => pointsOf(rows, x, y ?? -1, along), [rows, x, y, along])
  if (y === undefined) return <p class="note">A chart needs a column of numbers.</p>
  const name = columns[y]?.name ?? ''
  const label = `${name} by ${along?.name ?? 'row'}, ${points.data[0].length} points`
  return (
    <div class="results-chart">
      <div class="console-bar">
        <Choice
          label="x"
          columns={columns}
          value={x}
          among={columns.map((_, i) => i)}
          onPick={chooseX}
        />
        <Choice label="y" columns={columns} value={y} among={numeric} onPick={chooseY} />
        <label>
          as{' '}
          <select
            aria-label="Chart as"
            value={kind}
            onChange={event => setKind(event.currentTarget.value as 'line' | 'bar')}
          >
            <option value="line">lines</option>
            <option value="bar">bars</option>
          </select>
        </label>
      </div>
      <Plot
        shape={`${kind} ${x} ${y} ${points.names ? 'names' : along?.type}`}
        options={colour => optionsOf(colour, kind, points)}
        data={points.data}
        height={HEIGHT}
        label={label}
      />
    </div>
  )
}

interface ChoiceProps {
  readonly label: string
  readonly columns: readonly ResultColumn[]
  readonly value: number
  readonly among: readonly number[]
  readonly onPick: (column: number) => void
}

function Choice({ label, columns, value, among, onPick }: ChoiceProps) {
  return (
    <label>
      {label}{' '}
      <select
        aria-label={`Column along ${label}`}
        value={value}
        onChange={event => onPick(Number(event.currentTarget.value))}
      >
        {among.map(i => (
          <option key={i} value={i}>
            {columns[i]?.name}
          </option>
        ))}
      </select>
    </label>
  )
}

interface Points {
  readonly data: [number[], (number | null)[]]
  readonly isTime: boolean
  /** What stands along the axis, where that is neither numbers nor times. */
  readonly names: { current: readonly string[] } | undefined
}

const NUMBER = /^(TINYINT|SMALLINT|INT|BIGINT|FLOAT|DOUBLE|DECIMAL)/
const TIME = /^(TIMESTAMP|DATE)/
/** Held apart from the data: a chart is not made anew for new names. */
const NAMES: { current: readonly string[] } = { current: [] }

function pointsOf(
  all: readonly ResultRow[],
  x: number,
  y: number,
  along: ResultColumn | undefined,
): Points {
  const rows = all.slice(-MOST_POINTS)
  const isTime = TIME.test(along?.type ?? '')
  const isNamed = !isTime && !NUMBER.test(along?.type ?? '')
  if (isNamed) NAMES.current = rows.map(r => (x < 0 ? '' : cellText(r.cells[x] ?? null)))
  const points = rows.map((row, i): [number, number | null] => [
    isNamed ? i : isTime ? timeOf(row.cells[x]) : (numberOf(row.cells[x]) ?? Number.NaN),
    numberOf(row.cells[y]),
  ])
  const placed = points.filter(([at]) => Number.isFinite(at)).sort(([a], [b]) => a - b)
  return {
    data: [placed.map(p => p[0]), placed.map(p => p[1])],
    isTime,
    names: isNamed ? NAMES : undefined,
  }
}

function numberOf(cell: Cell | undefined): number | null {
  if (cell === null || cell === undefined || cell === '') return null
  const value = Number(cell)
  return Number.isFinite(value) ? value : null
}

/** Seconds, read as UTC. */
const timeOf = (cell: Cell | undefined): number => {
  const text = String(cell).replace(' ', 'T').replace(/Z$/, '')
  return Date.parse(text.includes('T') ? `${text}Z` : text) / 1_000
}

function optionsOf(
  colour: (name: string) => string,
  kind: 'line' | 'bar',
  { isTime, names }: Points,
): Omit<uPlot.Options, 'width' | 'height'> {
  const axis = axisStyle(colour)
  return {
    legend: { show: false },
    padding: [10, 18, 0, 0],
    tzDate: seconds => uPlot.tzDate(new Date(seconds * 1_000), 'Etc/UTC'),
    scales: {
      x: {
        time: isTime,
        ...(kind === 'bar' && {
          range: (_plot: uPlot, min: number, max: number): [number, number] => {
            const half = max > min ? (max - min) / 20 : 0.5
            return [min - half, max + half]
          },
        }),
      },
      ...(kind === 'bar' && {
        y: {
          range: (_plot: uPlot, min: number, max: number): [number, number] => [
            Math.min(0, min),
            max > 0 ? max * 1.1 : 1,
          ],
        },
      }),
    },
    axes: [
      {
        ...axis,
        ...(names && {
          incrs: [1, 2, 5, 10, 20, 50, 100, 200, 500, 1_000],
          values: (_plot: uPlot, at: number[]) => at.map(i => shortName(names.current[i])),
        }),
      },
      { ...axis, size: 70 },
    ],
    series: [
      {},
      {
        stroke: colour('--accent'),
        fill: colour('--accent-soft'),
        width: 1.5,
        ...(kind === 'bar' && {
          paths: uPlot.paths.bars?.({ size: [0.7, 60] }) as uPlot.Series.PathBuilder,
        }),
      },
    ],
  }
}

const shortName = (name = ''): string => (name.length > 14 ? `${name.slice(0, 13)}…` : name)

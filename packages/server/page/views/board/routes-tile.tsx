// Ways between places, drawn around where they start: as wide as what goes on them, in the colour of how it goes.

import { useMemo, useRef } from 'preact/hooks'
import type { BoardPlace, RoutesTile as Spec } from '@millrace/server'
import { discAround, type LatLon, middleOf, type Point, wayFrom } from './azimuthal.ts'
import { useTileRows, type TileRow } from './tile-rows.ts'
import { numberText, titleOf, type Tone, toneOf } from './tile-text.ts'
import { Tile } from './tile.tsx'

const READ = 1_000
const RADIUS = 380
/** Room for names around the outermost marks. */
const MARGIN = 44
/** Rings that are drawn where they fit, km. */
const RINGS_KM = [250, 500, 1_000, 2_000, 4_000, 8_000, 16_000]
/** So many of the busiest ways have something move on them. */
const MOVING = 60
/** Of names, in units of the drawing; on a narrow screen these are smaller. */
const LETTER = 7
const LINE = 13
const NARROW = '(max-width: 600px)'

interface Box {
  readonly left: number
  readonly top: number
  readonly right: number
  readonly bottom: number
}

interface Way {
  readonly key: string
  readonly title: string
  readonly path: string
  readonly width: number
  readonly tone: Tone
  /** How long what moves on it is on the way, s. */
  readonly seconds: number
}

interface Mark {
  readonly label: string
  readonly at: Point
  readonly weight: number
  readonly isStart: boolean
}

export function RoutesTile({ tile }: { tile: Spec }) {
  const { rows, error } = useTileRows(tile, READ)
  // What has been in sight stays in sight: the drawing does not jump when a far place comes and goes.
  const farthest = useRef(500)
  const sight = useRef<Box>({ left: -80, top: -80, right: 80, bottom: 80 })
  const { ways, marks, rings } = useMemo(() => {
    const drawing = drawingOf(rows ?? [], tile, farthest.current)
    farthest.current = drawing.mostKm
    return drawing
  }, [rows, tile])
  sight.current = marks.reduce(withMark, sight.current)
  const { left, top, right, bottom } = sight.current
  const letter = matchMedia(NARROW).matches ? 2 * LETTER : LETTER
  const isMoving = !matchMedia('(prefers-reduced-motion: reduce)').matches
  const troubled = ways.filter(w => w.tone !== 'good').length
  return (
    <Tile tile={tile} isEmpty={rows?.length === 0} error={error}>
      <svg
        class="routes"
        viewBox={`${left - MARGIN} ${top - MARGIN} ${right - left + 2 * MARGIN} ${bottom - top + 2 * MARGIN}`}
        role="img"
        aria-label={`${tile.title}: ${ways.length} ways, ${troubled} of them in trouble`}
      >
        {rings.map(({ km, radius }) => (
          <g key={km} class="ring">
            <circle r={radius} />
            <text y={-radius - 3}>{km.toLocaleString('en-US')} km</text>
          </g>
        ))}
        {ways.map(way => (
          <path key={way.key} class={`way tone-${way.tone}`} d={way.path} stroke-width={way.width}>
            <title>{way.title}</title>
          </path>
        ))}
        {isMoving
          ? ways.slice(-MOVING).map((way, i) => (
              <circle key={way.key} class={`mover tone-${way.tone}`} r={2.6}>
                <animateMotion
                  {...{ path: way.path }}
                  dur={`${way.seconds}s`}
                  begin={`${-((i * 7.3) % way.seconds)}s`}
                  repeatCount="indefinite"
                />
              </circle>
            ))
          : null}
        {marks.map(({ label, at, isStart }) => (
          <g key={label} class={isStart ? 'mark mark-start' : 'mark'}>
            <circle cx={at.x} cy={at.y} r={isStart ? 4 : 2.2} />
          </g>
        ))}
        {labelled(marks, letter).map(({ label, at, isStart }) => (
          <text
            key={label}
            class={isStart ? 'mark-label mark-start' : 'mark-label'}
            x={at.x + (at.x < 0 ? -6 : 6)}
            y={at.y + 4}
            text-anchor={at.x < 0 ? 'end' : 'start'}
          >
            {label}
          </text>
        ))}
      </svg>
    </Tile>
  )
}

function drawingOf(rows: readonly TileRow[], tile: Spec, leastKm: number) {
  const whole = rows.filter(r => isPlace(placeOf(r, tile.from)) && isPlace(placeOf(r, tile.to)))
  const starts = new Map(whole.map(r => [r.text(tile.from.label), placeOf(r, tile.from)]))
  const centre = middleOf([...starts.values()])
  const mostKm = Math.max(leastKm, ...whole.map(r => wayFrom(centre, placeOf(r, tile.to)).km))
  const disc = discAround(centre, mostKm, RADIUS)
  const most = Math.max(1, ...whole.map(r => r.number(tile.weight.column)))
  const marks = new Map<string, Mark>()
  const ways = whole
    .toSorted((a, b) => a.number(tile.weight.column) - b.number(tile.weight.column))
    .map((row): Way => {
      const weight = row.number(tile.weight.column)
      const [from, to] = [row.text(tile.from.label), row.text(tile.to.label)]
      const [start, end] = [placeOf(row, tile.from), placeOf(row, tile.to)]
      const before = marks.get(to)?.weight ?? 0
      marks.set(to, { label: to, at: disc.place(end), weight: before + weight, isStart: false })
      marks.set(from, { label: from, at: disc.place(start), weight: Infinity, isStart: true })
      const numbers = [tile.value, tile.weight].map(n => `${titleOf(n)} ${numberText(row, n)}`)
      return {
        key: `${from} ${to}`,
        title: `${from} → ${to}: ${numbers.join(', ')}`,
        path: bow(disc.place(start), disc.place(end)),
        width: Number((0.7 + 2.6 * Math.sqrt(weight / most)).toFixed(2)),
        tone: toneOf(row, tile.tone),
        seconds: Math.round(4 + wayFrom(start, end).km / 250),
      }
    })
  const rings = RINGS_KM.filter(km => km < mostKm).map(km => ({ km, radius: disc.ring(km) }))
  return { mostKm, ways, marks: [...marks.values()].toReversed(), rings: rings.slice(-4) }
}

const withMark = (box: Box, { at }: Mark): Box => ({
  left: Math.min(box.left, at.x),
  top: Math.min(box.top, at.y),
  right: Math.max(box.right, at.x),
  bottom: Math.max(box.bottom, at.y),
})

const placeOf = (row: TileRow, { latitude, longitude }: BoardPlace): LatLon => ({
  latitude: row.number(latitude),
  longitude: row.number(longitude),
})

const isPlace = ({ latitude, longitude }: LatLon): boolean =>
  Number.isFinite(latitude) && Number.isFinite(longitude)

/** A line that swings out to its left. */
function bow(from: Point, to: Point): string {
  const [dx, dy] = [to.x - from.x, to.y - from.y]
  const bend = { x: from.x + dx / 2 - dy * 0.12, y: from.y + dy / 2 + dx * 0.12 }
  return `M${place(from)}Q${place(bend)} ${place(to)}`
}

const place = ({ x, y }: Point): string => `${x.toFixed(1)},${y.toFixed(1)}`

/** Marks whose names have room, the weightiest first. */
function labelled(marks: readonly Mark[], letter: number): readonly Mark[] {
  const taken: { x: number; y: number; width: number }[] = []
  return marks
    .toSorted((a, b) => b.weight - a.weight)
    .filter(({ label, at }) => {
      const width = label.length * letter
      const x = at.x < 0 ? at.x - 6 - width : at.x + 6
      const isFree = taken.every(
        t =>
          Math.abs(t.y - at.y) > (LINE * letter) / LETTER || x > t.x + t.width || x + width < t.x,
      )
      if (isFree) taken.push({ x, y: at.y, width })
      return isFree
    })
}

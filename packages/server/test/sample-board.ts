// A board over the tables of the sample job, with a tile of each kind.

import type { Board, TableContents } from '../src/index.ts'

const DELAY = { column: 'avgDelay', title: 'mean delay', unit: 'min', decimals: 1 }
const tone = { column: 'avgDelay', warn: 15, bad: 30 }

export const sampleBoard: Board = {
  title: 'Departures',
  tiles: [
    {
      kind: 'figures',
      title: 'Airports',
      table: 'delays_15m',
      latest: 'window_start',
      label: 'origin',
      value: DELAY,
      details: [{ column: 'flights' }],
      tone,
    },
    {
      kind: 'routes',
      title: 'Routes',
      table: 'routes',
      from: { latitude: 'lat', longitude: 'lon', label: 'origin' },
      to: { latitude: 'to_lat', longitude: 'to_lon', label: 'dest' },
      weight: { column: 'flights' },
      value: DELAY,
      tone,
    },
    {
      kind: 'ranking',
      title: 'Worst routes',
      table: 'routes',
      labels: ['origin', 'dest'],
      value: DELAY,
      details: [{ column: 'flights' }],
      tone,
      limit: 3,
    },
    {
      kind: 'feed',
      title: 'Alerts',
      table: 'alerts',
      time: 'at',
      labels: ['origin', 'text'],
      trouble: { column: 'origin', value: 'JFK' },
    },
    {
      kind: 'lines',
      title: 'Delays',
      table: 'delays_15m',
      time: 'window_start',
      series: 'origin',
      value: DELAY,
    },
  ],
}

const DESTINATIONS = [
  ['LAX', 33.94, -118.41, 31, 12],
  ['ORD', 41.98, -87.9, 22, 44],
  ['MIA', 25.79, -80.29, 18, 21],
  ['BOS', 42.36, -71.01, 15, 4],
  ['HNL', 21.32, -157.92, 1, -6],
  ['nowhere', null, null, 2, 0],
] as const

/** Routes from New York; one ends at an airport that nobody knows. */
export function sampleRoutes(limit: number): TableContents {
  const rows = DESTINATIONS.map(([dest, lat, lon, flights, delay]) => [
    'JFK',
    dest,
    40.64,
    -73.78,
    lat,
    lon,
    flights,
    delay,
  ])
  return {
    columns: [
      { name: 'origin', type: 'STRING' },
      { name: 'dest', type: 'STRING' },
      { name: 'lat', type: 'DOUBLE' },
      { name: 'lon', type: 'DOUBLE' },
      { name: 'to_lat', type: 'DOUBLE' },
      { name: 'to_lon', type: 'DOUBLE' },
      { name: 'flights', type: 'BIGINT' },
      { name: 'avgDelay', type: 'DOUBLE' },
    ],
    rows: rows.slice(0, limit),
    rowCount: rows.length,
  }
}

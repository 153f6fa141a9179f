// The app that the API's tests are written against.

import { memory } from '../../src/api/connections/connectors.ts'
import { Millrace } from '../../src/api/millrace.ts'
import { t } from '../../src/api/columns/schema-builder.ts'

/** Departures with event time, airports with a key, weather with versions. */
export function createFlightsApp() {
  const app = new Millrace('flights')
  const departures = app.table('departures', {
    source: memory([]),
    schema: {
      flight: t.string(),
      origin: t.string(),
      delayMin: t.double().nullable(),
      seats: t.int(),
      miles: t.bigint(),
      fare: t.decimal(10, 2),
      at: t.timestamp(),
      tags: t.array(t.string()),
    },
    watermark: { column: 'at', delay: '5m' },
  })
  const airports = app.table('airports', {
    source: memory([]),
    schema: { code: t.string(), name: t.string() },
    primaryKey: ['code'],
  })
  const weather = app.table('weather', {
    source: memory([]),
    schema: { airport: t.string(), celsius: t.double(), hour: t.timestamp() },
    primaryKey: ['airport'],
    watermark: { column: 'hour' },
  })
  return { app, departures, airports, weather }
}

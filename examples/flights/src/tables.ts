// The columns that the preparation and the main job have in common.

import { join } from 'node:path'
import { csv, files, t } from 'millrace'

/** A table of nycflights13, plain or compressed; `NA` is NULL. */
export const csvTable = (data: string, name: string) =>
  files(join(data, `${name}.csv*`), {
    format: csv({ nullLiteral: 'NA', options: { header: 'true' } }),
  })

/** An event of a flight as the network delivers it. */
export const eventColumns = {
  flight_id: t.string(),
  carrier: t.string(),
  flight: t.int(),
  tailnum: t.string(),
  origin: t.string(),
  dest: t.string(),
  distance: t.int(),
  air_time: t.int().nullable(),
  scheduled_at: t.timestamp(),
  event_time: t.timestamp(),
  delay_min: t.string(),
  delivered_at: t.timestamp(),
}

const text = t.string().nullable()

export const airportColumns = {
  faa: t.string(),
  name: text,
  lat: text,
  lon: text,
  alt: text,
  tz: text,
  dst: text,
  tzone: text,
}

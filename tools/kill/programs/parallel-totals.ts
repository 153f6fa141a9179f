// Keyed aggregations on two worker threads: what the kill tests run in the child.

import { join } from 'node:path'
import { count, files, json, max, Millrace, sum, t, tumble } from 'millrace'
import { duckdb } from '@millrace/duckdb'

/** @param replaySpeed ms of event time in a ms of real time; 0: as fast as it goes */
export function parallelTotalsProgram(folder: string, replaySpeed: number): Millrace {
  const app = new Millrace('kill-totals', { parallelism: 2 })
  const departures = app.table('departures', {
    source: files(join(folder, 'input', 'departures.ndjson'), {
      options: replaySpeed > 0 ? { 'source.replay-speed': `${replaySpeed}` } : {},
    }),
    schema: {
      flight: t.string(),
      origin: t.string(),
      delayMin: t.int().nullable(),
      at: t.timestamp(),
    },
    watermark: { column: 'at', delay: '5s' },
  })
  departures
    .groupBy('flight')
    .select({ flights: count(), delay: sum('delayMin'), worst: max('delayMin') })
    .into(duckdb(join(folder, 'warehouse.duckdb'), 'totals'))
  departures
    .window(tumble('at', '2m'))
    .groupBy('origin')
    .select({ flights: count(), delay: sum('delayMin') })
    .into(
      files(join(folder, 'windows'), {
        format: json(),
        options: { 'sink.rolling-policy.file-size': '16 kb' },
      }),
      { name: 'windows' },
    )
  return app
}

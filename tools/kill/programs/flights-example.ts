// The main job of the repository, examples/flights, over January 2013: what the kill tests run in the child.

import { join } from 'node:path'
import type { Millrace } from 'millrace'
import { EXAMPLE_DATA } from '../../../examples/flights/src/options.ts'
import { createFlights } from '../../../examples/flights/src/pipeline.ts'
import { prepareFeed } from '../../../examples/flights/src/prepare.ts'

/** Writes the feed of the example. */
export async function writeFlightsFeed(folder: string): Promise<void> {
  await prepareFeed(EXAMPLE_DATA, join(folder, 'feed'))
}

/** @param replaySpeed ms of event time in a ms of real time; 0: as fast as it goes */
export function flightsExample(folder: string, replaySpeed: number): Millrace {
  const paths = {
    data: EXAMPLE_DATA,
    feed: join(folder, 'input', 'feed'),
    warehouse: join(folder, 'warehouse.duckdb'),
    alerts: join(folder, 'alerts.ndjson'),
  }
  return createFlights(paths, replaySpeed > 0 ? { speed: replaySpeed } : {})
}

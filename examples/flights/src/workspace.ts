// The demo's folder: the feed, the state, the warehouse and the alerts belong together.

import { existsSync } from 'node:fs'
import { mkdir, readFile, rm, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import type { Host } from '@millrace/cli'
import type { FlightPaths } from './pipeline.ts'
import type { FeedCounts } from './prepare.ts'
import { prepareApart } from './prepare-apart.ts'

export interface Workspace {
  readonly paths: FlightPaths
  readonly stateDir: string
  readonly counts: FeedCounts
  /** Whether the feed was made now, not at an earlier start. */
  readonly isNew: boolean
}

/** The folder holds a feed of other data. */
export class OtherDataError extends Error {
  constructor(folder: string, data: string) {
    super(`${folder} was prepared from ${data}. Use --fresh to start over, or another --state-dir.`)
    this.name = 'OtherDataError'
  }
}

/** Opens the folder; prepares the feed on the first start, which `host` shows and can stop. */
export async function openWorkspace(
  folder: string,
  data: string,
  fresh: boolean,
  host?: Host,
): Promise<Workspace> {
  if (fresh)
    for (const name of [
      'feed',
      'feed.json',
      'state',
      'warehouse.duckdb',
      'warehouse.duckdb.wal',
      'alerts.ndjson',
    ])
      await rm(join(folder, name), { recursive: true, force: true })
  await mkdir(folder, { recursive: true })
  const feed = join(folder, 'feed')
  const record = join(folder, 'feed.json')
  const isNew = !existsSync(record)
  if (isNew) {
    await rm(feed, { recursive: true, force: true })
    const counts = await prepareApart(data, feed, host)
    await writeFile(record, JSON.stringify({ data, counts }))
  }
  const known = JSON.parse(await readFile(record, 'utf8')) as { data: string; counts: FeedCounts }
  if (known.data !== data) throw new OtherDataError(folder, known.data)
  return {
    paths: {
      data,
      feed,
      warehouse: join(folder, 'warehouse.duckdb'),
      alerts: join(folder, 'alerts.ndjson'),
    },
    stateDir: join(folder, 'state'),
    counts: known.counts,
    isNew,
  }
}
